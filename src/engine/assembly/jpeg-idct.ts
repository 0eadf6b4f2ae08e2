// Inverse DCTs from dequantised coefficients to samples. The full one is the accurate integer transform that libjpeg
// calls "islow" (Loeffler, Ligtenberg, Moschytz 1989, 13-bit constants), bit for bit; the smaller ones take the lowest
// 4×4, 2×2 or 1×1 coefficients as a DCT of that size.

const work: usize = memory.data(256, 16);
const HALF: i32 = 128;

/** 16-bit constants a, b for the even and odd lanes of a dot product. */
// @ts-ignore: decorator
@inline
function pair(a: i32, b: i32): v128 {
  return i32x4.splat((a & 0xffff) | (b << 16));
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

// @ts-ignore: decorator
@inline
function dot(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(a, b);
}

// @ts-ignore: decorator
@inline
function descale(a: v128, b: v128, rounding: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(a, rounding), shift),
    i32x4.shr_s(i32x4.add(b, rounding), shift),
  );
}

/** Eight 1-D transforms down the columns of the 8×8 i16 at `from`; the result is transposed. In place is allowed. */
function transformColumns(from: usize, to: usize, shift: i32): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from, 16);
  const r2 = v128.load(from, 32);
  const r3 = v128.load(from, 48);
  const r4 = v128.load(from, 64);
  const r5 = v128.load(from, 80);
  const r6 = v128.load(from, 96);
  const r7 = v128.load(from, 112);
  const rounding = i32x4.splat(1 << (shift - 1));

  // Even part: rows 0, 4 and 2, 6.
  const sum = pair(8192, 8192);
  const difference = pair(8192, -8192);
  const c2 = pair(4433, 4433 - 15137);
  const c6 = pair(4433 + 6270, 4433);
  let a = low(r0, r4);
  let b = low(r2, r6);
  const s0l = i32x4.add(dot(a, sum), dot(b, c6));
  const s3l = i32x4.sub(dot(a, sum), dot(b, c6));
  const s1l = i32x4.add(dot(a, difference), dot(b, c2));
  const s2l = i32x4.sub(dot(a, difference), dot(b, c2));
  a = high(r0, r4);
  b = high(r2, r6);
  const s0h = i32x4.add(dot(a, sum), dot(b, c6));
  const s3h = i32x4.sub(dot(a, sum), dot(b, c6));
  const s1h = i32x4.add(dot(a, difference), dot(b, c2));
  const s2h = i32x4.sub(dot(a, difference), dot(b, c2));

  // Odd part: rows 7, 1 and 5, 3, with the shared rotations of 7 + 3 and 5 + 1.
  const z3 = i16x8.add(r7, r3);
  const z4 = i16x8.add(r5, r1);
  a = low(z3, z4);
  const z3l = dot(a, pair(9633 - 16069, 9633));
  const z4l = dot(a, pair(9633, 9633 - 3196));
  a = high(z3, z4);
  const z3h = dot(a, pair(9633 - 16069, 9633));
  const z4h = dot(a, pair(9633, 9633 - 3196));
  const c70 = pair(2446 - 7373, -7373);
  const c73 = pair(-7373, 12299 - 7373);
  const c51 = pair(16819 - 20995, -20995);
  const c52 = pair(-20995, 25172 - 20995);
  a = low(r7, r1);
  b = low(r5, r3);
  const t0l = i32x4.add(dot(a, c70), z3l);
  const t3l = i32x4.add(dot(a, c73), z4l);
  const t1l = i32x4.add(dot(b, c51), z4l);
  const t2l = i32x4.add(dot(b, c52), z3l);
  a = high(r7, r1);
  b = high(r5, r3);
  const t0h = i32x4.add(dot(a, c70), z3h);
  const t3h = i32x4.add(dot(a, c73), z4h);
  const t1h = i32x4.add(dot(b, c51), z4h);
  const t2h = i32x4.add(dot(b, c52), z3h);

  const o0 = descale(i32x4.add(s0l, t3l), i32x4.add(s0h, t3h), rounding, shift);
  const o7 = descale(i32x4.sub(s0l, t3l), i32x4.sub(s0h, t3h), rounding, shift);
  const o1 = descale(i32x4.add(s1l, t2l), i32x4.add(s1h, t2h), rounding, shift);
  const o6 = descale(i32x4.sub(s1l, t2l), i32x4.sub(s1h, t2h), rounding, shift);
  const o2 = descale(i32x4.add(s2l, t1l), i32x4.add(s2h, t1h), rounding, shift);
  const o5 = descale(i32x4.sub(s2l, t1l), i32x4.sub(s2h, t1h), rounding, shift);
  const o3 = descale(i32x4.add(s3l, t0l), i32x4.add(s3h, t0h), rounding, shift);
  const o4 = descale(i32x4.sub(s3l, t0l), i32x4.sub(s3h, t0h), rounding, shift);

  storeTransposed(o0, o1, o2, o3, o4, o5, o6, o7, to);
}

