// Entropy-coded bytes as bits (ITU-T T.81 §F.2.2.5). Stuffed zeros are taken out first, into a window that is written
// downwards: an 8-byte little-endian load just below the read position then gives the next 64 bits, first bit on top.
import { byteAt, inputAt, inputEnd, inputPosition, isLastInput, moveInput, refill, seek } from "./jpeg-input";
import { alloc } from "./memory";

/** More than one MCU can take: 10 blocks × 64 coefficients × 32 bits = 2,560 bytes. */
const MARGIN: usize = 4096;
/** Bytes above `readAt` that stay readable: those whose bits are in the buffer, for a reader that takes a step back. */
const HISTORY: usize = 8;

/** A reader that is set aside while others read. */
@unmanaged
export class Reader {
  base: usize;
  size: usize;
  written: usize;
  position: usize;
  ended: bool;
  bits: u64;
  count: i64;
  at: usize;
}

let base: usize = 0;
let size: usize = 0;
/** Lowest address that holds clean bytes. */
let written: usize = 0;
/** The first byte of the file that is not in the window. */
let position: usize = 0;
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

/** A reader with a window of `bytes`, which are several times `MARGIN`. It reads nothing yet. */
export function createReader(bytes: usize): Reader {
  const reader = changetype<Reader>(alloc(offsetof<Reader>()));
  reader.base = alloc(bytes);
  reader.size = bytes;
  return reader;
}

export function resumeReader(reader: Reader): void {
  base = reader.base;
  size = reader.size;
  written = reader.written;
  position = reader.position;
  ended = reader.ended;
  saveBits(reader.bits, reader.count, reader.at);
}

export function suspendReader(reader: Reader): void {
  reader.written = written;
  reader.position = position;
  reader.ended = ended;
  reader.bits = bitBuffer;
  reader.count = bitCount;
  reader.at = readAt;
}

/** Starts reading at `from` of the file, just after a scan header or a restart marker. */
export function openSegment(from: usize): void {
  position = from;
  ended = false;
  written = base + size - HISTORY;
  saveBits(0, 0, written);
  fill();
}

/** Must come before every MCU: afterwards `MARGIN` bytes may be read without a test. */
// @ts-ignore: decorator
@inline
export function topUp(): void {
  if (!ended && readAt - written < MARGIN) fill();
}

/** Clean bytes that are ready, those in the bit buffer not counted. */
// @ts-ignore: decorator
@inline
export function readyBytes(): i32 {
  return <i32>(readAt - written);
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

/** Position of the first marker at or after the bytes read so far (of its last 0xFF), or the end of the file. */
export function closeSegment(): usize {
  while (!ended) {
    readAt = written;
    fill();
  }
  return position;
}

function fill(): void {
  const unread = readAt - written;
  const top = base + size - HISTORY;
  memory.copy(top - unread, written, unread + HISTORY);
  readAt = top;
  written = top - unread;
  seek(position);
  while (!ended && written >= base + MARGIN + 32) unstuff();
  position = inputPosition();
  if (ended) memory.fill(written - MARGIN, 0, MARGIN);
}

/** As much as both buffers allow, then what is not a stuffed 0xFF or is near the end of the input. */
function unstuff(): void {
  const lowest = base + MARGIN + 32;
  const last = inputEnd - 17;
  let from = inputAt;
  let to = written;
  while (from <= last && to >= lowest) {
    const bytes = v128.load(from);
    v128.store(to - 16, i8x16.swizzle(bytes, i8x16(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)));
    const full = i8x16.eq(bytes, i8x16.splat(-1));
    // Where to go on must not depend on what was read, as long as that can be foretold.
    if (!v128.any_true(full)) {
      from += 16;
      to -= 16;
      continue;
    }
    const clean = <usize>ctz(i8x16.bitmask(full));
    from += clean;
    to -= clean;
    if (load<u8>(from, 1) != 0) break;
    store<u8>(--to, 0xff);
    from += 2;
  }
  moveInput(from);
  written = to;
  if (to < lowest) return;
  if (inputEnd - from < 17 && !isLastInput()) refill(inputPosition());
  else unstuffOne();
}

/** One byte, where that is 0xFF: any number of fill bytes 0xFF, then 0 for a data byte 0xFF, or a marker. */
function unstuffOne(): void {
  let place = inputPosition();
  const byte = byteAt(place);
  let code = 0;
  if (byte == 0xff) {
    while ((code = byteAt(place + 1)) == 0xff) place++;
    if (code == 0) place++;
  }
  ended = byte < 0 || code != 0;
  if (!ended) store<u8>(--written, <u8>byte);
  seek(ended ? place : place + 1);
}
