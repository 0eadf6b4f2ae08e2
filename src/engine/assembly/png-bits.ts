// The input of inflate as bits, the first one lowest (RFC 1951 §3.1.1). It comes in pieces.

/** The next byte that is not among the bits, and the end of the piece. */
export let inputAt: usize = 0;
export let inputEnd: usize = 0;
/** No piece follows. */
export let isLastInput: bool = false;
/** `bitCount` bits, the next one lowest. */
export let bitBuffer: u64 = 0;
export let bitCount: i32 = 0;

/** Keeps the reader's place: the loop over symbols holds it in locals while it runs. */
export function saveBits(from: usize, buffer: u64, count: i32): void {
  inputAt = from;
  bitBuffer = buffer;
  bitCount = count;
}

/**
 * The next input lies from `from` to `to`; `isLast` says that no more follows. Eight bytes beyond `to` must be readable.
 * What pngInflateLeft() told must stand at its beginning.
 */
export function pngInflateInput(from: usize, to: usize, isLast: bool): void {
  inputAt = from;
  inputEnd = to;
  isLastInput = isLast;
}

/** Bytes of the input not used yet; bits taken from it already are given back. */
export function pngInflateLeft(): usize {
  inputAt -= bitCount >> 3;
  bitCount &= 7;
  bitBuffer &= (<u64>1 << bitCount) - 1;
  return inputAt < inputEnd ? inputEnd - inputAt : 0;
}

/** Bytes that are ready. */
export function available(): usize {
  const unread = inputAt - (bitCount >> 3);
  return unread < inputEnd ? inputEnd - unread : 0;
}

/** True where more bits were taken than the input holds. */
export function overrun(): bool {
  return inputAt - (bitCount >> 3) > inputEnd;
}

@inline
function refill(): void {
  bitBuffer |= load<u64>(inputAt) << bitCount;
  inputAt += (63 - bitCount) >> 3;
  bitCount |= 56;
}

/** `n` bits, at most 16, with room for them made first. */
export function take(n: i32): u32 {
  if (inputAt < inputEnd + 8) refill();
  const value = <u32>bitBuffer & ((1 << n) - 1);
  bitBuffer >>= n;
  bitCount -= n;
  return value;
}
