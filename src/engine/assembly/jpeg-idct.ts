// The full inverse DCT, from dequantised coefficients to samples: the accurate integer transform that libjpeg calls
// "islow" (Loeffler, Ligtenberg, Moschytz 1989, 13-bit constants), bit for bit.
import { coefficient, dot, HALF, high, low, pair } from "./jpeg-idct-lanes";

const work: usize = memory.data(256, 16);

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
