// Rows of a component made as wide and high as the picture. The triangle filters are those of libjpeg ("fancy
// upsampling"), with its alternating rounding; any other ratio takes the nearest sample.
import { Component, rowAt } from "./jpeg-frame";

// Component.upsampling: what the host chose, see src/engine/jpeg-layout.ts. Above 3: the ratios, in 1/256.
const SAME: i32 = 0;
const WIDER: i32 = 1;
const WIDER_AND_HIGHER: i32 = 2;
const HIGHER: i32 = 3;

/** The address of row `y` of the picture in component `of`; `line` is room for it, unless the sample row will do. */
export function upsampledRow(plane: Component, y: i32, line: usize): usize {
  const mode = plane.upsampling;
  if (mode == SAME) return rowAt(plane, y);
  if (mode == WIDER) widen(rowAt(plane, y), plane.width, line);
  else if (mode == WIDER_AND_HIGHER) widenBetween(rowAt(plane, y >> 1), rowAt(plane, neighbour(plane, y)), plane.width, line);
  else if (mode == HIGHER) between(rowAt(plane, y >> 1), rowAt(plane, neighbour(plane, y)), plane.width, 1 + (y & 1), line);
  else nearest(plane, y, line);
  return line;
}

/** The sample row that is second nearest to row `y` of the picture. */
function neighbour(plane: Component, y: i32): i32 {
  return max(0, min(plane.height - 1, (y >> 1) + ((y & 1) << 1) - 1));
}

/** Twice as wide: ¾ nearest + ¼ second nearest. */
function widen(from: usize, width: i32, to: usize): void {
  const last = from + width - 1;
  store<u8>(to, load<u8>(from));
  for (let at = from; at < last; at++, to += 2) {
    const here = <u32>load<u8>(at);
    const next = <u32>load<u8>(at + 1);
    store<u8>(to, <u8>((here * 3 + next + 2) >> 2), 1);
    store<u8>(to, <u8>((next * 3 + here + 1) >> 2), 2);
  }
  store<u8>(to, load<u8>(last), 1);
}

/** Twice as high. */
function between(near: usize, far: usize, width: i32, bias: i32, to: usize): void {
  for (let x = 0; x < width; x++) {
    store<u8>(to + x, <u8>((<i32>load<u8>(near + x) * 3 + <i32>load<u8>(far + x) + bias) >> 2));
  }
}

/** Twice as wide and high: 9/16, 3/16, 3/16, 1/16. */
function widenBetween(near: usize, far: usize, width: i32, to: usize): void {
  let here = <u32>load<u8>(near) * 3 + <u32>load<u8>(far);
  store<u8>(to, <u8>((here * 4 + 8) >> 4));
  for (let x = 1; x < width; x++, to += 2) {
    const next = <u32>load<u8>(near + x) * 3 + <u32>load<u8>(far + x);
    store<u8>(to, <u8>((here * 3 + next + 7) >> 4), 1);
    store<u8>(to, <u8>((next * 3 + here + 8) >> 4), 2);
    here = next;
  }
  store<u8>(to, <u8>((here * 4 + 7) >> 4), 1);
}

/** Any ratio; `upsampling` holds samples across and down for each picture pixel, as numerator and denominator. */
function nearest(plane: Component, y: i32, to: usize): void {
  const ratios = plane.upsampling;
  const from = rowAt(plane, (y * ((ratios >> 8) & 63)) / ((ratios >> 14) & 63));
  const samples = (ratios >> 20) & 63;
  const pixels = (ratios >> 26) & 63;
  const width = (plane.width * pixels) / samples;
  for (let x = 0; x < width; x++) store<u8>(to + x, load<u8>(from + (x * samples) / pixels));
}
