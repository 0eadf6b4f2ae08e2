// What the inverse DCTs share: pairs of coefficients side by side in the lanes of a vector, multiplied and added at once.

/** Samples are kept around 0 until they are stored. */
export const HALF: i32 = 128;

/** 16-bit constants a, b for the even and odd lanes of a dot product. */
// @ts-ignore: decorator
@inline
export function pair(a: i32, b: i32): v128 {
  return i32x4.splat((a & 0xffff) | (b << 16));
}

// @ts-ignore: decorator
@inline
export function low(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
export function high(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// @ts-ignore: decorator
@inline
export function dot(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(a, b);
}

/** Dequantised. */
// @ts-ignore: decorator
@inline
export function coefficient(from: usize, quant: usize): i32 {
  return <i32>load<i16>(from) * <i32>load<i16>(quant);
}
