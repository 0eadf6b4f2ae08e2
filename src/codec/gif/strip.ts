const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
const LOOPS = ["NETSCAPE2.0", "ANIMEXTS1.0"];

/** Frames with their controls and the loop count, up to the trailer (GIF89a appendix A). */
export function stripGif(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const start = 13 + tableBytes(bytes[10]);
  const parts = [bytes.subarray(0, start)];
  for (let at = start; at < bytes.length && bytes[at] !== TRAILER; ) {
    const end =
      bytes[at] === IMAGE ? imageEnd(bytes, at) : bytes[at] === EXTENSION ? blocksEnd(bytes, at + 2) : undefined;
    if (end === undefined) return undefined;
    if (isNeeded(bytes, at)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return [...parts, Uint8Array.of(TRAILER)];
}

const tableBytes = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

const imageEnd = (bytes: Uint8Array, at: number): number | undefined =>
  blocksEnd(bytes, at + 11 + tableBytes(bytes[at + 9]));

/** Behind the empty block that ends a row of them. */
function blocksEnd(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += bytes[at] + 1;
  return at < bytes.length ? at + 1 : undefined;
}

function isNeeded(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === IMAGE) return true;
  if (bytes[at + 1] === GRAPHIC_CONTROL) return bytes[at + 2] === 4 && bytes[at + 7] === 0;
  const isLoop = bytes[at + 1] === APPLICATION && bytes[at + 14] === 3 && bytes[at + 18] === 0;
  return isLoop && LOOPS.includes(String.fromCharCode(...bytes.subarray(at + 3, at + 14)));
}
