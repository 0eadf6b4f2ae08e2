// A separable filter over rows of RGBA: across each row, then down the columns, with any table of weights. The caller
// (src/engine/resample.ts) owns the buffers and the order of calls; nothing here keeps state.
//
// Samples are i16 with 6 fraction bits, multiplied by alpha; weights are i16 with 14 fraction bits and an absolute sum
// below 4 per sample, so 255 * 2^6 * 4 * 2^14 < 2^31: no sum of products overflows.

// @ts-ignore: decorator
@inline const WEIGHT_BITS: i32 = 14;
// @ts-ignore: decorator
@inline const SUM_BITS: i32 = 20;

/**
 * Unpacks `count` RGBA pixels, four at a time, to pairs R0 R1 G0 G1 B0 B1 A0 A1 of samples, the order in which a dot
 * product adds two pixels at once; pairs stand `spacing` bytes apart. Writes up to three pixels beyond `count`. The
 * shuffles are those that machines have.
 */
export function resampleUnpack(pixels: usize, pairs: usize, spacing: usize, count: i32, alpha: bool): void {
  if (alpha) unpackAlpha(pixels, pairs, spacing, count);
  else unpackOpaque(pixels, pairs, spacing, count);
}

function unpackOpaque(pixels: usize, pairs: usize, spacing: usize, count: i32): void {
  const end = pixels + (<usize>count << 2);
  for (; pixels < end; pixels += 16, pairs += spacing << 1) {
    const zipped = zipPixels(v128.load(pixels));
    v128.store(pairs, i16x8.shl(i16x8.extend_low_i8x16_u(zipped), 6));
    v128.store(pairs + spacing, i16x8.shl(i16x8.extend_high_i8x16_u(zipped), 6));
  }
}

function unpackAlpha(pixels: usize, pairs: usize, spacing: usize, count: i32): void {
  const end = pixels + (<usize>count << 2);
  for (; pixels < end; pixels += 16, pairs += spacing << 1) {
    const zipped = zipPixels(v128.load(pixels));
    v128.store(pairs, premultiplied(i16x8.extend_low_i8x16_u(zipped)));
    v128.store(pairs + spacing, premultiplied(i16x8.extend_high_i8x16_u(zipped)));
  }
}

// @ts-ignore: decorator
@inline function zipPixels(packed: v128): v128 {
  const even = i32x4.shuffle(packed, packed, 0, 2, 0, 2);
  const odd = i32x4.shuffle(packed, packed, 1, 3, 1, 3);
  return i8x16.shuffle(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** A pair of 0..255 to samples: t / 255 * 64 = (t + t / 256 + 1) / 4, exact where t = 255 c, as alpha's own must be. */
// @ts-ignore: decorator
@inline function premultiplied(pair: v128): v128 {
  const alphas = i32x4.replace_lane(i32x4.shuffle(pair, pair, 3, 3, 3, 3), 3, 0x00ff00ff);
  const product = i16x8.mul(pair, alphas);
  return i16x8.shr_u(i16x8.avgr_u(product, i16x8.shr_u(product, 8)), 1);
}

/**
 * One row across: `outputs` sums over `pairs`, 16 bytes apart, into `row` (RGBA samples). An entry of `taps` is the
 * number of its first pair, the number of groups of four pixels (at least one), and four weights a group.
 */
export function resampleAcross(pairs: usize, taps: usize, outputs: i32, row: usize): void {
  const end = row + (<usize>outputs << 3);
  for (; row < end; row += 8) {
    let at = pairs + (<usize>load<u32>(taps) << 4);
    const tapsEnd = taps + 8 + (<usize>load<u32>(taps, 4) << 3);
    taps += 8;
    let even = i32x4.splat(1 << (WEIGHT_BITS - 1));
    let odd = i32x4.splat(0);
    do {
      even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load(at), v128.load32_splat(taps)));
      odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load(at, 16), v128.load32_splat(taps, 4)));
      at += 32;
      taps += 8;
    } while (taps < tapsEnd);
    const sum = i32x4.shr_s(i32x4.add(even, odd), WEIGHT_BITS);
    v128.store64_lane(row, i16x8.narrow_i32x4_s(sum, sum), 0);
  }
}

