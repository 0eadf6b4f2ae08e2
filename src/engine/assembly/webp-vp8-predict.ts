// Intra prediction of VP8 (RFC 6386 §12). Neighbours are read from the plane itself, where borders are laid out.

import { VP8_DC, VP8_HE, VP8_TM, VP8_VE } from "./webp-vp8-modes";

/**
 * Which entry of the edge each pixel of a subblock takes, for the modes from B_VE_PRED on: sixteen indices into the
 * three-tap averages, then sixteen into the two-tap ones; 255 takes none. The edge runs L L L K J I P A B … H H,
 * from the lowest pixel on the left, by the corner, to the last above on the right.
 */
const EDGE_TAPS = memory.data<u8>([
  7, 8, 9, 10, 7, 8, 9, 10, 7, 8, 9, 10, 7, 8, 9, 10,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  8, 9, 10, 11, 9, 10, 11, 12, 10, 11, 12, 13, 11, 12, 13, 14,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  6, 7, 8, 9, 5, 6, 7, 8, 4, 5, 6, 7, 3, 4, 5, 6,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255, 255, 255, 255, 6, 7, 8, 9, 5, 255, 255, 255, 4, 6, 7, 8,
  6, 7, 8, 9, 255, 255, 255, 255, 255, 6, 7, 8, 255, 255, 255, 255,
  255, 255, 255, 255, 8, 9, 10, 11, 255, 255, 255, 12, 9, 10, 11, 13,
  7, 8, 9, 10, 255, 255, 255, 255, 8, 9, 10, 255, 255, 255, 255, 255,
  255, 6, 7, 8, 255, 5, 255, 6, 255, 4, 255, 5, 255, 3, 255, 4,
  5, 255, 255, 255, 4, 255, 5, 255, 3, 255, 4, 255, 2, 255, 3, 255,
  255, 4, 255, 3, 255, 3, 255, 2, 255, 2, 1, 1, 1, 1, 1, 1,
  4, 255, 3, 255, 3, 255, 2, 255, 2, 255, 255, 255, 255, 255, 255, 255,
]);

/** A block of `size` × `size` (8 or 16) at `to` predicted whole. DC is the only mode that minds the picture's edges. */
export function vp8PredictWhole(mode: u32, to: usize, stride: usize, size: i32, hasAbove: bool, hasLeft: bool): void {
  if (mode == VP8_DC) return fill(to, stride, size, i8x16.splat(mean(to, stride, size, hasAbove, hasLeft)));
  if (mode == VP8_VE) return fill(to, stride, size, v128.load(to - stride));
  if (mode == VP8_HE) {
    for (let row = 0; row < size; row++, to += stride) fill(to, stride, size, i8x16.splat(load<i8>(to - 1)), 1);
    return;
  }
  const corner = <i32>load<u8>(to - stride - 1);
  const low = v128.load_ext<u8>(to - stride);
  const high = v128.load_ext<u8>(to - stride + 8);
  for (let row = 0; row < size; row++, to += stride) {
    const slope = i16x8.splat(<i16>(<i32>load<u8>(to - 1) - corner));
    const pixels = i8x16.narrow_i16x8_u(i16x8.add(low, slope), i16x8.add(high, slope));
    fill(to, stride, size, pixels, 1);
  }
}

// @ts-ignore: decorator
@inline
function fill(to: usize, stride: usize, size: i32, pixels: v128, rows: i32 = size): void {
  for (let row = 0; row < rows; row++, to += stride) {
    if (size == 16) v128.store(to, pixels);
    else v128.store_lane<u64>(to, pixels, 0);
  }
}

function mean(to: usize, stride: usize, size: i32, hasAbove: bool, hasLeft: bool): i8 {
  let sum: i32 = 0;
  if (hasAbove) for (let column = 0; column < size; column++) sum += <i32>load<u8>(to - stride + <usize>column);
  if (hasLeft) for (let row = 0; row < size; row++) sum += <i32>load<u8>(to + <usize>row * stride - 1);
  if (hasAbove && hasLeft) return <i8>((sum + size) / (2 * size));
  if (hasAbove || hasLeft) return <i8>((sum + (size >> 1)) / size);
  return -128;
}

/** A subblock of 4 × 4 at `to`; `right`: the four pixels that follow those above it. */
export function vp8PredictSubblock(mode: u32, to: usize, stride: usize, right: usize): void {
  if (mode == VP8_DC) return predictDc(to, stride);
  if (mode == VP8_TM) return predictTm(to, stride);
  const edge = readEdge(to, stride, right);
  const before = v128.shuffle<i8>(edge, edge, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  const after = v128.shuffle<i8>(edge, edge, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15);
  const odd = v128.and(v128.xor(before, after), i8x16.splat(1));
  const three = i8x16.avgr_u(edge, i8x16.sub(i8x16.avgr_u(before, after), odd)); // (a + 2b + c + 2) >> 2
  const two = i8x16.avgr_u(edge, after);
  const taps = EDGE_TAPS + 32 * <usize>(mode - VP8_VE);
  const pixels = v128.or(i8x16.swizzle(three, v128.load(taps)), i8x16.swizzle(two, v128.load(taps, 16)));
  v128.store_lane<u32>(to, pixels, 0);
  v128.store_lane<u32>(to + stride, pixels, 1);
  v128.store_lane<u32>(to + 2 * stride, pixels, 2);
  v128.store_lane<u32>(to + 3 * stride, pixels, 3);
}

function readEdge(to: usize, stride: usize, right: usize): v128 {
  const above = <u64>load<u32>(to - stride);
  const lowest = <u64>load<u8>(to + 3 * stride - 1);
  let low = lowest * 0x010101 | (<u64>load<u8>(to + 2 * stride - 1) << 24);
  low |= (<u64>load<u8>(to + stride - 1) << 32) | (<u64>load<u8>(to - 1) << 40);
  low |= (<u64>load<u8>(to - stride - 1) << 48) | (above << 56);
  const rest = <u64>load<u32>(right);
  const high = (above >> 8) | (rest << 24) | ((rest >> 24) << 56);
  return i64x2.replace_lane(i64x2.splat(low), 1, high);
}

function predictDc(to: usize, stride: usize): void {
  let sum: u32 = 4;
  for (let index: usize = 0; index < 4; index++) {
    sum += <u32>load<u8>(to - stride + index) + load<u8>(to + index * stride - 1);
  }
  const pixels = (sum >> 3) * 0x01010101;
  for (let row: usize = 0; row < 4; row++) store<u32>(to + row * stride, pixels);
}

function predictTm(to: usize, stride: usize): void {
  const corner = <i32>load<u8>(to - stride - 1);
  const above = i16x8.extend_low_i8x16_u(v128.load32_zero(to - stride));
  for (let row: usize = 0; row < 4; row++, to += stride) {
    const sum = i16x8.add(above, i16x8.splat(<i16>(<i32>load<u8>(to - 1) - corner)));
    v128.store_lane<u32>(to, i8x16.narrow_i16x8_u(sum, sum), 0);
  }
}
