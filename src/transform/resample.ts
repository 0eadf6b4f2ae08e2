import { lanczosTaps } from "../engine/lanczos.ts";
import type { Taps } from "../engine/taps.ts";
import { crop } from "./crop.ts";
import { filterRaster } from "./filter.ts";
import type { Raster, Rect, Size } from "./image.ts";

/**
 * `part` of `raster` at `size`, by Lanczos3 in gamma space (picfit.md §2.3). `part` is in pixels of the raster, not
 * rounded, and lies inside it; nothing outside it has any influence. Unchanged where the part is as large as the size
 * and begins at a whole pixel.
 */
export function resample(raster: Raster, part: Rect, size: Size): Raster {
  const pixels = coveredPixels(part, raster);
  const source = crop(raster, pixels);
  const across = { start: part.left - pixels.left, length: part.width, sources: pixels.width };
  const down = { start: part.top - pixels.top, length: part.height, sources: pixels.height };
  const unchanged = [across, down].every(({ start }) => start === 0);
  if (unchanged && part.width === size.width && part.height === size.height) return source;
  const [acrossTaps, downTaps] = [lanczosTaps(across, size.width), lanczosTaps(down, size.height)];
  if (!isWideInBetween(pixels, size)) return filterRaster(source, acrossTaps, downTaps);
  const low = filterRaster(source, sameTaps(pixels.width), downTaps);
  return filterRaster(low, acrossTaps, sameTaps(size.height));
}

/**
 * Rows go across before they go down. A tall and narrow picture made low and wide would be vast in between (25 x 2000000
 * to 8000 x 1: 16 gigapixels), so that one goes down first, for one more rounding to whole levels.
 */
export function isWideInBetween(part: Size, size: Size): boolean {
  return part.height * size.width > 4 * Math.max(part.width * part.height, size.width * size.height);
}

/** The filter that changes nothing. */
function sameTaps(length: number): Taps {
  return lanczosTaps({ start: 0, length, sources: length }, length);
}

/**
 * Predicted peak of bytes that `resample` takes for a part and a size: tables of weights (made, packed, and in the
 * engine), rows and sums under way, one band, and the engine itself. Never less than it turns out to be.
 */
export function resampleBytes(part: Size, size: Size): number {
  const weights = (length: number, outputs: number) =>
    outputs * (80 + 6 * Math.min(length, 6 * Math.max(1, length / outputs) + 8));
  const tables = weights(part.width, size.width) + weights(part.height, size.height);
  const isShrunk = part.height > size.height;
  const underway = isShrunk ? Math.min(16, size.height) : 1;
  const rows = part.width * (isShrunk ? 36 : 12) + size.width * (8 * 8 + underway * 16 + 16 * 4);
  return Math.ceil(tables + rows) + 256 * 1024;
}

/** The whole pixels that `part` touches. */
function coveredPixels(part: Rect, { width, height }: Size): Rect {
  const left = Math.max(0, Math.floor(part.left));
  const top = Math.max(0, Math.floor(part.top));
  const right = Math.min(width, Math.ceil(part.left + part.width));
  const bottom = Math.min(height, Math.ceil(part.top + part.height));
  return { left, top, width: right - left, height: bottom - top };
}
