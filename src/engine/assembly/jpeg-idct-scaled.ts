// Inverse DCTs to fewer samples than a block has: the lowest 4×4, 2×2 or 1×1 coefficients are taken as a DCT of that size.
import { coefficient, dot, HALF, low, pair } from "./jpeg-idct-lanes";

// The four-point DCT times √8, so that the first coefficient needs no factor and rounds as in the other transforms.
/** √2 cos(π/8) and √2 cos(3π/8), × 2^13. */
const C1: i32 = 10703;
const C3: i32 = 4433;

// @ts-ignore: decorator
@inline
function dequantised(from: usize, quant: usize): v128 {
  return i16x8.mul(v128.load64_zero(from), v128.load64_zero(quant));
}

/** 4×4 samples of the lowest coefficients; a row of them takes `rowBytes`. */
export function idct4(from: usize, rowBytes: usize, quant: usize, to: usize, stride: usize): void {
  const sum = pair(8192, 8192);
  const difference = pair(8192, -8192);
  const c13 = pair(C1, C3);
  const c31 = pair(C3, -C1);

  // Down the columns; 2 fraction bits stay.
  let a = low(dequantised(from, quant), dequantised(from + rowBytes * 2, quant + 32));
  let b = low(dequantised(from + rowBytes, quant + 16), dequantised(from + rowBytes * 3, quant + 48));
  let rounding = i32x4.splat(1 << 10);
  let even = i32x4.add(dot(a, sum), rounding);
  let odd = i32x4.add(dot(a, difference), rounding);
  let t0 = dot(b, c13);
  let t1 = dot(b, c31);
  const x01 = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(even, t0), 11), i32x4.shr_s(i32x4.add(odd, t1), 11));
  const x23 = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(odd, t1), 11), i32x4.shr_s(i32x4.sub(even, t0), 11));

  // Along the rows, which are in the lanes.
  a = v128.shuffle<i16>(x01, x23, 0, 2, 4, 6, 8, 10, 12, 14);
  b = v128.shuffle<i16>(x01, x23, 1, 3, 5, 7, 9, 11, 13, 15);
  rounding = i32x4.splat((1 << 17) + (HALF << 18));
  even = i32x4.add(dot(a, sum), rounding);
  odd = i32x4.add(dot(a, difference), rounding);
  t0 = dot(b, c13);
  t1 = dot(b, c31);
  const y01 = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(even, t0), 18), i32x4.shr_s(i32x4.add(odd, t1), 18));
  const y23 = i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(odd, t1), 18), i32x4.shr_s(i32x4.sub(even, t0), 18));
  const columns = i8x16.narrow_i16x8_u(y01, y23);
  const rows = v128.shuffle<i8>(columns, columns, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  v128.store32_lane(to, rows, 0);
  v128.store32_lane(to + stride, rows, 1);
  v128.store32_lane(to + stride * 2, rows, 2);
  v128.store32_lane(to + stride * 3, rows, 3);
}

// @ts-ignore: decorator
@inline
function sample(sum: i32): u8 {
  return <u8>max(0, min(255, ((sum + 4) >> 3) + HALF));
}

/** 2×2 samples of the lowest coefficients; a row of them takes `rowBytes`. */
export function idct2(from: usize, rowBytes: usize, quant: usize, to: usize, stride: usize): void {
  const dc = coefficient(from, quant);
  const across = coefficient(from + 2, quant + 2);
  const down = coefficient(from + rowBytes, quant + 16);
  const both = coefficient(from + rowBytes + 2, quant + 18);
  const left = dc + across;
  const right = dc - across;
  const below = down + both;
  const beside = down - both;
  let sums = i32x4.replace_lane(i32x4.splat(left + below), 1, right + beside);
  sums = i32x4.replace_lane(i32x4.replace_lane(sums, 2, left - below), 3, right - beside);
  sums = i32x4.shr_s(i32x4.add(sums, i32x4.splat(4 + (HALF << 3))), 3);
  const words = i16x8.narrow_i32x4_s(sums, sums);
  const samples = i8x16.narrow_i16x8_u(words, words);
  v128.store16_lane(to, samples, 0);
  v128.store16_lane(to + stride, samples, 1);
}

/** The mean of a block whose first coefficient is `first`. */
// @ts-ignore: decorator
@inline
export function meanOf(first: i32, quant: usize): u8 {
  return sample(<i32>(<i16>first) * <i32>load<i16>(quant));
}

/** The mean of a block. */
// @ts-ignore: decorator
@inline
export function idct1(from: usize, quant: usize): u8 {
  return sample(coefficient(from, quant));
}

/** The means of `count` blocks, rounded up to 8, whose first coefficients are side by side at `from`. */
export function means(from: usize, quant: usize, to: usize, count: i32): void {
  const step = i16x8.splat(load<i16>(quant));
  const rounding = i32x4.splat(4 + (HALF << 3));
  for (let i = 0; i < count; i += 8, from += 16, to += 8) {
    const values = v128.load(from);
    const first = i32x4.shr_s(i32x4.add(i32x4.extmul_low_i16x8_s(values, step), rounding), 3);
    const last = i32x4.shr_s(i32x4.add(i32x4.extmul_high_i16x8_s(values, step), rounding), 3);
    const samples = i16x8.narrow_i32x4_s(first, last);
    v128.store64_lane(to, i8x16.narrow_i16x8_u(samples, samples), 0);
  }
}