/**
 * Four rows across, as `resampleAcross` does one, into rows `stride` bytes apart. Their pairs alternate, 64 bytes for
 * the four: each weight is loaded once for all, from one stream of memory. A third faster than row by row.
 */
export function resampleAcrossFour(pairs: usize, taps: usize, outputs: i32, row: usize, stride: usize): void {
  const end = row + (<usize>outputs << 3);
  for (; row < end; row += 8) {
    let at = pairs + (<usize>load<u32>(taps) << 6);
    const tapsEnd = taps + 8 + (<usize>load<u32>(taps, 4) << 3);
    taps += 8;
    let first = i32x4.splat(1 << (WEIGHT_BITS - 1));
    let second = first;
    let third = first;
    let fourth = first;
    do {
      const even = v128.load32_splat(taps);
      const odd = v128.load32_splat(taps, 4);
      first = i32x4.add(first, i32x4.dot_i16x8_s(v128.load(at), even));
      second = i32x4.add(second, i32x4.dot_i16x8_s(v128.load(at, 16), even));
      third = i32x4.add(third, i32x4.dot_i16x8_s(v128.load(at, 32), even));
      fourth = i32x4.add(fourth, i32x4.dot_i16x8_s(v128.load(at, 48), even));
      first = i32x4.add(first, i32x4.dot_i16x8_s(v128.load(at, 64), odd));
      second = i32x4.add(second, i32x4.dot_i16x8_s(v128.load(at, 80), odd));
      third = i32x4.add(third, i32x4.dot_i16x8_s(v128.load(at, 96), odd));
      fourth = i32x4.add(fourth, i32x4.dot_i16x8_s(v128.load(at, 112), odd));
      at += 128;
      taps += 8;
    } while (taps < tapsEnd);
    const upper = i16x8.narrow_i32x4_s(i32x4.shr_s(first, WEIGHT_BITS), i32x4.shr_s(second, WEIGHT_BITS));
    const lower = i16x8.narrow_i32x4_s(i32x4.shr_s(third, WEIGHT_BITS), i32x4.shr_s(fourth, WEIGHT_BITS));
    v128.store64_lane(row, upper, 0);
    v128.store64_lane(row + stride, upper, 1);
    v128.store64_lane(row + stride * 2, lower, 0);
    v128.store64_lane(row + stride * 3, lower, 1);
  }
}

/**
 * Adds eight rows, `stride` bytes apart, each times its weight of `taps`, to `sums` (i32, RGBA; an even number of
 * pixels). `fresh` overwrites the sums instead.
 */
export function resampleDown(rows: usize, stride: usize, taps: usize, sums: usize, count: i32, fresh: bool): void {
  const weights01 = v128.load32_splat(taps);
  const weights23 = v128.load32_splat(taps, 4);
  const weights45 = v128.load32_splat(taps, 8);
  const weights67 = v128.load32_splat(taps, 12);
  const end = sums + (<usize>count << 4);
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  for (; sums < end; sums += 32, rows += 16) {
    if (!fresh) {
      low = v128.load(sums);
      high = v128.load(sums, 16);
    } else {
      low = i32x4.splat(0);
      high = i32x4.splat(0);
    }
    let at = rows;
    let upper = v128.load(at);
    let lower = v128.load(at + stride);
    low = i32x4.add(low, i32x4.dot_i16x8_s(zipLow(upper, lower), weights01));
    high = i32x4.add(high, i32x4.dot_i16x8_s(zipHigh(upper, lower), weights01));
    at += stride << 1;
    upper = v128.load(at);
    lower = v128.load(at + stride);
    low = i32x4.add(low, i32x4.dot_i16x8_s(zipLow(upper, lower), weights23));
    high = i32x4.add(high, i32x4.dot_i16x8_s(zipHigh(upper, lower), weights23));
    at += stride << 1;
    upper = v128.load(at);
    lower = v128.load(at + stride);
    low = i32x4.add(low, i32x4.dot_i16x8_s(zipLow(upper, lower), weights45));
    high = i32x4.add(high, i32x4.dot_i16x8_s(zipHigh(upper, lower), weights45));
    at += stride << 1;
    upper = v128.load(at);
    lower = v128.load(at + stride);
    low = i32x4.add(low, i32x4.dot_i16x8_s(zipLow(upper, lower), weights67));
    high = i32x4.add(high, i32x4.dot_i16x8_s(zipHigh(upper, lower), weights67));
    v128.store(sums, low);
    v128.store(sums, high, 16);
  }
}

