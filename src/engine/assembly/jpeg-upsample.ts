// Rows of a component made as wide and high as the picture. The triangle filters are those of libjpeg ("fancy
// upsampling"), with its alternating rounding; any other ratio takes the nearest sample.
import { Component, rowAt } from "./jpeg-frame";

// Component.upsampling: what the host chose, see src/engine/jpeg-layout.ts. NEAREST has its ratios in the bits above.
const SAME: i32 = 0;
const WIDER: i32 = 1;
const WIDER_AND_HIGHER: i32 = 2;
const HIGHER: i32 = 3;
const LOWER: i32 = 5;
const NARROWER: i32 = 6;

/**
 * The address of row `y` of the picture in component `plane`; `line` is room for it, unless the sample row will do.
 * `sums`: room for a row of i16, with one more on either side.
 */
export function upsampledRow(plane: Component, y: i32, line: usize, sums: usize): usize {
  const mode = plane.upsampling;
  if (mode == SAME) return rowAt(plane, y);
  if (mode == WIDER) {
    copyWide(rowAt(plane, y), plane.width, sums);
    widen(sums, plane.width, 1, 2, 2, line);
  } else if (mode == WIDER_AND_HIGHER) {
    sumRows(rowAt(plane, y >> 1), rowAt(plane, neighbour(plane, y)), plane.width, sums);
    widen(sums, plane.width, 8, 7, 4, line);
  } else if (mode == HIGHER) between(rowAt(plane, y >> 1), rowAt(plane, neighbour(plane, y)), plane.width, 1 + (y & 1), line);
  else if (mode == LOWER) average(rowAt(plane, y << 1), rowAt(plane, min((y << 1) + 1, plane.height - 1)), plane.width, line);
  else if (mode == NARROWER) averagePairs(rowAt(plane, y), plane.width, line);
  else nearest(plane, y, line);
  return line;
}

/** The sample row that is second nearest to row `y` of the picture. */
function neighbour(plane: Component, y: i32): i32 {
  return max(0, min(plane.height - 1, (y >> 1) + ((y & 1) << 1) - 1));
}

function copyWide(from: usize, width: i32, sums: usize): void {
  for (let x = 0; x < width; x += 8) v128.store(sums + (x << 1), v128.load8x8_u(from + x));
}

// @ts-ignore: decorator
@inline
function threeToOne(near: usize, far: usize): v128 {
  return i16x8.add(i16x8.mul(v128.load8x8_u(near), i16x8.splat(3)), v128.load8x8_u(far));
}

function sumRows(near: usize, far: usize, width: i32, sums: usize): void {
  for (let x = 0; x < width; x += 8) v128.store(sums + (x << 1), threeToOne(near + x, far + x));
}

/** Twice as high: ¾ nearest + ¼ second nearest. */
function between(near: usize, far: usize, width: i32, bias: i32, to: usize): void {
  for (let x = 0; x < width; x += 8) {
    const sum = i16x8.shr_u(i16x8.add(threeToOne(near + x, far + x), i16x8.splat(<i16>bias)), 2);
    v128.store64_lane(to + x, i8x16.narrow_i16x8_u(sum, sum), 0);
  }
}

/** Twice as wide: (3 × nearest + second nearest + bias) >> shift, the second nearest of the ends being themselves. */
function widen(sums: usize, width: i32, left: i32, right: i32, shift: i32, to: usize): void {
  store<i16>(sums - 2, load<i16>(sums));
  const last = sums + (<usize>width << 1);
  store<i16>(last, load<i16>(last - 2));
  for (let at = sums; at < last; at += 16, to += 16) {
    const here = i16x8.mul(v128.load(at), i16x8.splat(3));
    const a = i16x8.add(i16x8.add(here, v128.load(at - 2)), i16x8.splat(<i16>left));
    const b = i16x8.add(i16x8.add(here, v128.load(at + 2)), i16x8.splat(<i16>right));
    const pixels = i8x16.narrow_i16x8_u(i16x8.shr_u(a, shift), i16x8.shr_u(b, shift));
    v128.store(to, v128.shuffle<i8>(pixels, pixels, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15));
  }
}

/** Half as high, for components that are denser than the picture in this direction alone. */
function average(first: usize, second: usize, width: i32, to: usize): void {
  for (let x = 0; x < width; x += 16) v128.store(to + x, i8x16.avgr_u(v128.load(first + x), v128.load(second + x)));
}

/** Half as wide. */
function averagePairs(from: usize, width: i32, to: usize): void {
  for (let x = 0; x < width; x += 16, to += 8) {
    const sums = i16x8.extadd_pairwise_i8x16_u(v128.load(from + x));
    const means = i16x8.shr_u(i16x8.add(sums, i16x8.splat(1)), 1);
    v128.store64_lane(to, i8x16.narrow_i16x8_u(means, means), 0);
  }
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
