// A separable filter over the rows of one component, where the JPEG decoder left them: across sixteen rows at a time,
// then down the columns. The host (src/engine/plane-filter.ts) owns the buffers and the order of calls.
//
// Weights are i16 with 14 fraction bits, what lies between the two passes has 6, so 255 × 2^6 × 4 × 2^14 < 2^31: no sum
// of products overflows.
import { component, Component, rowAt } from "./jpeg-frame";

// @ts-ignore: decorator
@inline const ACROSS_BITS: i32 = 8;
// @ts-ignore: decorator
@inline const DOWN_BITS: i32 = 20;
/**
 * Fraction bits of a fine sample: room for what filters overshoot, 1.6 times the range at most, and for each colour made of
 * that. A sum of luma and twice chroma may pass 2^15 on the way to blue, which wraps, and comes back (jpeg-colour.ts).
 */
// @ts-ignore: decorator
@inline
export const FINE_BITS: i32 = 5;
/** Sixteen rows of two samples, i16. */
const PAIR_BYTES: usize = 64;

/**
 * Sixteen rows of component `index`, from row `y` and column `left` on: two neighbours of one row side by side, then of
 * the next row, as dot products take them. `count` columns, rounded up to 16.
 */
export function planePairs(index: i32, y: i32, left: usize, count: i32, to: usize): void {
  const plane = component(index);
  for (let row = 0; row < 16; row += 4, to += 16) pairsOfFour(plane, y + row, left, count, to);
}

function pairsOfFour(plane: Component, y: i32, left: usize, count: i32, to: usize): void {
  const a = rowAt(plane, y) + left;
  const b = rowAt(plane, y + 1) + left;
  const c = rowAt(plane, y + 2) + left;
  const d = rowAt(plane, y + 3) + left;
  for (let x = 0; x < count; x += 16, to += 8 * PAIR_BYTES) {
    const rowA = v128.load(a + x);
    const rowB = v128.load(b + x);
    const rowC = v128.load(c + x);
    const rowD = v128.load(d + x);
    storePairs(low(rowA, rowB), low(rowC, rowD), to);
    storePairs(high(rowA, rowB), high(rowC, rowD), to + 4 * PAIR_BYTES);
  }
}

// @ts-ignore: decorator
@inline
function storePairs(ab: v128, cd: v128, to: usize): void {
  const first = v128.shuffle<i32>(ab, cd, 0, 4, 1, 5);
  const last = v128.shuffle<i32>(ab, cd, 2, 6, 3, 7);
  v128.store(to, i16x8.extend_low_i8x16_u(first));
  v128.store(to, i16x8.extend_high_i8x16_u(first), 64);
  v128.store(to, i16x8.extend_low_i8x16_u(last), 128);
  v128.store(to, i16x8.extend_high_i8x16_u(last), 192);
}

// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/**
 * Sixteen rows across: `outputs` sums of each, two rows side by side, into eight lines of `lineBytes`. An entry of `taps`
 * is the offset of its first pair in bytes and the weights of `count` pairs.
 */
export function planeAcross(pairs: usize, taps: usize, count: i32, outputs: i32, to: usize, lineBytes: usize): void {
  const rounding = i32x4.splat(1 << (ACROSS_BITS - 1));
  const end = to + (<usize>outputs << 2);
  const tapsBytes = <usize>count << 2;
  for (; to < end; to += 4) {
    let at = pairs + load<u32>(taps);
    taps += 4;
    const tapsEnd = taps + tapsBytes;
    let a = rounding;
    let b = rounding;
    let c = rounding;
    let d = rounding;
    do {
      const weights = v128.load32_splat(taps);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at), weights));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at, 16), weights));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at, 32), weights));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at, 48), weights));
      at += PAIR_BYTES;
      taps += 4;
    } while (taps < tapsEnd);
    const upper = i16x8.narrow_i32x4_s(i32x4.shr_s(a, ACROSS_BITS), i32x4.shr_s(b, ACROSS_BITS));
    const lower = i16x8.narrow_i32x4_s(i32x4.shr_s(c, ACROSS_BITS), i32x4.shr_s(d, ACROSS_BITS));
    let line = to;
    v128.store32_lane(line, upper, 0);
    v128.store32_lane((line += lineBytes), upper, 1);
    v128.store32_lane((line += lineBytes), upper, 2);
    v128.store32_lane((line += lineBytes), upper, 3);
    v128.store32_lane((line += lineBytes), lower, 0);
    v128.store32_lane((line += lineBytes), lower, 1);
    v128.store32_lane((line += lineBytes), lower, 2);
    v128.store32_lane((line += lineBytes), lower, 3);
  }
}

