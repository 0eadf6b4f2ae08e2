import type { Raster, RawImage, Rect, Size } from "../../src/transform/image.ts";
import { toRaster } from "../../src/transform/image.ts";

/** Numbers from 0 to 1, the same ones for the same seed (xorshift32). */
export function createRandom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Independent random bytes, the hardest picture for a filter. `alpha` false: opaque. */
export function noise(size: Size, random: () => number, alpha = true): RawImage {
  const { width, height } = size;
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at++) data[at] = alpha || at % 4 < 3 ? random() * 256 : 255;
  return { width, height, data };
}

/** Every pixel the same. */
export function plain(size: Size, pixel: readonly number[]): RawImage {
  const { width, height } = size;
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at++) data[at] = pixel[at % 4];
  return { width, height, data };
}

/** A picture of named pixels: one letter each, `.` for transparent black. */
export function drawn(...rows: string[]): RawImage {
  const palette: Record<string, number[]> = {
    r: [255, 0, 0, 255],
    g: [0, 255, 0, 255],
    b: [0, 0, 255, 255],
    w: [255, 255, 255, 255],
    k: [0, 0, 0, 255],
    ".": [0, 0, 0, 0],
  };
  const data = new Uint8Array(rows.flatMap((row) => [...row].flatMap((letter) => palette[letter])));
  return { width: rows[0].length, height: rows.length, data };
}

/** `image` in bands of `rows` rows, each in memory that is overwritten once the next one is asked for. */
export function inBands(image: RawImage, rows: number, alpha = true): Raster {
  const bandBytes = rows * image.width * 4;
  return {
    ...toRaster(image, alpha),
    async *bands() {
      for (let at = 0; at < image.data.length; at += bandBytes) {
        const band = image.data.slice(at, at + bandBytes);
        yield band;
        band.fill(0xa5);
      }
    },
  };
}

/** The pixels of `image` inside `rect`. */
export function cutOut(image: RawImage, rect: Rect): RawImage {
  const { width, height, left, top } = rect;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 4;
    data.set(image.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { width, height, data };
}

/** As `expect(...).toEqual`, which would write both out where large pictures differ. */
export function areEqual(a: RawImage, b: RawImage): boolean {
  const { length } = a.data;
  if (a.width !== b.width || a.height !== b.height || b.data.length !== length) return false;
  for (let at = 0; at < length; at++) if (a.data[at] !== b.data[at]) return false;
  return true;
}

export interface Difference {
  readonly mean: number;
  readonly max: number;
}

/** Absolute differences in levels, of alpha and of colours times alpha: what can be seen on a black ground. */
export function difference(a: RawImage, b: RawImage): Difference {
  if (a.data.length !== b.data.length)
    throw new Error(`Cannot compare ${a.width}x${a.height} with ${b.width}x${b.height}`);
  let sum = 0;
  let max = 0;
  for (let at = 0; at < a.data.length; at++) {
    const level = Math.abs(visible(a.data, at) - visible(b.data, at));
    sum += level;
    max = Math.max(max, level);
  }
  return { mean: sum / a.data.length, max };
}

function visible(data: Uint8Array, at: number): number {
  return at % 4 === 3 ? data[at] : (data[at] * data[at | 3]) / 255;
}
