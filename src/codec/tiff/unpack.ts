import { inflatePart } from "../../engine/inflate.ts";
import type { TiffLayout } from "./header.ts";

/** The first `size` bytes of a strip or tile; what its data lacks is zero, or missing if it is not packed. */
export function unpack(data: Uint8Array, size: number, { compression, reversedBits }: TiffLayout): Uint8Array {
  const packed = reversedBits ? data.map(reverseBits) : data;
  if (compression === "deflate") return padded(inflatePart(packed, size), size);
  if (compression === "lzw") return unpackLzw(packed, size);
  if (compression === "packbits") return unpackBits(packed, size);
  return packed.subarray(0, size);
}

function padded(bytes: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size);
  target.set(bytes);
  return target;
}

/** Fill order 2 has the first pixel in the lowest bit (TIFF 6.0 §8). */
function reverseBits(byte: number): number {
  const halves = ((byte & 0x0f) << 4) | (byte >> 4);
  const quarters = ((halves & 0x33) << 2) | ((halves & 0xcc) >> 2);
  return ((quarters & 0x55) << 1) | ((quarters & 0xaa) >> 1);
}

/** PackBits (TIFF 6.0 §9): n < 128 copies n + 1 bytes, n > 128 repeats one 257 − n times. */
function unpackBits(packed: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size);
  for (let from = 0, to = 0; from < packed.length && to < size; ) {
    const n = packed[from++];
    if (n < 128) {
      const bytes = packed.subarray(from, from + Math.min(n + 1, size - to));
      target.set(bytes, to);
      from += n + 1;
      to += n + 1;
    } else if (n > 128) {
      target.fill(packed[from++] ?? 0, to, to + 257 - n);
      to += 257 - n;
    }
  }
  return target;
}

const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const MAX_CODES = 4096;
const MAX_SIZE = 12;

/** LZW as in TIFF 6.0 §13: highest bit first, and codes grow one code earlier than in GIF. */
function unpackLzw(packed: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size);
  // A string is what stands in `target` from starts[code] on: it was written there when the code was made.
  const starts = new Uint32Array(MAX_CODES);
  const lengths = new Uint32Array(MAX_CODES);
  let next = FIRST_FREE;
  let codeSize = 9;
  let previousAt = -1;
  let previousLength = 0;
  let bits = 0;
  let count = 0;
  for (let from = 0, to = 0; to < size; ) {
    for (; count < codeSize && from < packed.length; count += 8) bits = ((bits << 8) | packed[from++]) & 0xffffff;
    if (count < codeSize) break;
    count -= codeSize;
    const code = (bits >> count) & ((1 << codeSize) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      next = FIRST_FREE;
      codeSize = 9;
      previousAt = -1;
      continue;
    }
    if (code > next || (code >= CLEAR && previousAt < 0)) break;
    if (previousAt >= 0 && next < MAX_CODES) {
      starts[next] = previousAt;
      lengths[next] = previousLength + 1;
      next++;
      if (next + 1 === 1 << codeSize && codeSize < MAX_SIZE) codeSize++;
    }
    previousAt = to;
    previousLength = code < CLEAR ? 1 : lengths[code];
    if (code < CLEAR) target[to++] = code;
    else for (let at = starts[code], end = Math.min(to + previousLength, size); to < end; ) target[to++] = target[at++];
  }
  return target;
}