/**
 * One row of `outputs` samples, rounded up to 16, from `count` lines of two rows: the first is at `first`, after the one
 * that ends at `ringEnd` comes the one `ringBytes` before it. `taps`: a pair of weights a line. `fine`: results are i16
 * with FINE_BITS fraction bits, not held between black and white; else bytes.
 */
export function planeDown(
  first: usize,
  lineBytes: usize,
  ringEnd: usize,
  ringBytes: usize,
  taps: usize,
  count: i32,
  outputs: i32,
  to: usize,
  fine: bool,
): void {
  const shift = fine ? DOWN_BITS - FINE_BITS : DOWN_BITS;
  const rounding = i32x4.splat(1 << (shift - 1));
  const tapsEnd = taps + (<usize>count << 2);
  for (; outputs > 0; outputs -= 16, first += 64, ringEnd += 64) {
    let at = first;
    let a = rounding;
    let b = rounding;
    let c = rounding;
    let d = rounding;
    for (let tap = taps; tap < tapsEnd; tap += 4) {
      const weights = v128.load32_splat(tap);
      a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at), weights));
      b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at, 16), weights));
      c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at, 32), weights));
      d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at, 48), weights));
      at += lineBytes;
      if (at >= ringEnd) at -= ringBytes;
    }
    const left = i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift));
    const right = i16x8.narrow_i32x4_s(i32x4.shr_s(c, shift), i32x4.shr_s(d, shift));
    if (fine) {
      v128.store(to, left);
      v128.store(to, right, 16);
      to += 32;
    } else {
      v128.store(to, i8x16.narrow_i16x8_u(left, right));
      to += 16;
    }
  }
}

/** Repeats the last of `outputs` samples of a row up to `width`. */
export function planeEdge(row: usize, outputs: i32, width: i32): void {
  memory.fill(row + outputs, load<u8>(row + outputs - 1), width - outputs);
}

/** `rows` rows of `columns` samples as `columns` rows of `rows`; both are multiples of 8. */
export function planeTranspose(
  from: usize,
  stride: usize,
  rows: usize,
  columns: usize,
  to: usize,
  toStride: usize,
): void {
  for (let y: usize = 0; y < rows; y += 8, from += stride << 3) {
    for (let x: usize = 0; x < columns; x += 8) transposeBlock(from + x, stride, to + x * toStride + y, toStride);
  }
}

/** Rows i and i + 4 interleaved, three times. */
// @ts-ignore: decorator
@inline
function transposeBlock(from: usize, stride: usize, to: usize, toStride: usize): void {
  const lower = from + (stride << 2);
  const a = zip(v128.load64_zero(from), v128.load64_zero(lower));
  const b = zip(v128.load64_zero(from + stride), v128.load64_zero(lower + stride));
  const c = zip(v128.load64_zero(from + (stride << 1)), v128.load64_zero(lower + (stride << 1)));
  const d = zip(v128.load64_zero(from + stride * 3), v128.load64_zero(lower + stride * 3));
  const e = zip(a, c);
  const f = zipHigh(a, c);
  const g = zip(b, d);
  const h = zipHigh(b, d);
  storeTwo(zip(e, g), to, toStride);
  storeTwo(zipHigh(e, g), to + (toStride << 1), toStride);
  storeTwo(zip(f, h), to + (toStride << 2), toStride);
  storeTwo(zipHigh(f, h), to + toStride * 6, toStride);
}

// @ts-ignore: decorator
@inline
function zip(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-ignore: decorator
@inline
function zipHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// @ts-ignore: decorator
@inline
function storeTwo(rows: v128, to: usize, stride: usize): void {
  v128.store64_lane(to, rows, 0);
  v128.store64_lane(to + stride, rows, 1);
}
