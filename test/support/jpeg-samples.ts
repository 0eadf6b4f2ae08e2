import type { RawImage, Size } from "../../src/transform/image.ts";
import type { JpegBlocks } from "./jpeg-blocks.ts";

/** Rows of samples. */
type Plane = readonly (readonly number[])[];

/**
 * What decoding at 1/`shrink` must give of the blocks of a 4:2:0 picture whose sides are multiples of 16, by the
 * definitions and in doubles: the plain version of src/engine/assembly/jpeg-idct.ts, jpeg-upsample.ts and
 * jpeg-colour.ts. A shrunk block is the transform of its lowest coefficients; chroma then keeps twice as many of each
 * block as luma, so that only at full size it is made wider and higher.
 */
export function referencePixels({ steps, blocks }: JpegBlocks, { width, height }: Size, shrink: number): RawImage {
  const size = 8 / shrink;
  const chromaSize = Math.min(8, 2 * size);
  const mcus = { across: width / 16, down: height / 16 };
  const mcu = (row: number, column: number, place: number) => blocks[(row * mcus.across + column) * 6 + place];
  const luma = planeOf(mcus.across * 2, mcus.down * 2, size, (row, column) =>
    samplesOf(mcu(row >> 1, column >> 1, (row & 1) * 2 + (column & 1)), steps[0], size),
  );
  const [blue, red] = [4, 5].map((place) => {
    const plane = planeOf(mcus.across, mcus.down, chromaSize, (row, column) =>
      samplesOf(mcu(row, column, place), steps[1], chromaSize),
    );
    return shrink === 1 ? widerAndHigher(plane) : plane;
  });
  const data = luma.flatMap((row, y) => row.flatMap((value, x) => rgba(value, blue[y][x] - 128, red[y][x] - 128)));
  return { width: width / shrink, height: height / shrink, data: Uint8Array.from(data) };
}

function planeOf(across: number, down: number, size: number, block: (row: number, column: number) => Plane): Plane {
  return Array.from({ length: down }, (_, row) => {
    const blocks = Array.from({ length: across }, (_, column) => block(row, column));
    return Array.from({ length: size }, (_, y) => blocks.flatMap((samples) => samples[y]));
  }).flat();
}

/** T.81 §A.3.3 of the lowest `size` × `size` coefficients, at as many points. */
function samplesOf(block: readonly number[], steps: readonly number[], size: number): Plane {
  const range = Array.from({ length: size }, (_, index) => index);
  const weight = (frequency: number, place: number) =>
    (frequency === 0 ? Math.SQRT1_2 : 1) * Math.cos(((2 * place + 1) * frequency * Math.PI) / (2 * size));
  const sample = (x: number, y: number) =>
    range.reduce(
      (sum, v) =>
        range.reduce((part, u) => part + block[v * 8 + u] * steps[v * 8 + u] * weight(u, x) * weight(v, y), sum),
      0,
    );
  return range.map((y) => range.map((x) => level(sample(x, y) / 4 + 128)));
}

/** Twice as many samples, each three parts of the nearest and one of the next, in both directions (libjpeg). */
function widerAndHigher(plane: Plane): Plane {
  const clamped = (index: number, length: number) => Math.min(length - 1, Math.max(0, index));
  return Array.from({ length: plane.length * 2 }, (_, y) => {
    const near = plane[y >> 1];
    const far = plane[clamped((y >> 1) + (y & 1 ? 1 : -1), plane.length)];
    const sums = near.map((value, x) => 3 * value + far[x]);
    return Array.from({ length: sums.length * 2 }, (_, x) => {
      const next = sums[clamped((x >> 1) + (x & 1 ? 1 : -1), sums.length)];
      return (3 * sums[x >> 1] + next + (x & 1 ? 7 : 8)) >> 4;
    });
  });
}

/** JFIF 1.02. */
const rgba = (luma: number, blue: number, red: number): number[] => [
  level(luma + 1.402 * red),
  level(luma - 0.344136 * blue - 0.714136 * red),
  level(luma + 1.772 * blue),
  255,
];

const level = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
