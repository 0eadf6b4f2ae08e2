import type { Raster } from "./image.ts";
import { turn } from "./turn.ts";

/** `h` swaps left and right, `v` top and bottom (picfit.md §2.7). */
export function flip(raster: Raster, axis: "h" | "v"): Raster {
  return turn(raster, { mirror: axis === "h", flip: axis === "v", transpose: false });
}
