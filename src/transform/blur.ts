import { gaussianPasses } from "../engine/gaussian.ts";
import { filterRaster } from "./filter.ts";
import type { Raster, Size } from "./image.ts";

const MAX_SIGMA = 50;

/** `raster` behind a Gaussian blur whose strength follows from its size (picfit.md §2.7); below 20 pixels, unchanged. */
export function blur(raster: Raster): Raster {
  const sigma = blurSigma(raster);
  if (sigma === 0) return raster;
  const across = gaussianPasses(raster.width, sigma);
  const down = gaussianPasses(raster.height, sigma);
  return across.reduce((source, taps, pass) => filterRaster(source, taps, down[pass]), raster);
}

/** The blur's standard deviation, in pixels. */
export function blurSigma({ width, height }: Size): number {
  return Math.min(MAX_SIGMA, Math.floor(Math.max(width, height) / 20));
}
