// The loop filters of VP8 (RFC 6386 §15), sixteen positions of an edge at a time.
// A kernel works on rows of sixteen bytes that lie across the edge; upright edges are transposed into such rows and
// back, chroma puts eight positions of U and eight of V side by side.

/** Eight rows: p3 p2 p1 p0 | q0 q1 q2 q3. */
const rows = memory.data(128, 16);
const Q0: usize = rows + 64;

/** Edges of one macroblock with the normal filter. `strength`: edge limit, interior limit, variance threshold. */
export function vp8FilterNormal(
  y: usize, u: usize, v: usize, yStride: usize, uvStride: usize,
  strength: usize, inner: bool, hasLeft: bool, hasAbove: bool,
): void {
  const limit = <i32>load<u8>(strength);
  const interior = i8x16.splat(load<i8>(strength, 1));
  const variance = i8x16.splat(load<i8>(strength, 2));
  const edge = i8x16.splat(<i8>limit);
  const outer = i8x16.splat(<i8>(limit + 4));
  if (hasLeft) {
    upright(y, y + 8 * yStride, yStride, outer, interior, variance, true);
    upright(u, v, uvStride, outer, interior, variance, true);
  }
  if (inner) {
    for (let x = y + 4; x < y + 16; x += 4) upright(x, x + 8 * yStride, yStride, edge, interior, variance, false);
    upright(u + 4, v + 4, uvStride, edge, interior, variance, false);
  }
  if (hasAbove) {
    filterOuter(y, yStride, outer, interior, variance);
    levelChroma(u, v, uvStride, outer, interior, variance, true);
  }
  if (inner) {
    for (let row: usize = 4; row < 16; row += 4) filterInner(y + row * yStride, yStride, edge, interior, variance);
    levelChroma(u + 4 * uvStride, v + 4 * uvStride, uvStride, edge, interior, variance, false);
  }
}

/** Edges of one macroblock with the simple filter, which leaves chroma alone. */
export function vp8FilterSimple(
  y: usize, stride: usize,
  strength: usize, inner: bool, hasLeft: bool, hasAbove: bool,
): void {
  const limit = <i32>load<u8>(strength);
  const edge = i8x16.splat(<i8>limit);
  const outer = i8x16.splat(<i8>(limit + 4));
  if (hasLeft) uprightSimple(y, stride, outer);
  if (inner) for (let x: usize = 4; x < 16; x += 4) uprightSimple(y + x, stride, edge);
  if (hasAbove) filterSimple(y, stride, outer);
  if (inner) for (let row: usize = 4; row < 16; row += 4) filterSimple(y + row * stride, stride, edge);
}

function upright(a: usize, b: usize, stride: usize, edge: v128, interior: v128, variance: v128, outer: bool): void {
  transposeIn(a - 4, b - 4, stride);
  if (outer) filterOuter(Q0, 16, edge, interior, variance);
  else filterInner(Q0, 16, edge, interior, variance);
  transposeOut(a - 4, b - 4, stride);
}

function uprightSimple(y: usize, stride: usize, edge: v128): void {
  transposeIn(y - 4, y - 4 + 8 * stride, stride);
  filterSimple(Q0, 16, edge);
  transposeOut(y - 4, y - 4 + 8 * stride, stride);
}

function levelChroma(u: usize, v: usize, stride: usize, edge: v128, interior: v128, variance: v128, outer: bool): void {
  u -= 4 * stride;
  v -= 4 * stride;
  for (let row: usize = 0; row < 8; row++) {
    store<u64>(rows + 16 * row, load<u64>(u + row * stride));
    store<u64>(rows + 16 * row, load<u64>(v + row * stride), 8);
  }
  if (outer) filterOuter(Q0, 16, edge, interior, variance);
  else filterInner(Q0, 16, edge, interior, variance);
  for (let row: usize = 1; row < 7; row++) {
    store<u64>(u + row * stride, load<u64>(rows + 16 * row));
    store<u64>(v + row * stride, load<u64>(rows + 16 * row, 8));
  }
}

