// PNG filters undone (PNG 3rd edition §9). `a` is the pixel to the left, `b` the one above, `c` above and left.
// One pixel of 1 to 8 bytes is the low half of a vector, so every layout shares the kernels: they read and write eight
// bytes at each pixel, and the surplus is overwritten by the next one. Eight bytes beyond each row must be usable.

/**
 * Undoes one row of `bytes` bytes. `prior` is the row above, zeros for the first; `step` is the bytes of a whole pixel,
 * at least 1.
 * @returns false for a filter that does not exist
 */
export function pngUnfilterRow(filter: u32, src: usize, dst: usize, prior: usize, bytes: usize, step: usize): bool {
  if (filter == 0) memory.copy(dst, src, bytes);
  else if (filter == 1) sub(src, dst, bytes, step);
  else if (filter == 2) up(src, dst, prior, bytes);
  else if (filter == 3) average(src, dst, prior, bytes, step);
  else if (filter == 4) paeth(src, dst, prior, bytes, step);
  else return false;
  return true;
}

function sub(src: usize, dst: usize, bytes: usize, step: usize): void {
  let a = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += step) {
    a = i8x16.add(a, v128.load64_zero(src + at));
    v128.store64_lane(dst + at, a, 0);
  }
}

function up(src: usize, dst: usize, prior: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(dst + at, i8x16.add(v128.load(src + at), v128.load(prior + at)));
  for (; at < bytes; at++) store<u8>(dst + at, load<u8>(src + at) + load<u8>(prior + at));
}

/** floor((a + b) / 2): the vector average rounds up, so the lost bit is taken off again. */
function average(src: usize, dst: usize, prior: usize, bytes: usize, step: usize): void {
  const one = i8x16.splat(1);
  let a = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += step) {
    const b = v128.load64_zero(prior + at);
    const odd = v128.and(v128.xor(a, b), one);
    a = i8x16.add(v128.load64_zero(src + at), i8x16.sub(i8x16.avgr_u(a, b), odd));
    v128.store64_lane(dst + at, a, 0);
  }
}

function paeth(src: usize, dst: usize, prior: usize, bytes: usize, step: usize): void {
  let a = i64x2.splat(0);
  let c = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += step) {
    const b = v128.load_ext<u8>(prior + at);
    a = paethStep(a, b, c, v128.load_ext<u8>(src + at));
    v128.store64_lane(dst + at, i8x16.narrow_i16x8_u(a, a), 0);
    c = b;
  }
}

/**
 * Two rows that both use Paeth, the lower one a pixel behind: its `b` is the upper row's last result, so the two chains
 * of dependent steps run in one vector, the upper row in its low half. For pixels of at most four bytes.
 */
export function pngUnfilterPair(
  src: usize,
  dst: usize,
  lowerSrc: usize,
  lowerDst: usize,
  prior: usize,
  bytes: usize,
  step: usize,
): void {
  // The upper row's first pixel has only `b`.
  let c = i16x8.extend_low_i8x16_u(v128.load32_zero(prior));
  let a = v128.and(i16x8.add(i16x8.extend_low_i8x16_u(v128.load32_zero(src)), c), i16x8.splat(255));
  v128.store32_lane(dst, i8x16.narrow_i16x8_u(a, a), 0);
  lowerSrc -= step;
  lowerDst -= step;
  let at = step;
  for (; at < bytes; at += step) {
    const above = i16x8.extend_low_i8x16_u(v128.load32_zero(prior + at));
    const b = v128.shuffle<i64>(above, a, 0, 2);
    const x = v128.load32_lane(lowerSrc + at, v128.load32_zero(src + at), 1);
    a = paethStep(a, b, c, i16x8.extend_low_i8x16_u(x));
    const samples = i8x16.narrow_i16x8_u(a, a);
    v128.store32_lane(dst + at, samples, 0);
    v128.store32_lane(lowerDst + at, samples, 1);
    c = b;
  }
  // The lower row's last pixel.
  a = paethStep(a, v128.shuffle<i64>(a, a, 0, 0), c, lowerSamples(lowerSrc + at));
  v128.store32_lane(lowerDst + at, i8x16.narrow_i16x8_u(a, a), 1);
}

/** Four samples in the high half. */
@inline
function lowerSamples(at: usize): v128 {
  return i16x8.extend_low_i8x16_u(v128.load32_lane(at, i64x2.splat(0), 1));
}

/** §9.4 on eight samples of 16 bits: the neighbour nearest to a + b - c, a before b before c. */
@inline
function paethStep(a: v128, b: v128, c: v128, x: v128): v128 {
  const fromC = i16x8.sub(b, c);
  const pb = i16x8.sub(a, c);
  const pa = i16x8.abs(fromC);
  const pc = i16x8.abs(i16x8.add(fromC, pb));
  const pbAbs = i16x8.abs(pb);
  const nearest = i16x8.min_s(pa, i16x8.min_s(pbAbs, pc));
  const bOrC = v128.bitselect(b, c, i16x8.eq(nearest, pbAbs));
  const predicted = v128.bitselect(a, bOrC, i16x8.eq(nearest, pa));
  return v128.and(i16x8.add(x, predicted), i16x8.splat(255));
}
