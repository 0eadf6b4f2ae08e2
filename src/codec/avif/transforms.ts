import type { Rect, Size } from "../../transform/image.ts";
import type { Orientation } from "../codec.ts";
import { type Box, type BoxReader, damaged, readerOf } from "./isobmff.ts";

/** Where the stored axes x (right) and y (down) point when shown: [x→x, y→x, x→y, y→y], each -1, 0 or 1. */
type Turn = readonly [number, number, number, number];

const UPRIGHT: Turn = [1, 0, 0, 1];
/** `irot` 1: a quarter turn against the clock (ISO/IEC 23008-12 §6.5.10). */
const QUARTER: Turn = [0, 1, -1, 0];
/** `imir` (§6.5.12): 0 exchanges top and bottom, 1 left and right. */
const MIRRORS: readonly [Turn, Turn] = [
  [1, 0, 0, -1],
  [-1, 0, 0, 1],
];
/** The eight turns by their EXIF number. */
const ORIENTATIONS: Readonly<Record<string, Orientation>> = {
  "1,0,0,1": 1,
  "-1,0,0,1": 2,
  "-1,0,0,-1": 3,
  "1,0,0,-1": 4,
  "0,1,1,0": 5,
  "0,-1,1,0": 6,
  "0,-1,-1,0": 7,
  "0,1,-1,0": 8,
};

/** What `clap`, `irot` and `imir` do to a picture; the crop comes first (MIAF, ISO/IEC 23000-22 §7.3.6.7). */
export function readTransforms(
  bytes: Uint8Array,
  properties: readonly Box[],
  size: Size,
): { readonly crop: Rect; readonly orientation: Orientation } {
  let turn = UPRIGHT;
  let crop: Rect = { left: 0, top: 0, width: size.width, height: size.height };
  for (const box of properties) {
    if (box.type === "clap") crop = readClap(readerOf(bytes, box), size);
    if (box.type === "irot")
      for (let left = readerOf(bytes, box).u8() & 3; left > 0; left--) turn = after(QUARTER, turn);
    if (box.type === "imir") turn = after(MIRRORS[readerOf(bytes, box).u8() & 1], turn);
  }
  return { crop, orientation: ORIENTATIONS[turn.join()] };
}

/** The turn that does `first`, then `second`. `+ 0` makes a negative zero positive. */
function after([a, b, c, d]: Turn, [e, f, g, h]: Turn): Turn {
  return [a * e + b * g + 0, a * f + b * h + 0, c * e + d * g + 0, c * f + d * h + 0];
}

/** Clean aperture, ISO/IEC 14496-12 §12.1.4: a width, a height, and how far its centre is from the picture's. */
function readClap(reader: BoxReader, size: Size): Rect {
  const [width, height, x, y] = Array.from({ length: 4 }, (_, index) => {
    const numerator = index < 2 ? reader.u32() : reader.i32();
    return numerator / reader.u32();
  });
  const crop = {
    left: Math.round((size.width - width) / 2 + x),
    top: Math.round((size.height - height) / 2 + y),
    width: Math.round(width),
    height: Math.round(height),
  };
  const inside =
    crop.width >= 1 &&
    crop.height >= 1 &&
    crop.left >= 0 &&
    crop.top >= 0 &&
    crop.left + crop.width <= size.width &&
    crop.top + crop.height <= size.height;
  if (!inside) throw damaged("its crop leaves the picture");
  return crop;
}