/** Rows i and i + 4 interleaved, three times. */
// @ts-ignore: decorator
@inline
function storeTransposed(
  o0: v128,
  o1: v128,
  o2: v128,
  o3: v128,
  o4: v128,
  o5: v128,
  o6: v128,
  o7: v128,
  to: usize,
): void {
  const p0 = low(o0, o4);
  const p1 = high(o0, o4);
  const p2 = low(o1, o5);
  const p3 = high(o1, o5);
  const p4 = low(o2, o6);
  const p5 = high(o2, o6);
  const p6 = low(o3, o7);
  const p7 = high(o3, o7);
  const q0 = low(p0, p4);
  const q1 = high(p0, p4);
  const q2 = low(p1, p5);
  const q3 = high(p1, p5);
  const q4 = low(p2, p6);
  const q5 = high(p2, p6);
  const q6 = low(p3, p7);
  const q7 = high(p3, p7);
  v128.store(to, low(q0, q4));
  v128.store(to, high(q0, q4), 16);
  v128.store(to, low(q1, q5), 32);
  v128.store(to, high(q1, q5), 48);
  v128.store(to, low(q2, q6), 64);
  v128.store(to, high(q2, q6), 80);
  v128.store(to, low(q3, q7), 96);
  v128.store(to, high(q3, q7), 112);
}

/** 8×8 samples of the 64 coefficients at `from`. */
export function idct8(from: usize, quant: usize, to: usize, stride: usize): void {
  for (let i: usize = 0; i < 128; i += 16) {
    v128.store(work + i, i16x8.mul(v128.load(from + i), v128.load(quant + i)));
  }
  transformColumns(work, work, 11);
  transformColumns(work, work, 18);
  storeSamples(to, stride);
}

// @ts-ignore: decorator
@inline
function storeSamples(to: usize, stride: usize): void {
  const half = i16x8.splat(<i16>HALF);
  for (let i: usize = 0; i < 128; i += 32) {
    const a = i16x8.add_sat_s(v128.load(work + i), half);
    const b = i16x8.add_sat_s(v128.load(work + i, 16), half);
    const rows = i8x16.narrow_i16x8_u(a, b);
    v128.store64_lane(to, rows, 0);
    v128.store64_lane(to + stride, rows, 1);
    to += stride << 1;
  }
}

// @ts-ignore: decorator
@inline
function scaled(value: v128, shift: i32): v128 {
  return i32x4.shr_s(i32x4.add(value, i32x4.splat(1 << (shift - 1))), shift);
}

