// Entropy-coded bytes as bits (ITU-T T.81 §F.2.2.5). Stuffed zeros are taken out first, into a window that is written
// downwards: an 8-byte little-endian load just below the read position then gives the next 64 bits, first bit on top.
import { alloc } from "./memory";

const WINDOW: usize = 1 << 16;
/** More than one MCU can take: 10 blocks × 64 coefficients × 32 bits = 2,560 bytes. */
const MARGIN: usize = 4096;
/** Bytes above `readAt` that stay readable: those whose bits are in the buffer, for a reader that takes a step back. */
const HISTORY: usize = 8;

let base: usize = 0;
/** Lowest address that holds clean bytes. */
let written: usize = 0;
let source: usize = 0;
let sourceEnd: usize = 0;
/** No more clean bytes before a marker: below `written` are zeros, which is what libjpeg reads there too. */
let ended: bool = false;

/** Valid bits are the top `bitCount` of `bitBuffer`; the next clean byte is at `readAt - 1`. */
export let bitBuffer: u64 = 0;
export let bitCount: i64 = 0;
export let readAt: usize = 0;

/** Keeps the reader's place: block decoders hold it in locals while they run. */
// @ts-ignore: decorator
@inline
export function saveBits(buffer: u64, count: i64, at: usize): void {
  bitBuffer = buffer;
  bitCount = count;
  readAt = at;
}

/** Starts reading at `from`, just after a scan header or a restart marker. */
export function openSegment(from: usize, end: usize): void {
  if (base == 0) base = alloc(WINDOW);
  source = from;
  sourceEnd = end;
  ended = false;
  written = base + WINDOW - HISTORY;
  saveBits(0, 0, written);
  fill();
}

/** Must come before every MCU: afterwards `MARGIN` bytes may be read without a test. */
// @ts-ignore: decorator
@inline
export function topUp(): void {
  if (!ended && readAt - written < MARGIN) fill();
}

/** True once more bits were read than the segment has. */
// @ts-ignore: decorator
@inline
export function isOverrun(): bool {
  return ended && <isize>(readAt - written) * 8 + <isize>bitCount < 0;
}

/** The next byte, for arithmetic decoding, which has no MCU of bounded length; 0 beyond the end. */
export function nextByte(): i32 {
  if (readAt == written && !ended) fill();
  if (readAt == written) return 0;
  readAt--;
  return load<u8>(readAt);
}

/** Address of the first marker at or after the bytes read so far (of its last 0xFF), or the end of the file. */
export function closeSegment(): usize {
  while (!ended) {
    readAt = written;
    fill();
  }
  return source;
}

function fill(): void {
  const unread = readAt - written;
  const top = base + WINDOW - HISTORY;
  memory.copy(top - unread, written, unread + HISTORY);
  readAt = top;
  written = top - unread;
  while (!ended && written >= base + MARGIN + 32) unstuff();
  if (ended) memory.fill(written - MARGIN, 0, MARGIN);
}

/** One step: up to 16 bytes without 0xFF, or one 0xFF with what follows it. */
function unstuff(): void {
  let clean: usize = 0;
  if (source + 16 <= sourceEnd) {
    const bytes = v128.load(source);
    v128.store(written - 16, i8x16.swizzle(bytes, i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)));
    clean = ctz(i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(-1))) | 0x10000);
  } else if (source < sourceEnd && load<u8>(source) != 0xff) {
    store<u8>(written - 1, load<u8>(source));
    clean = 1;
  }
  source += clean;
  written -= clean;
  if (source >= sourceEnd) ended = true;
  else if (load<u8>(source) == 0xff) unstuffOne();
}

/** 0xFF, any number of fill bytes 0xFF, then 0 for a data byte 0xFF, or a marker. */
function unstuffOne(): void {
  let after = source + 1;
  while (after < sourceEnd && load<u8>(after) == 0xff) after++;
  if (after >= sourceEnd || load<u8>(after) != 0) {
    ended = true;
    source = min(after - 1, sourceEnd);
    return;
  }
  source = after + 1;
  store<u8>(--written, 0xff);
}
