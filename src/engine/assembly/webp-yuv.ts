// 4:2:0 to RGBA as libwebp does it: chroma interpolated from the four nearest samples with weights 9 3 3 1, then the
// fixed-point matrix of BT.601, limited range.

/**
 * One row of `width` pixels at `to`. `u0`, `v0`: the nearest row of chroma, `u1`, `v1` the next nearest; each needs a
 * copy of its first sample before it and of its last after it. Writes and reads up to sixteen pixels too far.
 */
export function yuvToRgba(y: usize, u0: usize, v0: usize, u1: usize, v1: usize, width: i32, to: usize): void {
  for (let x = 0; x < width; x += 16) {
    const u = upsample(u0, u1);
    const v = upsample(v0, v1);
    convert(v128.load(y), u, v, to);
    y += 16;
    u0 += 8;
    v0 += 8;
    u1 += 8;
    v1 += 8;
    to += 64;
  }
}

/** Sixteen samples from eight: even ones lean to the left neighbour, odd ones to the right. */
// @ts-ignore: decorator
@inline
function upsample(near: usize, far: usize): v128 {
  const n = v128.load_ext<u8>(near);
  const f = v128.load_ext<u8>(far);
  const even = blend(n, v128.load_ext<u8>(near - 1), f, v128.load_ext<u8>(far - 1));
  const odd = blend(n, v128.load_ext<u8>(near + 1), f, v128.load_ext<u8>(far + 1));
  return v128.or(even, i16x8.shl(odd, 8));
}

/** ((n + 3m + 3f + o + 8) / 8 + n) / 2, whose rounding is libwebp's: 9n + 3m + 3f + o sixteenths. */
// @ts-ignore: decorator
@inline
function blend(n: v128, m: v128, f: v128, o: v128): v128 {
  const sum = i16x8.add(i16x8.add(n, o), i16x8.mul(i16x8.add(m, f), i16x8.splat(3)));
  const inner = i16x8.shr_u(i16x8.add(sum, i16x8.splat(8)), 3);
  return i16x8.shr_u(i16x8.add(inner, n), 1);
}

// @ts-ignore: decorator
@inline
function convert(y: v128, u: v128, v: v128, to: usize): void {
  const low = toRgb(i16x8.extend_low_i8x16_u(y), i16x8.extend_low_i8x16_u(u), i16x8.extend_low_i8x16_u(v));
  const lowGreen = green;
  const lowBlue = blue;
  const high = toRgb(i16x8.extend_high_i8x16_u(y), i16x8.extend_high_i8x16_u(u), i16x8.extend_high_i8x16_u(v));
  const r = i8x16.narrow_i16x8_u(low, high);
  const g = i8x16.narrow_i16x8_u(lowGreen, green);
  const b = i8x16.narrow_i16x8_u(lowBlue, blue);
  interleave(r, g, b, to);
}

let green: v128 = i16x8.splat(0);
let blue: v128 = i16x8.splat(0);

/** Eight pixels with six fraction bits; gives red, leaves the rest in globals. All sums stay within 16 bits. */
// @ts-ignore: decorator
@inline
function toRgb(y: v128, u: v128, v: v128): v128 {
  const luma = scaled(y, 19077);
  const red = i16x8.sub(i16x8.add(luma, scaled(v, 26149)), i16x8.splat(14234));
  const less = i16x8.add(scaled(u, 6419), scaled(v, 13320));
  green = i16x8.shr_s(i16x8.add(i16x8.sub(luma, less), i16x8.splat(8708)), 6);
  blue = i16x8.shr_u(i16x8.sub_sat_u(i16x8.add(luma, scaled(u, 33050)), i16x8.splat(17685)), 6);
  return i16x8.shr_s(red, 6);
}

/** x · factor / 256, both unsigned. */
// @ts-ignore: decorator
@inline
function scaled(x: v128, factor: i32): v128 {
  const wide = i16x8.splat(<i16>factor);
  const low = i32x4.shr_u(i32x4.extmul_low_i16x8_u(x, wide), 8);
  const high = i32x4.shr_u(i32x4.extmul_high_i16x8_u(x, wide), 8);
  return v128.shuffle<i16>(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
}

// @ts-ignore: decorator
@inline
function interleave(r: v128, g: v128, b: v128, to: usize): void {
  const opaque = i8x16.splat(-1);
  const rgLow = v128.shuffle<i8>(r, g, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const rgHigh = v128.shuffle<i8>(r, g, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const baLow = v128.shuffle<i8>(b, opaque, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const baHigh = v128.shuffle<i8>(b, opaque, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(to, v128.shuffle<i16>(rgLow, baLow, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(to, v128.shuffle<i16>(rgLow, baLow, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  v128.store(to, v128.shuffle<i16>(rgHigh, baHigh, 0, 8, 1, 9, 2, 10, 3, 11), 32);
  v128.store(to, v128.shuffle<i16>(rgHigh, baHigh, 4, 12, 5, 13, 6, 14, 7, 15), 48);
}
