// Bits of a VP8L stream, the lowest first (RFC 9649 §3.3). Zeros follow its end.

let window: u64 = 0;
/** Bits in the window. */
let count: i32 = 0;
let at: usize = 0;
let end: usize = 0;

export function vp8lStart(from: usize, to: usize): void {
  window = 0;
  count = 0;
  at = from;
  end = to;
}

/** True once more bits were taken than there were. */
export function vp8lExhausted(): bool {
  return at > end && ((<i64>at) << 3) - count > (<i64>end) << 3;
}

/** Makes at least 56 bits available. */
// @ts-ignore: decorator
@inline
export function vp8lRefill(): void {
  if (at + 8 > end) return refillSlowly();
  window |= load<u64>(at) << count;
  at += (63 - count) >> 3;
  count |= 56;
}

function refillSlowly(): void {
  for (; count <= 56; count += 8, at++) {
    if (at < end) window |= (<u64>load<u8>(at)) << count;
  }
}

/** The next 32 bits, of which as many mean something as were refilled and not yet skipped. */
// @ts-ignore: decorator
@inline
export function vp8lPeek(): u32 {
  return <u32>window;
}

// @ts-ignore: decorator
@inline
export function vp8lSkip(bits: u32): void {
  window >>= bits;
  count -= <i32>bits;
}

/** A number of up to 24 bits. */
export function vp8lNumber(bits: u32): u32 {
  vp8lRefill();
  const value = vp8lPeek() & ((1 << bits) - 1);
  vp8lSkip(bits);
  return value;
}
