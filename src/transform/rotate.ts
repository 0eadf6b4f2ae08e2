import type { Raster } from "./image.ts";
import { orient } from "./orient.ts";

/** Which EXIF orientation asks for the same turn. */
const ORIENTATIONS = { 0: 1, 90: 8, 180: 3, 270: 6 } as const;

/** Turns `raster` counter-clockwise (picfit.md §2.7); 90 and 270 swap the sides. */
export function rotate(raster: Raster, degrees: 0 | 90 | 180 | 270): Raster {
  return orient(raster, ORIENTATIONS[degrees]);
}
