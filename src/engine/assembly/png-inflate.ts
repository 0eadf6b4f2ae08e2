// Inflate (RFC 1951) that stops and resumes: input is fed in pieces, output is asked for up to an address. What was
// written before damage stays usable, which the platform's streams do not promise.
import { alloc } from "./memory";
import {
  PNG_CODE,
  PNG_END,
  PNG_EXCEPTION,
  PNG_LITERAL,
  PNG_PAIR,
  PNG_SUB,
  pngBuildDistances,
  pngBuildLengths,
  pngBuildTable,
} from "./png-huffman";
import { pngCopyMatch, pngMatchStart } from "./png-match";

// Answers of pngInflate().
const REACHED: i32 = 0;
const HUNGRY: i32 = 1;
const FINISHED: i32 = 2;
const BROKEN: i32 = 3;

// What comes next in the stream.
const ZLIB: i32 = 0;
const BLOCK: i32 = 1;
const SYMBOLS: i32 = 2;
const STORED: i32 = 3;
const NOTHING: i32 = 4;
const DAMAGE: i32 = 5;

const LITERAL_BITS: i32 = 11;
const DISTANCE_BITS: i32 = 8;
// Largest tables that 288 and 32 codes of 15 bits can need with those root sizes (zlib's enough.c).
const LITERAL_ENTRIES: i32 = 2342;
const DISTANCE_ENTRIES: i32 = 402;
/** More than any block header takes: 3 + 14 + 19 × 3 + 320 × 14 bits. */
const HEADER_BYTES: usize = 640;
/** One round of the fast loop reads two words, each at most 8 bytes past `at`. */
const ROUND_BYTES: usize = 24;

let literals: usize = 0;
let distances: usize = 0;
let lengths: usize = 0;
/** Of the indices of the two tables. */
let literalMask: u32 = 0;
let distanceMask: u32 = 0;

let at: usize = 0;
let end: usize = 0;
let last: bool = false;
let bits: u64 = 0;
let count: i32 = 0;
let out: usize = 0;
/** Nothing before this address belongs to the output: a match must not reach below it. */
let floor: usize = 0;
let state: i32 = ZLIB;
let lastBlock: bool = false;
let stored: usize = 0;

/** Starts a zlib stream whose output begins at `start`. */
export function pngInflateStart(start: usize): void {
  literals = alloc(LITERAL_ENTRIES * 4);
  distances = alloc(DISTANCE_ENTRIES * 4);
  lengths = alloc(320);
  pngMatchStart();
  out = start;
  floor = start;
}

/**
 * The next input lies from `from` to `to`; `isLast` says that no more follows. Eight bytes beyond `to` must be readable.
 * What pngInflateLeft() told must stand at its beginning.
 */
export function pngInflateInput(from: usize, to: usize, isLast: bool): void {
  at = from;
  end = to;
  last = isLast;
}

/** Bytes of the input not used yet; bits taken from it already are given back. */
export function pngInflateLeft(): usize {
  at -= count >> 3;
  count &= 7;
  bits &= (<u64>1 << count) - 1;
  return at < end ? end - at : 0;
}

/** The end of what is written. */
export function pngInflateOut(): usize {
  return out;
}

/** The output was moved down by `distance` bytes; `start` is its first byte that still exists. */
export function pngInflateMoved(distance: usize, start: usize): void {
  out -= distance;
  floor = start;
}

/** Writes until `target` is reached, at most 258 bytes past it. 0 reached, 1 more input needed, 2 finished, 3 broken. */
export function pngInflate(target: usize): i32 {
  while (out < target) {
    if (state == NOTHING) return FINISHED;
    if (state == DAMAGE) return BROKEN;
    if (!last && available() < (state == SYMBOLS || state == STORED ? ROUND_BYTES : HEADER_BYTES)) return HUNGRY;
    if (state == ZLIB) readZlibHeader();
    else if (state == BLOCK) readBlockHeader();
    else if (state == STORED) copyStored(target);
    else if (at + ROUND_BYTES <= end) readSymbols(target);
    else readSymbol();
  }
  return REACHED;
}

function available(): usize {
  const unread = at - (count >> 3);
  return unread < end ? end - unread : 0;
}

