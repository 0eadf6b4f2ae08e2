/** What shows the picture (RFC 9649 §2); ICCP, EXIF, XMP and unknown chunks do not. */
const NEEDED = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"]);
const FRAME_HEADER_BYTES = 16;
/** Bits of VP8X that announce ICC, EXIF and XMP. */
const METADATA_FLAGS = 0x2c;

export function stripWebp(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = neededChunks(bytes.subarray(0, 8 + view.getUint32(4, true)), 12);
  if (!chunks) return undefined;
  const header = bytes.slice(0, 12);
  new DataView(header.buffer).setUint32(4, 4 + sizeOf(chunks), true);
  return [header, ...chunks];
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** Needed chunks of a RIFF list, padded to even sizes. */
function neededChunks(bytes: Uint8Array, from: number): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: Uint8Array[] = [];
  for (let at = from; at + 8 <= bytes.length; ) {
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    const end = at + 8 + view.getUint32(at + 4, true);
    if (end > bytes.length) return undefined;
    if (NEEDED.has(type)) {
      const chunk = rewritten(type, bytes.subarray(at, end));
      if (!chunk) return undefined;
      parts.push(...chunk);
    }
    at = end + ((end - at) & 1);
  }
  return parts;
}

/** A chunk with its padding: VP8X without its metadata flags, a frame without foreign chunks inside it. */
function rewritten(type: string, chunk: Uint8Array): Uint8Array[] | undefined {
  if (type === "VP8X") return [withoutFlags(chunk)];
  if (type !== "ANMF") return padded([chunk]);
  const inner = neededChunks(chunk, 8 + FRAME_HEADER_BYTES);
  if (!inner) return undefined;
  const header = chunk.slice(0, 8 + FRAME_HEADER_BYTES);
  new DataView(header.buffer).setUint32(4, FRAME_HEADER_BYTES + sizeOf(inner), true);
  return [header, ...inner];
}

function withoutFlags(chunk: Uint8Array): Uint8Array {
  const copy = chunk.slice(0, 18);
  copy[4] = 10;
  copy.fill(0, 5, 8);
  copy[8] &= ~METADATA_FLAGS;
  return copy;
}

const padded = (parts: Uint8Array[]): Uint8Array[] => (sizeOf(parts) & 1 ? [...parts, new Uint8Array(1)] : parts);