/** As idct8, of coefficients that are 0 outside the lowest 4×4: what is multiplied by them falls away. */
export function idct8Low(from: usize, quant: usize, to: usize, stride: usize): void {
  // Rows 0, 2 and 3, 1 in the lanes of the dot products; sums of the constants of transformColumns.
  const e0 = pair(8192, 4433 + 6270);
  const e1 = pair(8192, 4433);
  const e2 = pair(8192, -4433);
  const e3 = pair(8192, -4433 - 6270);
  const d0 = pair(9633 - 16069, 9633 - 7373);
  const d1 = pair(9633 - 20995, 9633 - 3196);
  const d2 = pair(9633 - 16069 + 25172 - 20995, 9633);
  const d3 = pair(9633, 12299 - 7373 + 9633 - 3196);

  // The four columns.
  let a = low(dequantisedLow(from, quant, 0), dequantisedLow(from, quant, 32));
  let b = low(dequantisedLow(from, quant, 48), dequantisedLow(from, quant, 16));
  const s0 = dot(a, e0);
  const s1 = dot(a, e1);
  const s2 = dot(a, e2);
  const s3 = dot(a, e3);
  const t0 = dot(b, d0);
  const t1 = dot(b, d1);
  const t2 = dot(b, d2);
  const t3 = dot(b, d3);
  const x02 = i16x8.narrow_i32x4_s(scaled(i32x4.add(s0, t3), 11), scaled(i32x4.add(s2, t1), 11));
  const x13 = i16x8.narrow_i32x4_s(scaled(i32x4.add(s1, t2), 11), scaled(i32x4.add(s3, t0), 11));
  const x46 = i16x8.narrow_i32x4_s(scaled(i32x4.sub(s3, t0), 11), scaled(i32x4.sub(s1, t2), 11));
  const x57 = i16x8.narrow_i32x4_s(scaled(i32x4.sub(s2, t1), 11), scaled(i32x4.sub(s0, t3), 11));
  const x01 = low(x02, x13);
  const x23 = high(x02, x13);
  const x45 = low(x46, x57);
  const x67 = high(x46, x57);
  const left = v128.shuffle<i32>(x01, x23, 0, 4, 1, 5);
  const right = v128.shuffle<i32>(x45, x67, 0, 4, 1, 5);
  const left2 = v128.shuffle<i32>(x01, x23, 2, 6, 3, 7);
  const right2 = v128.shuffle<i32>(x45, x67, 2, 6, 3, 7);
  const r0 = v128.shuffle<i64>(left, right, 0, 2);
  const r1 = v128.shuffle<i64>(left, right, 1, 3);
  const r2 = v128.shuffle<i64>(left2, right2, 0, 2);
  const r3 = v128.shuffle<i64>(left2, right2, 1, 3);

  // The eight rows.
  const rounding = i32x4.splat(1 << 17);
  a = low(r0, r2);
  b = low(r3, r1);
  const a2 = high(r0, r2);
  const b2 = high(r3, r1);
  const o0 = descale(i32x4.add(dot(a, e0), dot(b, d3)), i32x4.add(dot(a2, e0), dot(b2, d3)), rounding, 18);
  const o7 = descale(i32x4.sub(dot(a, e0), dot(b, d3)), i32x4.sub(dot(a2, e0), dot(b2, d3)), rounding, 18);
  const o1 = descale(i32x4.add(dot(a, e1), dot(b, d2)), i32x4.add(dot(a2, e1), dot(b2, d2)), rounding, 18);
  const o6 = descale(i32x4.sub(dot(a, e1), dot(b, d2)), i32x4.sub(dot(a2, e1), dot(b2, d2)), rounding, 18);
  const o2 = descale(i32x4.add(dot(a, e2), dot(b, d1)), i32x4.add(dot(a2, e2), dot(b2, d1)), rounding, 18);
  const o5 = descale(i32x4.sub(dot(a, e2), dot(b, d1)), i32x4.sub(dot(a2, e2), dot(b2, d1)), rounding, 18);
  const o3 = descale(i32x4.add(dot(a, e3), dot(b, d0)), i32x4.add(dot(a2, e3), dot(b2, d0)), rounding, 18);
  const o4 = descale(i32x4.sub(dot(a, e3), dot(b, d0)), i32x4.sub(dot(a2, e3), dot(b2, d0)), rounding, 18);
  storeTransposed(o0, o1, o2, o3, o4, o5, o6, o7, work);
  storeSamples(to, stride);
}

// @ts-ignore: decorator
@inline
function dequantisedLow(from: usize, quant: usize, row: usize): v128 {
  return i16x8.mul(v128.load64_zero(from + row), v128.load64_zero(quant + row));
}

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

// @ts-ignore: decorator
@inline
function coefficient(from: usize, quant: usize): i32 {
  return <i32>load<i16>(from) * <i32>load<i16>(quant);
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

/**
 * What idct8 gives for a first coefficient alone. Products beyond 16 bits, which only damaged files hold, wrap as they
 * do in the vector code of libjpeg-turbo.
 */
// @ts-ignore: decorator
@inline
export function flat8(from: usize, quant: usize): u8 {
  const scaled = <i32>(<i16>(coefficient(from, quant) << 2));
  return <u8>max(0, min(255, ((scaled + 16) >> 5) + HALF));
}
