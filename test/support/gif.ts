/** Black, red, green, blue, white, grey, yellow, cyan. */
export const GIF_COLOURS = [
  0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 128, 128, 128, 255, 255, 0, 0, 255, 255,
];

const uint16 = (value: number): number[] => [value & 255, value >> 8];

/** A GIF of `blocks`; the global table has eight colours. `flags` 0 leaves it out. */
export function gif(width: number, height: number, blocks: number[][], flags = 0xf2, background = 0): Uint8Array {
  const header = [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, ...uint16(width), ...uint16(height), flags, background, 0];
  return Uint8Array.from([...header, ...(flags & 0x80 ? GIF_COLOURS : []), ...blocks.flat(), 0x3b]);
}

export interface GifImageOptions {
  readonly interlaced?: boolean;
  readonly colours?: readonly number[];
}

/** An image block. Its data is packed in the dullest way: a clear code before every second pixel, codes of 4 bits. */
export function gifImage(
  left: number,
  top: number,
  width: number,
  height: number,
  indices: readonly number[],
  options: GifImageOptions = {},
) {
  const flags = (options.interlaced ? 0x40 : 0) | (options.colours ? 0x82 : 0);
  const rect = [left, top, width, height].flatMap(uint16);
  return [0x2c, ...rect, flags, ...(options.colours ?? []), ...dullLzw(indices)];
}

function dullLzw(indices: readonly number[]): number[] {
  const codes = indices.flatMap((index, i) => (i % 2 === 0 ? [8, index] : [index]));
  codes.push(9);
  if (codes.length % 2 === 1) codes.push(0);
  const bytes = Array.from({ length: codes.length / 2 }, (_, i) => codes[i * 2] | (codes[i * 2 + 1] << 4));
  const blocks = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, i) => bytes.slice(i * 255, (i + 1) * 255));
  return [3, ...blocks.flatMap((block) => [block.length, ...block]), 0];
}

/** A graphic control: disposal 0–7, delay in hundredths of a second. */
export const gifControl = (disposal: number, delay: number, transparentIndex?: number): number[] => [
  ...[0x21, 0xf9, 4, (disposal << 2) | (transparentIndex === undefined ? 0 : 1)],
  ...[...uint16(delay), transparentIndex ?? 0, 0],
];

export const gifLoop = (repetitions: number): number[] => [
  ...[0x21, 0xff, 11, ...new TextEncoder().encode("NETSCAPE2.0"), 3, 1],
  ...[...uint16(repetitions), 0],
];
