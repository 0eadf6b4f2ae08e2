// One MCU of 4:2:0: 16×16 pixels RGBA to four blocks of luma and one each of Cb and Cr (JFIF 1.02 §"Conversion"). Sums
// stay unrounded: their scale goes into the divisors of quantisation.

/** Six blocks of 64 f32: luma, centred on 0, × 2^15; the chroma of four pixels added, × 2^15. */
export const samples: usize = memory.data(6 * 256, 16);

const BLOCK: usize = 256;
const CB: usize = 4 * BLOCK;
const CR: usize = 5 * BLOCK;
/** 128, the level shift of T.81 §A.3.1. */
const CENTRE: i32 = 128 << 15;

/** 16-bit weights of the even and odd lanes of a dot product. */
// @ts-ignore: decorator
@inline
function pair(a: i32, b: i32): v128 {
  return i32x4.splat((a & 0xffff) | (b << 16));
}

/** The samples of 16 rows of 16 pixels at `from`, `stride` bytes apart. */
export function toSamples(from: usize, stride: usize): void {
  for (let y: usize = 0; y < 8; y++) {
    const luma = samples + ((y >> 2) << 9) + ((y & 3) << 6);
    const chroma = samples + (y << 5);
    tile(from, stride, luma, chroma);
    tile(from + 32, stride, luma + BLOCK, chroma + 16);
    from += stride << 1;
  }
}

/** 8×2 pixels. Red and blue in the even and odd lanes, then green and alpha, so one dot product weighs two. */
// @ts-ignore: decorator
@inline
function tile(from: usize, stride: usize, luma: usize, chroma: usize): void {
  const mask = i16x8.splat(255);
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const c = v128.load(from + stride);
  const d = v128.load(from + stride, 16);
  const aRedBlue = v128.and(a, mask);
  const bRedBlue = v128.and(b, mask);
  const cRedBlue = v128.and(c, mask);
  const dRedBlue = v128.and(d, mask);
  const aGreen = i16x8.shr_u(a, 8);
  const bGreen = i16x8.shr_u(b, 8);
  const cGreen = i16x8.shr_u(c, 8);
  const dGreen = i16x8.shr_u(d, 8);
  storeLuma(aRedBlue, aGreen, luma);
  storeLuma(bRedBlue, bGreen, luma + 16);
  storeLuma(cRedBlue, cGreen, luma + 32);
  storeLuma(dRedBlue, dGreen, luma + 48);
  const redBlue = besides(i16x8.add(aRedBlue, cRedBlue), i16x8.add(bRedBlue, dRedBlue));
  const green = besides(i16x8.add(aGreen, cGreen), i16x8.add(bGreen, dGreen));
  v128.store(chroma, weighted(redBlue, pair(-5529, 16384), green, pair(-10855, 0)), CB);
  v128.store(chroma, weighted(redBlue, pair(16384, -2664), green, pair(-13720, 0)), CR);
}

/** Each pixel and its right neighbour, added. */
// @ts-ignore: decorator
@inline
function besides(a: v128, b: v128): v128 {
  return i16x8.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7));
}

// @ts-ignore: decorator
@inline
function storeLuma(redBlue: v128, green: v128, to: usize): void {
  const sum = i32x4.add(i32x4.dot_i16x8_s(redBlue, pair(9798, 3735)), i32x4.dot_i16x8_s(green, pair(19235, 0)));
  v128.store(to, f32x4.convert_i32x4_s(i32x4.sub(sum, i32x4.splat(CENTRE))));
}

/** The weights of each channel of chroma add up to 0: gray has none at all. */
// @ts-ignore: decorator
@inline
function weighted(redBlue: v128, weights: v128, green: v128, greenWeight: v128): v128 {
  const sum = i32x4.add(i32x4.dot_i16x8_s(redBlue, weights), i32x4.dot_i16x8_s(green, greenWeight));
  return f32x4.convert_i32x4_s(sum);
}