/** True where more bits were taken than the input holds. */
function overrun(): bool {
  return at - (count >> 3) > end;
}

@inline
function refill(): void {
  bits |= load<u64>(at) << count;
  at += (63 - count) >> 3;
  count |= 56;
}

/** `n` bits, at most 16, with room for them made first. */
function take(n: i32): u32 {
  if (at < end + 8) refill();
  const value = <u32>bits & ((1 << n) - 1);
  bits >>= n;
  count -= n;
  return value;
}

/** RFC 1950. Check bits and window size are not looked at: only another method or a dictionary make it unreadable. */
function readZlibHeader(): void {
  const method = take(8) & 15;
  const dictionary = take(8) & 32;
  state = method == 8 && !dictionary && !overrun() ? BLOCK : DAMAGE;
}

function readBlockHeader(): void {
  if (lastBlock) {
    state = NOTHING;
    return;
  }
  lastBlock = take(1) == 1;
  const type = take(2);
  if (type == 0) startStored();
  else if (type == 1) state = startFixed() ? SYMBOLS : DAMAGE;
  else if (type == 2) state = startDynamic() ? SYMBOLS : DAMAGE;
  else state = DAMAGE;
  if (overrun()) state = DAMAGE;
}

function startStored(): void {
  take(count & 7);
  stored = take(16);
  state = stored == (take(16) ^ 0xffff) ? STORED : DAMAGE;
  at -= count >> 3;
  bits = 0;
  count = 0;
}

function copyStored(target: usize): void {
  const length = min(stored, min(end - at, target - out));
  memory.copy(out, at, length);
  out += length;
  at += length;
  stored -= length;
  if (!stored) state = BLOCK;
  else if (last && at >= end) state = DAMAGE;
}

function startFixed(): bool {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, 32);
  return buildTables(288, 32);
}

function startDynamic(): bool {
  const literalCount = take(5) + 257;
  const distanceCount = take(5) + 1;
  const codeCount = take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) return false;
  memory.fill(lengths, 0, 19);
  for (let index: u32 = 0; index < codeCount; index++)
    store<u8>(lengths + load<u8>(PNG_CODE_ORDER + index), take(3));
  const codeBits = pngBuildTable(distances, 7, lengths, 19);
  if (!codeBits) return false;
  return readLengths(literalCount + distanceCount, (1 << codeBits) - 1) && buildTables(literalCount, distanceCount);
}

/** RFC 1951 §3.2.7. The order of the code length codes. */
const PNG_CODE_ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

function readLengths(total: u32, mask: u32): bool {
  let index: u32 = 0;
  while (index < total) {
    take(0);
    const entry = load<u32>(distances + ((<u32>bits & mask) << 2));
    if (entry & PNG_EXCEPTION || overrun()) return false;
    take(entry & 63);
    const code = entry >>> 16;
    let value: u32 = code;
    let times: u32 = 1;
    if (code >= 16) {
      if (code == 16 && !index) return false;
      value = code == 16 ? load<u8>(lengths + index - 1) : 0;
      times = code == 16 ? 3 + take(2) : code == 17 ? 3 + take(3) : 11 + take(7);
    }
    if (index + times > total) return false;
    memory.fill(lengths + index, <u8>value, times);
    index += times;
  }
  return true;
}

function buildTables(literalCount: u32, distanceCount: u32): bool {
  // A block without an end could only run into damage (zlib refuses it too).
  if (!load<u8>(lengths + 256)) return false;
  const literalBits = pngBuildLengths(literals, LITERAL_BITS, lengths, literalCount);
  const distanceBits = pngBuildDistances(distances, DISTANCE_BITS, lengths + literalCount, distanceCount);
  literalMask = (1 << literalBits) - 1;
  distanceMask = (1 << distanceBits) - 1;
  return literalBits != 0 && distanceBits != 0;
}

