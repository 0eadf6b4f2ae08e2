// The boolean decoder of VP8 (RFC 6386 §7). One partition is read at a time, from globals; the others wait in slots.

/** Bytes of a slot in which a partition waits. */
export const VP8_SLOT_BYTES: usize = 32;

/** Bits not yet decided; the value to compare with is `window >> spare`. */
export let vp8Window: u64 = 0;
/** Bits in the window beyond the eight that decide the next symbol; negative: read on. */
export let vp8Spare: i32 = 0;
/** 128–255 between two symbols. */
export let vp8Range: u32 = 0;
let at: usize = 0;
let end: usize = 0;
/** True once a byte past the end was asked for: what was read since then means nothing. */
let exhausted: bool = false;

export function vp8Exhausted(): bool {
  return exhausted;
}

/** Starts reading the partition [from, to). */
export function vp8StartPartition(from: usize, to: usize): void {
  vp8Window = 0;
  vp8Spare = -8;
  vp8Range = 255;
  at = from;
  end = to;
  exhausted = false;
}

export function vp8SavePartition(slot: usize): void {
  store<u64>(slot, vp8Window);
  store<u32>(slot, <u32>vp8Spare, 8);
  store<u32>(slot, vp8Range, 12);
  store<u32>(slot, <u32>at, 16);
  store<u32>(slot, <u32>end, 20);
  store<u32>(slot, <u32>exhausted, 24);
}

export function vp8LoadPartition(slot: usize): void {
  vp8Window = load<u64>(slot);
  vp8Spare = load<i32>(slot, 8);
  vp8Range = load<u32>(slot, 12);
  at = load<u32>(slot, 16);
  end = load<u32>(slot, 20);
  exhausted = load<u32>(slot, 24) != 0;
}

/** Puts more bits behind those of `window`: seven bytes while there are eight, then single ones, then zeros. */
export function vp8Refill(window: u64, spare: i32): void {
  if (at + 8 <= end) {
    vp8Window = (window << 56) | (bswap<u64>(load<u64>(at)) >> 8);
    vp8Spare = spare + 56;
    at += 7;
    return;
  }
  vp8Window = window << 8;
  vp8Spare = spare + 8;
  if (at < end) vp8Window |= <u64>load<u8>(at++);
  else exhausted = true;
}

/** One symbol that is 0 with `probability` / 256. */
// @ts-ignore: decorator
@inline
export function vp8Bit(probability: u32): u32 {
  if (vp8Spare < 0) vp8Refill(vp8Window, vp8Spare);
  const split = 1 + (((vp8Range - 1) * probability) >> 8);
  const limit = (<u64>split) << vp8Spare;
  const bit = <u32>(vp8Window >= limit);
  vp8Window -= bit ? limit : 0;
  const left = bit ? vp8Range - split : split;
  const shift = clz(left) - 24;
  vp8Range = left << shift;
  vp8Spare -= <i32>shift;
  return bit;
}

/** `vp8Bit` for places where speed does not matter. */
export function vp8Flag(probability: u32 = 128): bool {
  return vp8Bit(probability) != 0;
}

/** An unsigned number of `bits` bits, the highest first. */
export function vp8Number(bits: i32): i32 {
  let value = 0;
  for (let left = bits; left > 0; left--) value = (value << 1) | <i32>vp8Flag();
  return value;
}

/** A flag, then, if it is set, magnitude and sign; else 0. */
export function vp8OptionalSigned(bits: i32): i32 {
  if (!vp8Flag()) return 0;
  const magnitude = vp8Number(bits);
  return vp8Flag() ? -magnitude : magnitude;
}

/** Ends a stretch in which the state was kept in locals. */
// @ts-ignore: decorator
@inline
export function vp8KeepState(window: u64, spare: i32, range: u32): void {
  vp8Window = window;
  vp8Spare = spare;
  vp8Range = range;
}
