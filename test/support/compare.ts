import type { RawImage } from "../../src/transform/image.ts";

/** Area means of `image` on a grid × grid raster: R, G, B row by row, composited on white. */
export function gridMeans(image: RawImage, grid: number): number[] {
  const { width, height, data } = image;
  const means: number[] = [];
  for (let row = 0; row < grid; row++)
    for (let column = 0; column < grid; column++)
      means.push(...areaMean(data, width, (column * width) / grid, (row * height) / grid, width / grid, height / grid));
  return means;
}

function areaMean(data: Uint8Array, width: number, left: number, top: number, w: number, h: number): number[] {
  let [red, green, blue] = [0, 0, 0];
  for (let y = Math.floor(top); y < top + h - 1e-9; y++) {
    const rowWeight = Math.min(y + 1, top + h) - Math.max(y, top);
    for (let x = Math.floor(left); x < left + w - 1e-9; x++) {
      const weight = rowWeight * (Math.min(x + 1, left + w) - Math.max(x, left));
      const at = (y * width + x) * 4;
      const alpha = data[at + 3] / 255;
      const white = 255 * (1 - alpha);
      red += weight * (data[at] * alpha + white);
      green += weight * (data[at + 1] * alpha + white);
      blue += weight * (data[at + 2] * alpha + white);
    }
  }
  return [red, green, blue].map((sum) => sum / (w * h));
}

/** Mean absolute difference, the figure that the manifest's tolerance bounds. */
export function meanDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`Cannot compare ${a.length} with ${b.length} values`);
  return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length;
}