// @ts-ignore: decorator
@inline function zipLow(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline function zipHigh(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** Rounds `count` sums to RGBA bytes. Writes up to three pixels beyond `count`. */
export function resampleFinish(sums: usize, pixels: usize, count: i32, alpha: bool): void {
  if (alpha) finishAlpha(sums, pixels, count);
  else finishOpaque(sums, pixels, count);
}

function finishOpaque(sums: usize, pixels: usize, count: i32): void {
  const end = pixels + (<usize>count << 2);
  for (; pixels < end; pixels += 16, sums += 64) {
    const low = i16x8.narrow_i32x4_s(rounded(v128.load(sums)), rounded(v128.load(sums, 16)));
    const high = i16x8.narrow_i32x4_s(rounded(v128.load(sums, 32)), rounded(v128.load(sums, 48)));
    v128.store(pixels, v128.or(i8x16.narrow_i16x8_u(low, high), i32x4.splat(0xff000000)));
  }
}

// @ts-ignore: decorator
@inline function rounded(sum: v128): v128 {
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(1 << (SUM_BITS - 1))), SUM_BITS);
}

/** Colour = sum of colour x alpha / sum of alpha; a pixel whose alpha rounds to 0 becomes all zero. */
function finishAlpha(sums: usize, pixels: usize, count: i32): void {
  const end = pixels + (<usize>count << 2);
  for (; pixels < end; pixels += 16, sums += 64) {
    const sum0 = v128.load(sums);
    const sum1 = v128.load(sums, 16);
    const sum2 = v128.load(sums, 32);
    const sum3 = v128.load(sums, 48);
    const alphas01 = i32x4.shuffle(sum0, sum1, 3, 7, 3, 7);
    const alphas23 = i32x4.shuffle(sum2, sum3, 3, 7, 3, 7);
    const alphas = i32x4.shuffle(alphas01, alphas23, 0, 1, 4, 5);
    const seen = i32x4.ge_s(alphas, i32x4.splat(1 << (SUM_BITS - 1)));
    const scales = v128.and(f32x4.div(f32x4.splat(255), f32x4.convert_i32x4_s(alphas)), seen);
    const low = i16x8.narrow_i32x4_s(
      scaled(sum0, i32x4.shuffle(scales, scales, 0, 0, 0, 0)),
      scaled(sum1, i32x4.shuffle(scales, scales, 1, 1, 1, 1)),
    );
    const high = i16x8.narrow_i32x4_s(
      scaled(sum2, i32x4.shuffle(scales, scales, 2, 2, 2, 2)),
      scaled(sum3, i32x4.shuffle(scales, scales, 3, 3, 3, 3)),
    );
    const bytes = i32x4.max_s(i32x4.min_s(rounded(alphas), i32x4.splat(255)), i32x4.splat(0));
    const kept = v128.or(i32x4.shl(bytes, 24), i32x4.splat(0x00ffffff));
    v128.store(pixels, v128.and(i8x16.narrow_i16x8_u(low, high), kept));
  }
}

/**
 * `sum` times `scale`, rounded. Below 2^22 in any case (sum < 2^31, alpha >= 2^19), so adding 1.5 x 2^23
 * leaves the whole number in the low bits: much cheaper than a saturating conversion.
 */
// @ts-ignore: decorator
@inline function scaled(sum: v128, scale: v128): v128 {
  const value = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sum), scale), f32x4.splat(12582912));
  return i32x4.sub(value, i32x4.splat(0x4b400000));
}
