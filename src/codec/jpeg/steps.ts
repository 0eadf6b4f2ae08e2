import type { JpegSteps } from "../../engine/jpeg-encode.ts";

/** Steps of quantisation, row by row. */
export interface JpegQuality {
  readonly luma: JpegSteps;
  readonly chroma: JpegSteps;
}

/**
 * The tables of T.81 annex K.1 for a quality of 1–100, scaled as the Independent JPEG Group does and Go's image/jpeg
 * too: 50 takes them as they are, 100 makes every step 1.
 */
export function jpegSteps(quality: number): JpegQuality {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  const scaled = (steps: readonly number[]) =>
    Uint8Array.from(steps, (step) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100))));
  return { luma: scaled(LUMA), chroma: scaled(CHROMA) };
}

/** T.81 table K.1. */
const LUMA: readonly number[] = [
  ...[16, 11, 10, 16, 24, 40, 51, 61],
  ...[12, 12, 14, 19, 26, 58, 60, 55],
  ...[14, 13, 16, 24, 40, 57, 69, 56],
  ...[14, 17, 22, 29, 51, 87, 80, 62],
  ...[18, 22, 37, 56, 68, 109, 103, 77],
  ...[24, 35, 55, 64, 81, 104, 113, 92],
  ...[49, 64, 78, 87, 103, 121, 120, 101],
  ...[72, 92, 95, 98, 112, 100, 103, 99],
];

/** T.81 table K.2. */
const CHROMA: readonly number[] = [
  ...[17, 18, 24, 47, 99, 99, 99, 99],
  ...[18, 21, 26, 66, 99, 99, 99, 99],
  ...[24, 26, 56, 99, 99, 99, 99, 99],
  ...[47, 66, 99, 99, 99, 99, 99, 99],
  ...[99, 99, 99, 99, 99, 99, 99, 99],
  ...[99, 99, 99, 99, 99, 99, 99, 99],
  ...[99, 99, 99, 99, 99, 99, 99, 99],
  ...[99, 99, 99, 99, 99, 99, 99, 99],
];
