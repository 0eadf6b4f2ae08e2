/** RGBA, 8 bit, not premultiplied, row by row. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 0–255 a channel; alpha 255 is opaque. */
export type Colour = readonly [red: number, green: number, blue: number, alpha?: number];

/** A canvas whose pixels `colourAt` gives, for x and y in pixels. */
export function paint(width: number, height: number, colourAt: (x: number, y: number) => Colour): Canvas {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const [red, green, blue, alpha = 255] = colourAt(x, y);
      data[at] = toByte(red);
      data[at + 1] = toByte(green);
      data[at + 2] = toByte(blue);
      data[at + 3] = toByte(alpha);
    }
  return { width, height, data };
}

const toByte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value + 0.5);

export const mix = (a: Colour, b: Colour, share: number): Colour => {
  const t = share < 0 ? 0 : share > 1 ? 1 : share;
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t, 255];
};

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** A number from 0 to 1 that only depends on x, y and the seed. */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** Smooth noise from 0 to 1 with a grain of one unit. */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const u = smoothstep(0, 1, x - column);
  const v = smoothstep(0, 1, y - row);
  const top = hash(column, row, seed) * (1 - u) + hash(column + 1, row, seed) * u;
  const bottom = hash(column, row + 1, seed) * (1 - u) + hash(column + 1, row + 1, seed) * u;
  return top * (1 - v) + bottom * v;
}

/** Noise of several octaves, each half as large and half as strong as the one before; about 0 to 1. */
export function fractalNoise(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  let strength = 0.5;
  for (let octave = 0, scale = 1; octave < octaves; octave++, scale *= 2, strength /= 2)
    sum += strength * noise(x * scale, y * scale, seed + octave);
  return sum;
}