/** The fast loop: input for a whole round is there, output has room for a match beyond `target`. */
function readSymbols(target: usize): void {
  const limit = end - ROUND_BYTES;
  // Locals: the engine keeps them in registers, globals it does not.
  let from = at;
  let to = out;
  let buffer = bits;
  let filled = count;
  const lowLiteral = literalMask;
  const lowDistance = distanceMask;
  while (from <= limit && to < target) {
    buffer |= load<u64>(from) << filled;
    from += (63 - filled) >> 3;
    filled |= 56;
    let entry = load<u32>(literals + ((<u32>buffer & lowLiteral) << 2));
    if (entry & PNG_LITERAL) {
      store<u16>(to, entry >>> 16);
      to += 1 + ((entry >> PNG_PAIR) & 1);
      buffer >>= entry;
      filled -= entry & 63;
      entry = load<u32>(literals + ((<u32>buffer & lowLiteral) << 2));
      if (entry & PNG_LITERAL) {
        store<u16>(to, entry >>> 16);
        to += 1 + ((entry >> PNG_PAIR) & 1);
        buffer >>= entry;
        filled -= entry & 63;
        entry = load<u32>(literals + ((<u32>buffer & lowLiteral) << 2));
        if (entry & PNG_LITERAL) {
          store<u16>(to, entry >>> 16);
          to += 1 + ((entry >> PNG_PAIR) & 1);
          buffer >>= entry;
          filled -= entry & 63;
          continue;
        }
      }
    }
    if (entry & PNG_EXCEPTION) {
      if (entry & PNG_SUB) entry = subEntry(literals, entry, <u32>buffer, LITERAL_BITS);
      if (entry & PNG_LITERAL) {
        store<u8>(to++, entry >>> 16);
        buffer >>= entry;
        filled -= entry & 63;
        continue;
      }
      if (entry & PNG_EXCEPTION) {
        state = entry & PNG_END ? BLOCK : DAMAGE;
        buffer >>= entry;
        filled -= entry & 63;
        break;
      }
    }
    const length = valueOf(entry, <u32>buffer);
    buffer >>= entry;
    filled -= entry & 63;
    buffer |= load<u64>(from) << filled;
    from += (63 - filled) >> 3;
    filled |= 56;
    entry = load<u32>(distances + ((<u32>buffer & lowDistance) << 2));
    if (entry & PNG_SUB) entry = subEntry(distances, entry, <u32>buffer, DISTANCE_BITS);
    const distance = valueOf(entry, <u32>buffer);
    if (entry & PNG_EXCEPTION || distance > to - floor) {
      state = DAMAGE;
      break;
    }
    buffer >>= entry;
    filled -= entry & 63;
    pngCopyMatch(to, distance, length);
    to += length;
  }
  at = from;
  out = to;
  bits = buffer;
  count = filled;
}

/** One symbol near the end of the input, refused when its bits are not all there. */
function readSymbol(): void {
  take(0);
  let entry = load<u32>(literals + ((<u32>bits & literalMask) << 2));
  if (entry & PNG_SUB) entry = subEntry(literals, entry, <u32>bits, LITERAL_BITS);
  const value = valueOf(entry, <u32>bits);
  // Of two literals the second one waits.
  take(entry & PNG_LITERAL ? (entry >> PNG_CODE) & 15 : entry & 63);
  if (overrun()) state = DAMAGE;
  else if (entry & PNG_LITERAL) store<u8>(out++, entry >>> 16);
  else if (entry & PNG_EXCEPTION) state = entry & PNG_END ? BLOCK : DAMAGE;
  else readMatch(value);
}

function readMatch(length: usize): void {
  take(0);
  let entry = load<u32>(distances + ((<u32>bits & distanceMask) << 2));
  if (entry & PNG_SUB) entry = subEntry(distances, entry, <u32>bits, DISTANCE_BITS);
  const distance = valueOf(entry, <u32>bits);
  take(entry & 63);
  if (overrun() || entry & PNG_EXCEPTION || distance > out - floor) {
    state = DAMAGE;
    return;
  }
  pngCopyMatch(out, distance, length);
  out += length;
}

@inline
function subEntry(table: usize, entry: u32, buffer: u32, rootBits: u32): u32 {
  const index = (entry >>> 16) + ((buffer >> rootBits) & ((1 << ((entry >> PNG_CODE) & 15)) - 1));
  return load<u32>(table + (index << 2));
}

/** Base plus the extra bits that stand after the code. */
@inline
function valueOf(entry: u32, buffer: u32): usize {
  return (entry >>> 16) + ((buffer & ((1 << (entry & 63)) - 1)) >> ((entry >> PNG_CODE) & 15));
}