// @ts-ignore: decorator
@inline
function difference(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

/** 4·|p0 − q0| + |p1 − q1| ≤ 2·edge + 1, in bytes: 2·|p0 − q0| + |p1 − q1| / 2 ≤ edge. */
// @ts-ignore: decorator
@inline
function isSmooth(p1: v128, p0: v128, q0: v128, q1: v128, edge: v128): v128 {
  const near = difference(p0, q0);
  const far = i8x16.shr_u(difference(p1, q1), 1);
  return i8x16.le_u(i8x16.add_sat_u(i8x16.add_sat_u(near, near), far), edge);
}

/** Bytes 0–255 as −128–127, and back. */
// @ts-ignore: decorator
@inline
function toSigned(x: v128): v128 {
  return v128.xor(x, i8x16.splat(-128));
}

/** c(c(p1 − q1) + 3·(q0 − p0)), signed. */
// @ts-ignore: decorator
@inline
function baseStep(outerTaps: v128, p0: v128, q0: v128): v128 {
  const step = i8x16.sub_sat_s(q0, p0);
  return i8x16.add_sat_s(i8x16.add_sat_s(i8x16.add_sat_s(outerTaps, step), step), step);
}

// @ts-ignore: decorator
@inline
function isFlat(q0At: usize, stride: usize, interior: v128): v128 {
  const p2 = v128.load(q0At - 3 * stride);
  const p1 = v128.load(q0At - 2 * stride);
  const q1 = v128.load(q0At + stride);
  const q2 = v128.load(q0At + 2 * stride);
  let most = i8x16.max_u(difference(v128.load(q0At - 4 * stride), p2), difference(p2, p1));
  most = i8x16.max_u(most, difference(p1, v128.load(q0At - stride)));
  most = i8x16.max_u(most, difference(v128.load(q0At + 3 * stride), q2));
  most = i8x16.max_u(most, difference(q2, q1));
  most = i8x16.max_u(most, difference(q1, v128.load(q0At)));
  return i8x16.le_u(most, interior);
}

/** RFC 6386 §15.2. */
function filterSimple(at: usize, stride: usize, edge: v128): void {
  const p1 = v128.load(at - 2 * stride);
  const p0 = v128.load(at - stride);
  const q0 = v128.load(at);
  const q1 = v128.load(at + stride);
  const mask = isSmooth(p1, p0, q0, q1, edge);
  const sp0 = toSigned(p0);
  const sq0 = toSigned(q0);
  const step = v128.and(baseStep(i8x16.sub_sat_s(toSigned(p1), toSigned(q1)), sp0, sq0), mask);
  const down = i8x16.shr_s(i8x16.add_sat_s(step, i8x16.splat(4)), 3);
  const up = i8x16.shr_s(i8x16.add_sat_s(step, i8x16.splat(3)), 3);
  v128.store(at - stride, toSigned(i8x16.add_sat_s(sp0, up)));
  v128.store(at, toSigned(i8x16.sub_sat_s(sq0, down)));
}

/** Edges between subblocks (RFC 6386 §15.3). */
function filterInner(at: usize, stride: usize, edge: v128, interior: v128, variance: v128): void {
  const p1 = v128.load(at - 2 * stride);
  const p0 = v128.load(at - stride);
  const q0 = v128.load(at);
  const q1 = v128.load(at + stride);
  const mask = v128.and(isSmooth(p1, p0, q0, q1, edge), isFlat(at, stride, interior));
  if (!v128.any_true(mask)) return;
  const busy = i8x16.gt_u(i8x16.max_u(difference(p1, p0), difference(q1, q0)), variance);
  const sp1 = toSigned(p1);
  const sp0 = toSigned(p0);
  const sq0 = toSigned(q0);
  const sq1 = toSigned(q1);
  const step = v128.and(baseStep(v128.and(i8x16.sub_sat_s(sp1, sq1), busy), sp0, sq0), mask);
  const down = i8x16.shr_s(i8x16.add_sat_s(step, i8x16.splat(4)), 3);
  const up = i8x16.shr_s(i8x16.add_sat_s(step, i8x16.splat(3)), 3);
  const wide = v128.andnot(i8x16.shr_s(i8x16.add(down, i8x16.splat(1)), 1), busy);
  v128.store(at - 2 * stride, toSigned(i8x16.add_sat_s(sp1, wide)));
  v128.store(at - stride, toSigned(i8x16.add_sat_s(sp0, up)));
  v128.store(at, toSigned(i8x16.sub_sat_s(sq0, down)));
  v128.store(at + stride, toSigned(i8x16.sub_sat_s(sq1, wide)));
}

/** Edges between macroblocks (RFC 6386 §15.3). */
function filterOuter(at: usize, stride: usize, edge: v128, interior: v128, variance: v128): void {
  const p1 = v128.load(at - 2 * stride);
  const p0 = v128.load(at - stride);
  const q0 = v128.load(at);
  const q1 = v128.load(at + stride);
  const mask = v128.and(isSmooth(p1, p0, q0, q1, edge), isFlat(at, stride, interior));
  if (!v128.any_true(mask)) return;
  const busy = i8x16.gt_u(i8x16.max_u(difference(p1, p0), difference(q1, q0)), variance);
  const sp0 = toSigned(p0);
  const sq0 = toSigned(q0);
  const step = v128.and(baseStep(i8x16.sub_sat_s(toSigned(p1), toSigned(q1)), sp0, sq0), mask);
  const narrow = v128.and(step, busy);
  const wide = v128.andnot(step, busy);
  const up = i8x16.shr_s(i8x16.add_sat_s(narrow, i8x16.splat(3)), 3);
  const down = i8x16.shr_s(i8x16.add_sat_s(narrow, i8x16.splat(4)), 3);
  const a27 = weighted(wide, 27);
  const a18 = weighted(wide, 18);
  const a9 = weighted(wide, 9);
  v128.store(at - stride, toSigned(i8x16.add_sat_s(i8x16.add_sat_s(sp0, up), a27)));
  v128.store(at, toSigned(i8x16.sub_sat_s(i8x16.sub_sat_s(sq0, down), a27)));
  v128.store(at - 2 * stride, toSigned(i8x16.add_sat_s(toSigned(p1), a18)));
  v128.store(at + stride, toSigned(i8x16.sub_sat_s(toSigned(q1), a18)));
  v128.store(at - 3 * stride, toSigned(i8x16.add_sat_s(toSigned(v128.load(at - 3 * stride)), a9)));
  v128.store(at + 2 * stride, toSigned(i8x16.sub_sat_s(toSigned(v128.load(at + 2 * stride)), a9)));
}

/** (weight · x + 63) >> 7 */
// @ts-ignore: decorator
@inline
function weighted(x: v128, weight: i16): v128 {
  const low = i16x8.mul(i16x8.extend_low_i8x16_s(x), i16x8.splat(weight));
  const high = i16x8.mul(i16x8.extend_high_i8x16_s(x), i16x8.splat(weight));
  const half = i16x8.splat(63);
  return i8x16.narrow_i16x8_s(i16x8.shr_s(i16x8.add(low, half), 7), i16x8.shr_s(i16x8.add(high, half), 7));
}

/** Eight pixels of eight rows at `a` and of eight at `b` become eight rows of sixteen in `rows`. */
function transposeIn(a: usize, b: usize, stride: usize): void {
  for (let row: usize = 0; row < 8; row++) {
    store<u64>(rows + 16 * row, load<u64>(a + row * stride));
    store<u64>(rows + 16 * row, load<u64>(b + row * stride), 8);
  }
  transposeHalves();
}

function transposeOut(a: usize, b: usize, stride: usize): void {
  transposeHalves();
  for (let row: usize = 0; row < 8; row++) {
    store<u64>(a + row * stride, load<u64>(rows + 16 * row));
    store<u64>(b + row * stride, load<u64>(rows + 16 * row, 8));
  }
}

/** Transposes the left and the right 8 × 8 bytes of `rows`, by swapping ever smaller quarters. */
function transposeHalves(): void {
  for (let row: usize = 0; row < 4; row++) {
    const a = v128.load(rows + 16 * row);
    const b = v128.load(rows + 16 * row, 64);
    v128.store(rows + 16 * row, v128.shuffle<i8>(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27));
    v128.store(rows + 16 * row, v128.shuffle<i8>(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31), 64);
  }
  for (let row: usize = 0; row < 6; row += row == 1 ? 3 : 1) {
    const a = v128.load(rows + 16 * row);
    const b = v128.load(rows + 16 * row, 32);
    v128.store(rows + 16 * row, v128.shuffle<i8>(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29));
    v128.store(rows + 16 * row, v128.shuffle<i8>(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31), 32);
  }
  for (let row: usize = 0; row < 8; row += 2) {
    const a = v128.load(rows + 16 * row);
    const b = v128.load(rows + 16 * row, 16);
    v128.store(rows + 16 * row, v128.shuffle<i8>(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30));
    v128.store(rows + 16 * row, v128.shuffle<i8>(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31), 16);
  }
}
