// Scaled planes to RGBA. Their samples are fine: i16 with FINE_BITS fraction bits, beyond black and white where a filter
// overshoots. So a colour is rounded, and cut off, once, as if red, green and blue had been scaled.
import { blueOf, greenOf, redOf, storePixels } from "./jpeg-colour";
import { FINE_BITS } from "./planes";

/** Half of one, and the offset of chroma. */
const ROUNDING: i32 = 1 << (FINE_BITS - 1);
const OFFSET: i32 = 128 << FINE_BITS;

/** `rows` rows of RGBA from planes whose rows are `stride` bytes apart; gray is one plane three times. */
export function planePixels(
  luma: usize,
  blue: usize,
  red: usize,
  stride: usize,
  rows: i32,
  to: usize,
  width: i32,
): void {
  const gray = blue == luma;
  for (; rows > 0; rows--, luma += stride, blue += stride, red += stride, to += <usize>width << 2) {
    if (gray) grayRow(luma, to, width);
    else colourRow(luma, blue, red, to, width);
  }
}

function colourRow(y: usize, cb: usize, cr: usize, to: usize, width: i32): void {
  const half = i16x8.splat(<i16>OFFSET);
  for (let x = 0; x < width; x += 8, y += 16, cb += 16, cr += 16, to += 32) {
    const luma = v128.load(y);
    const blue = i16x8.sub(v128.load(cb), half);
    const red = i16x8.sub(v128.load(cr), half);
    storePixels(rounded(redOf(luma, red)), rounded(greenOf(luma, blue, red)), rounded(blueOf(luma, blue)), to);
  }
}

function grayRow(y: usize, to: usize, width: i32): void {
  for (let x = 0; x < width; x += 8, y += 16, to += 32) {
    const luma = rounded(v128.load(y));
    storePixels(luma, luma, luma, to);
  }
}

// @ts-ignore: decorator
@inline
function rounded(fine: v128): v128 {
  return i16x8.shr_s(i16x8.add(fine, i16x8.splat(<i16>ROUNDING)), FINE_BITS);
}
