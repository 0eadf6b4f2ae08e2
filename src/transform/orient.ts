import type { Orientation } from "../codec/codec.ts";
import { flip } from "./flip.ts";
import type { Raster } from "./image.ts";
import { transpose } from "./transpose.ts";

/** EXIF 2.32 §4.6.4.A, tag 0x0112: what makes a picture stored that way stand upright. */
const upright: Readonly<Record<Orientation, (raster: Raster) => Raster>> = {
  1: (raster) => raster,
  2: (raster) => flip(raster, "h"),
  3: (raster) => flip(flip(raster, "h"), "v"),
  4: (raster) => flip(raster, "v"),
  5: (raster) => transpose(raster),
  6: (raster) => flip(transpose(raster), "h"),
  7: (raster) => flip(transpose(flip(raster, "h")), "h"),
  8: (raster) => transpose(flip(raster, "h")),
};

/**
 * `raster`, stored with `orientation`, as it is meant to be seen; 5 to 8 swap the sides. 1 and 2 stream, the others hold
 * the whole picture once.
 */
export function orient(raster: Raster, orientation: Orientation): Raster {
  return upright[orientation](raster);
}
