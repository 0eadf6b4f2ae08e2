// Arithmetic on the four bytes of a VP8L pixel, and the predictors made of it (RFC 9649 §4.1).

/** RFC 9649 §4.1. The pixel above and to the right of a row's last is the row's own first, as it lies in memory. */
// @ts-ignore: decorator
@inline
export function vp8lPredict(mode: u32, left: u32, above: usize): u32 {
  const top = load<u32>(above);
  const topLeft = load<u32>(above - 4);
  const topRight = load<u32>(above, 4);
  switch (mode) {
    case 1: return left;
    case 2: return top;
    case 3: return topRight;
    case 4: return topLeft;
    case 5: return average(average(left, topRight), top);
    case 6: return average(left, topLeft);
    case 7: return average(left, top);
    case 8: return average(topLeft, top);
    case 9: return average(top, topRight);
    case 10: return average(average(left, topLeft), average(top, topRight));
    case 11: return select(left, top, topLeft);
    case 12: return clampedFull(left, top, topLeft);
    case 13: return clampedHalf(average(left, top), topLeft);
    default: return 0xff000000;
  }
}

/** Each byte's sum, modulo 256. */
// @ts-ignore: decorator
@inline
export function vp8lAddPixels(a: u32, b: u32): u32 {
  return (((a & 0xff00ff00) + (b & 0xff00ff00)) & 0xff00ff00) | (((a & 0xff00ff) + (b & 0xff00ff)) & 0xff00ff);
}

/** Each byte's mean, rounded down. */
// @ts-ignore: decorator
@inline
function average(a: u32, b: u32): u32 {
  return (((a ^ b) & 0xfefefefe) >> 1) + (a & b);
}

/** Whichever of left and top is nearer to left + top − topLeft. */
// @ts-ignore: decorator
@inline
function select(left: u32, top: u32, topLeft: u32): u32 {
  return distance(top, topLeft) < distance(left, topLeft) ? left : top;
}

// @ts-ignore: decorator
@inline
function distance(a: u32, b: u32): i32 {
  const va = i32x4.splat(a);
  const vb = i32x4.splat(b);
  const pairs = i16x8.extadd_pairwise_i8x16_u(v128.or(i8x16.sub_sat_u(va, vb), i8x16.sub_sat_u(vb, va)));
  return i32x4.extract_lane(i32x4.extadd_pairwise_i16x8_u(pairs), 0);
}

// @ts-ignore: decorator
@inline
function widen(pixel: u32): v128 {
  return i16x8.extend_low_i8x16_u(i32x4.splat(pixel));
}

// @ts-ignore: decorator
@inline
function narrow(words: v128): u32 {
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0);
}

/** clamp(a + b − c) */
// @ts-ignore: decorator
@inline
function clampedFull(a: u32, b: u32, c: u32): u32 {
  return narrow(i16x8.sub(i16x8.add(widen(a), widen(b)), widen(c)));
}

/** clamp(a + (a − b) / 2), halves rounded towards zero. */
// @ts-ignore: decorator
@inline
function clampedHalf(a: u32, b: u32): u32 {
  const wide = widen(a);
  const difference = i16x8.sub(wide, widen(b));
  const half = i16x8.shr_s(i16x8.add(difference, i16x8.shr_u(difference, 15)), 1);
  return narrow(i16x8.add(wide, half));
}
