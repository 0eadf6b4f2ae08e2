import { readWebp } from "./header.ts";

const RIFF_HEADER_BYTES = 12;
const VP8X_BYTES = 18;
const PROFILE_FLAG = 0x20;
const ALPHA_FLAG = 0x10;

/** Behind VP8X, which a simple file is given (RFC 9649 §2.7). */
export function embedWebpProfile(file: Uint8Array, profile: Uint8Array): readonly Uint8Array[] {
  const isExtended = String.fromCharCode(...file.subarray(12, 16)) === "VP8X";
  const header = isExtended ? file.slice(RIFF_HEADER_BYTES, RIFF_HEADER_BYTES + VP8X_BYTES) : extendedHeader(file);
  header[8] |= PROFILE_FLAG;
  const images = file.subarray(RIFF_HEADER_BYTES + (isExtended ? VP8X_BYTES : 0));
  const chunks = [header, chunk("ICCP", profile), images];
  const riff = file.slice(0, RIFF_HEADER_BYTES);
  const size = chunks.reduce((sum, { length }) => sum + length, 4);
  new DataView(riff.buffer).setUint32(4, size, true);
  return [riff, ...chunks];
}

function extendedHeader(file: Uint8Array): Uint8Array {
  const { width, height, alpha } = readWebp(file);
  const contents = new Uint8Array(VP8X_BYTES - 8);
  const view = new DataView(contents.buffer);
  contents[0] = alpha ? ALPHA_FLAG : 0;
  // Sides less one, in 24 bits: the fourth byte of the width is the first of the height.
  view.setUint32(4, width - 1, true);
  view.setUint16(7, (height - 1) & 0xffff, true);
  view.setUint8(9, (height - 1) >> 16);
  return chunk("VP8X", contents);
}

/** Padded to an even size. */
function chunk(name: string, contents: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + contents.length + (contents.length & 1));
  bytes.set(Array.from(name, (letter) => letter.charCodeAt(0)));
  new DataView(bytes.buffer).setUint32(4, contents.length, true);
  bytes.set(contents, 8);
  return bytes;
}
