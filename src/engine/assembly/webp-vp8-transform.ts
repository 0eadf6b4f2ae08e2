// The inverse transforms of VP8 (RFC 6386 §14.3, §14.4).

/** √2·cos(π/8) − 1 and √2·sin(π/8), 16 fraction bits. */
const COS_LESS_ONE: i32 = 20091;
const SIN: i32 = 35468;

/** Walsh–Hadamard: sixteen i16 at `from` become the DC of the sixteen blocks at `to`. */
export function vp8InverseWht(from: usize, to: usize): void {
  const row0 = v128.load_ext<i16>(from);
  const row1 = v128.load_ext<i16>(from + 8);
  const row2 = v128.load_ext<i16>(from + 16);
  const row3 = v128.load_ext<i16>(from + 24);
  const a0 = i32x4.add(row0, row3);
  const a1 = i32x4.add(row1, row2);
  const a2 = i32x4.sub(row1, row2);
  const a3 = i32x4.sub(row0, row3);
  storeWhtRow(i32x4.add(a0, a1), to);
  storeWhtRow(i32x4.add(a3, a2), to + 128);
  storeWhtRow(i32x4.sub(a0, a1), to + 256);
  storeWhtRow(i32x4.sub(a3, a2), to + 384);
}

function storeWhtRow(row: v128, to: usize): void {
  const dc = i32x4.extract_lane(row, 0) + 3;
  const x1 = i32x4.extract_lane(row, 1);
  const x2 = i32x4.extract_lane(row, 2);
  const x3 = i32x4.extract_lane(row, 3);
  store<i16>(to, (dc + x3 + (x1 + x2)) >> 3);
  store<i16>(to, (dc - x3 + (x1 - x2)) >> 3, 32);
  store<i16>(to, (dc + x3 - (x1 + x2)) >> 3, 64);
  store<i16>(to, (dc - x3 - (x1 - x2)) >> 3, 96);
}

/** Adds the residue of the block of coefficients at `from` to 4 × 4 pixels, and empties the block. */
export function vp8AddResidue(from: usize, to: usize, stride: usize): void {
  const row2 = v128.load_ext<i16>(from + 16);
  const row3 = v128.load_ext<i16>(from + 24);
  transform(v128.load_ext<i16>(from), v128.load_ext<i16>(from + 8), row2, row3);
  transpose();
  transform(i32x4.add(out0, i32x4.splat(4)), out1, out2, out3);
  transpose();
  addRow(to, out0);
  addRow(to + stride, out1);
  addRow(to + 2 * stride, out2);
  addRow(to + 3 * stride, out3);
  v128.store(from, i32x4.splat(0));
  v128.store(from, i32x4.splat(0), 16);
}

/** The same for a block that holds only its DC. */
export function vp8AddDc(from: usize, to: usize, stride: usize): void {
  const residue = i32x4.splat((load<i16>(from) + 4) & ~7);
  addRow(to, residue);
  addRow(to + stride, residue);
  addRow(to + 2 * stride, residue);
  addRow(to + 3 * stride, residue);
  store<i16>(from, 0);
}

let out0: v128 = i32x4.splat(0);
let out1: v128 = i32x4.splat(0);
let out2: v128 = i32x4.splat(0);
let out3: v128 = i32x4.splat(0);

/** One pass over four lines, each lane a line of its own. */
// @ts-ignore: decorator
@inline
function transform(x0: v128, x1: v128, x2: v128, x3: v128): void {
  const a = i32x4.add(x0, x2);
  const b = i32x4.sub(x0, x2);
  const c = i32x4.sub(timesSin(x1), timesCos(x3));
  const d = i32x4.add(timesCos(x1), timesSin(x3));
  out0 = i32x4.add(a, d);
  out1 = i32x4.add(b, c);
  out2 = i32x4.sub(b, c);
  out3 = i32x4.sub(a, d);
}

// @ts-ignore: decorator
@inline
function timesCos(x: v128): v128 {
  return i32x4.add(x, i32x4.shr_s(i32x4.mul(x, i32x4.splat(COS_LESS_ONE)), 16));
}

// @ts-ignore: decorator
@inline
function timesSin(x: v128): v128 {
  return i32x4.shr_s(i32x4.mul(x, i32x4.splat(SIN)), 16);
}

// @ts-ignore: decorator
@inline
function transpose(): void {
  const low01 = v128.shuffle<i32>(out0, out1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(out0, out1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(out2, out3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(out2, out3, 2, 6, 3, 7);
  out0 = v128.shuffle<i64>(low01, low23, 0, 2);
  out1 = v128.shuffle<i64>(low01, low23, 1, 3);
  out2 = v128.shuffle<i64>(high01, high23, 0, 2);
  out3 = v128.shuffle<i64>(high01, high23, 1, 3);
}

/** Four pixels += residue / 8, clamped. */
// @ts-ignore: decorator
@inline
function addRow(to: usize, residue: v128): void {
  const pixels = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(to)));
  const sum = i32x4.add(pixels, i32x4.shr_s(residue, 3));
  const words = i16x8.narrow_i32x4_s(sum, sum);
  v128.store_lane<u32>(to, i8x16.narrow_i16x8_u(words, words), 0);
}
