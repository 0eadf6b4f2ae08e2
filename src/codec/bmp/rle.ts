import type { BmpLayout } from "./header.ts";

const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const DELTA = 2;

/**
 * Unpacks RLE4 or RLE8 (BI_RLE4, BI_RLE8: pairs of count and value, with escapes) into RGBA rows from the top down.
 * Pixels that are skipped stay transparent. What runs over the edge of a row is dropped; time is linear in the bytes.
 *
 * @param colours 256 RGBA words, R in the lowest byte
 */
export function unpackRle(bytes: Uint8Array, layout: BmpLayout, colours: Uint32Array): Uint32Array {
  const { width, height, pixelsAt, packing } = layout;
  const nibbles = packing === "rle4";
  const pixels = new Uint32Array(width * height);
  let x = 0;
  let y = height - 1;
  const put = (index: number) => {
    if (x < width) pixels[y * width + x++] = colours[index];
  };
  /** Pixel `n` of a run: with 4 bits the high half of a byte comes first. */
  const half = (value: number, n: number) => (nibbles ? (n & 1 ? value & 15 : value >> 4) : value);

  for (let at = pixelsAt; at + 1 < bytes.length && y >= 0; ) {
    const count = bytes[at++];
    const value = bytes[at++];
    if (count > 0) for (let n = 0; n < count; n++) put(half(value, n));
    else if (value === END_OF_LINE) {
      x = 0;
      y--;
    } else if (value === END_OF_BITMAP) break;
    else if (value === DELTA) {
      x += bytes[at] ?? 0;
      y -= bytes[at + 1] ?? 0;
      at += 2;
    } else {
      for (let n = 0; n < value; n++) put(half(bytes[at + (nibbles ? n >> 1 : n)] ?? 0, n));
      const used = nibbles ? (value + 1) >> 1 : value;
      at += used + (used & 1);
    }
  }
  return pixels;
}
