// Forward DCT in f32 (Arai, Agui, Nakajima 1988: five multiplications a line, the rest of the scaling is left to the
// divisors) and quantisation.

const work: usize = memory.data(256, 16);
const scaled: usize = memory.data(256, 16);

const C4: f32 = 0.7071067811865476; // cos(4π/16)
const C6: f32 = 0.3826834323650898; // cos(6π/16)
const C2_LESS_C6: f32 = 0.541196100146197;
const C2_AND_C6: f32 = 1.3065629648763766;

/** 1.5 × 2^23: added to an f32 below 2^22, it rounds to the nearest integer, ties to even, in the lowest bits. */
const ROUNDER: f32 = 12582912;

/** Transforms the 64 f32 at `from`; the result waits for `quantise`. */
export function transform(from: usize): void {
  lines(from, work, true);
  lines(from + 16, work + 128, true);
  lines(work, scaled, false);
  lines(work + 16, scaled + 16, false);
}

/** Four 1-D transforms down the columns of 8×4 f32. `turned`: the result is 4×8. */
// @ts-ignore: decorator
@inline
function lines(from: usize, to: usize, turned: bool): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from, 32);
  const r2 = v128.load(from, 64);
  const r3 = v128.load(from, 96);
  const r4 = v128.load(from, 128);
  const r5 = v128.load(from, 160);
  const r6 = v128.load(from, 192);
  const r7 = v128.load(from, 224);
  const s0 = f32x4.add(r0, r7);
  const s1 = f32x4.add(r1, r6);
  const s2 = f32x4.add(r2, r5);
  const s3 = f32x4.add(r3, r4);
  const d0 = f32x4.sub(r0, r7);
  const d1 = f32x4.sub(r1, r6);
  const d2 = f32x4.sub(r2, r5);
  const d3 = f32x4.sub(r3, r4);

  const outer = f32x4.add(s0, s3);
  const inner = f32x4.add(s1, s2);
  const e0 = f32x4.sub(s0, s3);
  const e1 = f32x4.mul(f32x4.add(f32x4.sub(s1, s2), e0), f32x4.splat(C4));
  const f0 = f32x4.add(outer, inner);
  const f4 = f32x4.sub(outer, inner);
  const f2 = f32x4.add(e0, e1);
  const f6 = f32x4.sub(e0, e1);

  const t0 = f32x4.add(d3, d2);
  const t1 = f32x4.mul(f32x4.add(d2, d1), f32x4.splat(C4));
  const t2 = f32x4.add(d1, d0);
  const shared = f32x4.mul(f32x4.sub(t0, t2), f32x4.splat(C6));
  const low = f32x4.add(f32x4.mul(t0, f32x4.splat(C2_LESS_C6)), shared);
  const high = f32x4.add(f32x4.mul(t2, f32x4.splat(C2_AND_C6)), shared);
  const plus = f32x4.add(d0, t1);
  const minus = f32x4.sub(d0, t1);
  const f1 = f32x4.add(plus, high);
  const f3 = f32x4.sub(minus, low);
  const f5 = f32x4.add(minus, low);
  const f7 = f32x4.sub(plus, high);

  if (turned) {
    storeTurned(f0, f1, f2, f3, to);
    storeTurned(f4, f5, f6, f7, to + 16);
    return;
  }
  v128.store(to, f0);
  v128.store(to, f1, 32);
  v128.store(to, f2, 64);
  v128.store(to, f3, 96);
  v128.store(to, f4, 128);
  v128.store(to, f5, 160);
  v128.store(to, f6, 192);
  v128.store(to, f7, 224);
}

/** 4×4, transposed. */
// @ts-ignore: decorator
@inline
function storeTurned(a: v128, b: v128, c: v128, d: v128, to: usize): void {
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const ab2 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cd2 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to, v128.shuffle<i64>(ab, cd, 1, 3), 32);
  v128.store(to, v128.shuffle<i64>(ab2, cd2, 0, 2), 64);
  v128.store(to, v128.shuffle<i64>(ab2, cd2, 1, 3), 96);
}

/**
 * Multiplies what `transform` left by the 64 f32 at `factors`. The 64 i16 at `to` are transposed: a row holds one
 * horizontal frequency.
 * @returns a map of those that are not 0
 */
export function quantise(factors: usize, to: usize): u64 {
  const none = i16x8.splat(0);
  let map: u64 = 0;
  for (let row: usize = 0; row < 8; row += 2) {
    const a = rounded(scaled + (row << 5), factors + (row << 5));
    const b = rounded(scaled + (row << 5) + 32, factors + (row << 5) + 32);
    v128.store(to + (row << 4), a);
    v128.store(to + (row << 4), b, 16);
    const some = i8x16.narrow_i16x8_s(i16x8.ne(a, none), i16x8.ne(b, none));
    map |= <u64>i8x16.bitmask(some) << (row << 3);
  }
  return map;
}

/** One row of eight as i16. */
// @ts-ignore: decorator
@inline
function rounded(from: usize, factors: usize): v128 {
  const rounder = f32x4.splat(ROUNDER);
  const a = f32x4.add(f32x4.mul(v128.load(from), v128.load(factors)), rounder);
  const b = f32x4.add(f32x4.mul(v128.load(from, 16), v128.load(factors, 16)), rounder);
  return v128.shuffle<i16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
}
