// Rows of samples to rows of RGBA or CMYK. The equations are JFIF 1.02 §"Conversion", in 16-bit fixed point with the
// rounding of libjpeg's tables, so results are equal bit for bit.

// @ts-ignore: decorator
@inline
function pair(a: i32, b: i32): v128 {
  return i32x4.splat((a & 0xffff) | (b << 16));
}

/** (a × p + b × q + rounding) >> 16 of 8 lanes. */
// @ts-ignore: decorator
@inline
function weighted(a: v128, b: v128, weights: v128, rounding: v128): v128 {
  const low = v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  const high = v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(low, weights), rounding), 16),
    i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(high, weights), rounding), 16),
  );
}

/** 1.402 − 1 and 1.772 − 2 as factors of q15mulr: for every sample exactly libjpeg's (26345 x + 32768) >> 16 and
 * (−14942 x + 32768) >> 16. */
const RED: i16 = 13174;
const BLUE: i16 = -7470;

// 0.71414 = 1 − 18734/65536; 0.34414 = 22554/65536.
const GREEN_OF_BLUE: i32 = -22554;
const GREEN_OF_RED: i32 = 18734;

// Of chroma without its offset; all in any fixed point.
// @ts-ignore: decorator
@inline
export function redOf(luma: v128, red: v128): v128 {
  return i16x8.add(i16x8.add(luma, red), i16x8.q15mulr_sat_s(red, i16x8.splat(RED)));
}

// @ts-ignore: decorator
@inline
export function greenOf(luma: v128, blue: v128, red: v128): v128 {
  const rest = weighted(blue, red, pair(GREEN_OF_BLUE, GREEN_OF_RED), i32x4.splat(32768));
  return i16x8.add(i16x8.sub(luma, red), rest);
}

// @ts-ignore: decorator
@inline
export function blueOf(luma: v128, blue: v128): v128 {
  return i16x8.add(i16x8.add(luma, i16x8.shl(blue, 1)), i16x8.q15mulr_sat_s(blue, i16x8.splat(BLUE)));
}

/** RGBA of `width` pixels, rounded up to 8. */
export function yccRow(y: usize, cb: usize, cr: usize, to: usize, width: i32): void {
  const half = i16x8.splat(128);
  for (let x = 0; x < width; x += 8, to += 32) {
    const luma = v128.load8x8_u(y + x);
    const blue = i16x8.sub(v128.load8x8_u(cb + x), half);
    const red = i16x8.sub(v128.load8x8_u(cr + x), half);
    storePixels(redOf(luma, red), greenOf(luma, blue, red), blueOf(luma, blue), to);
  }
}

/** Eight opaque pixels. */
// @ts-ignore: decorator
@inline
export function storePixels(red: v128, green: v128, blue: v128, to: usize): void {
  store8(i8x16.narrow_i16x8_u(red, blue), i8x16.narrow_i16x8_u(green, i16x8.splat(255)), to);
}

/** Eight pixels of (first, third) and (second, fourth) channels. */
// @ts-ignore: decorator
@inline
function store8(odd: v128, even: v128, to: usize): void {
  const low = v128.shuffle<i8>(odd, even, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const high = v128.shuffle<i8>(odd, even, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(to, v128.shuffle<i16>(low, high, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(to, v128.shuffle<i16>(low, high, 4, 12, 5, 13, 6, 14, 7, 15), 16);
}

/** Four rows of bytes as pixels; where the fourth is 0, 255. */
export function plainRow(first: usize, second: usize, third: usize, fourth: usize, to: usize, width: i32): void {
  for (let x = 0; x < width; x += 8) {
    const last = fourth ? v128.load64_zero(fourth + x) : i8x16.splat(-1);
    const odd = v128.shuffle<i64>(v128.load64_zero(first + x), v128.load64_zero(third + x), 0, 2);
    const even = v128.shuffle<i64>(v128.load64_zero(second + x), last, 0, 2);
    store8(odd, even, to + (x << 2));
  }
}

/** 255 − each byte at `from`, to every fourth byte at `to`. */
export function invertInto(from: usize, to: usize, width: i32): void {
  for (let x = 0; x < width; x++) store<u8>(to + (x << 2), 255 - load<u8>(from + x));
}

/** 255 − every byte; `length` is rounded up to 16. */
export function invert(at: usize, length: usize): void {
  for (let i: usize = 0; i < length; i += 16) v128.store(at + i, v128.not(v128.load(at + i)));
}
