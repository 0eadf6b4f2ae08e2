// The check value of a zlib stream.

const ADLER: u32 = 65521;
/** So many bytes keep all sums below 2³² (zlib's NMAX, a multiple of sixteen). */
const PART_BYTES: usize = 5552;

let low: u32 = 1;
let high: u32 = 0;

export function pngAdlerStart(): void {
  low = 1;
  high = 0;
}

export function pngAdlerSum(): u32 {
  return (high << 16) | low;
}

/** Adler-32 (RFC 1950 §8.2), sixteen bytes at a time; the sums are reduced before they can overflow. */
export function pngAdler(src: usize, length: usize): void {
  const end = src + length;
  for (let at = src; at < end; at += PART_BYTES) addPart(at, min(at + PART_BYTES, end));
}

function addPart(from: usize, to: usize): void {
  // Behind the first n bytes, the second sum has grown by n times the first, and by every byte times its distance to the end.
  let sum = i32x4.splat(0);
  let earlier = sum;
  let weighted = sum;
  let at = from;
  for (; at + 16 <= to; at += 16) {
    const bytes = v128.load(at);
    earlier = i32x4.add(earlier, sum);
    sum = i32x4.add(sum, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
    const first = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), i16x8(16, 15, 14, 13, 12, 11, 10, 9));
    const second = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), i16x8(8, 7, 6, 5, 4, 3, 2, 1));
    weighted = i32x4.add(weighted, i32x4.add(first, second));
  }
  high = (high + low * <u32>(at - from) + 16 * total(earlier) + total(weighted)) % ADLER;
  low = (low + total(sum)) % ADLER;
  for (; at < to; at++) {
    low += load<u8>(at);
    high += low;
  }
  low %= ADLER;
  high %= ADLER;
}

@inline
function total(sums: v128): u32 {
  return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}
