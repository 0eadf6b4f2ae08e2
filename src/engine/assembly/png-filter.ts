// PNG filters applied (PNG 3rd edition §9), sixteen bytes at a time: to the writer all neighbours are known at once.
// Rows have 16 zero bytes before them, and room for 16 behind them.

const NONE: u8 = 0;
const SUB: u8 = 1;
const UP: u8 = 2;
const AVERAGE: u8 = 3;
const PAETH: u8 = 4;

/** Writes the filter type with the least sum of absolute differences (§12.7), and the row under it. */
export function pngFilterRow(row: usize, prior: usize, bytes: usize, step: usize, dst: usize): void {
  const filter = bestFilter(row, prior, bytes, step);
  store<u8>(dst, filter);
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(row + at);
    const a = v128.load(row + at - step);
    const b = v128.load(prior + at);
    const c = v128.load(prior + at - step);
    v128.store(dst + 1 + at, i8x16.sub(x, predict(filter, a, b, c)));
  }
}

@inline
function predict(filter: u8, a: v128, b: v128, c: v128): v128 {
  if (filter == SUB) return a;
  if (filter == UP) return b;
  if (filter == AVERAGE) return average(a, b);
  return filter == PAETH ? paeth(a, b, c) : i64x2.splat(0);
}

function bestFilter(row: usize, prior: usize, bytes: usize, step: usize): u8 {
  let none = i64x2.splat(0);
  let sub = none;
  let up = none;
  let mean = none;
  let nearest = none;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(row + at);
    const a = v128.load(row + at - step);
    const b = v128.load(prior + at);
    const c = v128.load(prior + at - step);
    none = add(none, x);
    sub = add(sub, i8x16.sub(x, a));
    up = add(up, i8x16.sub(x, b));
    mean = add(mean, i8x16.sub(x, average(a, b)));
    nearest = add(nearest, i8x16.sub(x, paeth(a, b, c)));
  }
  let best = PAETH;
  let least = total(nearest);
  if (total(sub) < least) { best = SUB; least = total(sub); }
  if (total(up) < least) { best = UP; least = total(up); }
  if (total(mean) < least) { best = AVERAGE; least = total(mean); }
  return total(none) < least ? NONE : best;
}

/** Adds the distances from zero of sixteen differences to four sums. */
@inline
function add(sums: v128, differences: v128): v128 {
  const pairs = i16x8.extadd_pairwise_i8x16_u(i8x16.abs(differences));
  return i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(pairs));
}

@inline
function total(sums: v128): u32 {
  return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

/** floor((a + b) / 2): the vector average rounds up. */
@inline
function average(a: v128, b: v128): v128 {
  return i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), i8x16.splat(1)));
}

/** In eight bits: |a + b - 2c| is pa + pb where both differences have one sign, else |pa - pb|. */
@inline
function paeth(a: v128, b: v128, c: v128): v128 {
  const pa = distance(b, c);
  const pb = distance(a, c);
  const sameSign = i8x16.eq(i8x16.ge_u(b, c), i8x16.ge_u(a, c));
  const pc = v128.bitselect(i8x16.add_sat_u(pa, pb), distance(pa, pb), sameSign);
  const nearest = i8x16.min_u(pa, i8x16.min_u(pb, pc));
  const bOrC = v128.bitselect(b, c, i8x16.eq(nearest, pb));
  return v128.bitselect(a, bOrC, i8x16.eq(nearest, pa));
}

@inline
function distance(a: v128, b: v128): v128 {
  return i8x16.sub(i8x16.max_u(a, b), i8x16.min_u(a, b));
}
