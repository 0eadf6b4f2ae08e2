import type { Orientation } from "../codec/codec.ts";
import type { Raster } from "./image.ts";
import { type Turn, turn } from "./turn.ts";

/** EXIF 2.32 §4.6.4.A, tag 0x0112: what makes a picture stored that way stand upright. */
const TURNS: Readonly<Record<Orientation, Turn>> = {
  1: { mirror: false, flip: false, transpose: false },
  2: { mirror: true, flip: false, transpose: false },
  3: { mirror: true, flip: true, transpose: false },
  4: { mirror: false, flip: true, transpose: false },
  5: { mirror: false, flip: false, transpose: true },
  6: { mirror: false, flip: true, transpose: true },
  7: { mirror: true, flip: true, transpose: true },
  8: { mirror: true, flip: false, transpose: true },
};

/** `raster`, stored with `orientation`, as it is meant to be seen; 5 to 8 swap the sides. */
export function orient(raster: Raster, orientation: Orientation): Raster {
  return turn(raster, TURNS[orientation]);
}
