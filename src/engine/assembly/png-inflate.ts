// Inflate (RFC 1951) that stops and resumes: input is fed in pieces, output is asked for up to an address. What was
// written before damage stays usable, which the platform's streams do not promise.
import { available, bitBuffer, bitCount, inputAt, inputEnd, isLastInput, overrun, saveBits, take } from "./png-bits";
import {
  allocCodes,
  DISTANCE_BITS,
  distanceMask,
  distances,
  dynamicCodes,
  fixedCodes,
  LITERAL_BITS,
  literalMask,
  literals,
  subEntry,
  valueOf,
} from "./png-codes";
import { PNG_CODE, PNG_END, PNG_EXCEPTION, PNG_LITERAL, PNG_PAIR, PNG_SUB } from "./png-huffman";
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

/** More than any block header takes: 3 + 14 + 19 × 3 + 320 × 14 bits. */
const HEADER_BYTES: usize = 640;
/** One round of the fast loop reads two words, each at most 8 bytes past `inputAt`. */
const ROUND_BYTES: usize = 24;

let out: usize = 0;
/** Nothing before this address belongs to the output: a match must not reach below it. */
let floor: usize = 0;
let state: i32 = ZLIB;
let lastBlock: bool = false;
let stored: usize = 0;

/** Starts a zlib stream whose output begins at `start`. */
export function pngInflateStart(start: usize): void {
  allocCodes();
  pngMatchStart();
  out = start;
  floor = start;
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
    if (!isLastInput && available() < (state == SYMBOLS || state == STORED ? ROUND_BYTES : HEADER_BYTES)) return HUNGRY;
    if (state == ZLIB) readZlibHeader();
    else if (state == BLOCK) readBlockHeader();
    else if (state == STORED) copyStored(target);
    else if (inputAt + ROUND_BYTES <= inputEnd) readSymbols(target);
    else readSymbol();
  }
  return REACHED;
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
  else if (type == 1) state = fixedCodes() ? SYMBOLS : DAMAGE;
  else if (type == 2) state = dynamicCodes() ? SYMBOLS : DAMAGE;
  else state = DAMAGE;
  if (overrun()) state = DAMAGE;
}

function startStored(): void {
  take(bitCount & 7);
  stored = take(16);
  state = stored == (take(16) ^ 0xffff) ? STORED : DAMAGE;
  saveBits(inputAt - (bitCount >> 3), 0, 0);
}

function copyStored(target: usize): void {
  const length = min(stored, min(inputEnd - inputAt, target - out));
  memory.copy(out, inputAt, length);
  out += length;
  saveBits(inputAt + length, bitBuffer, bitCount);
  stored -= length;
  if (!stored) state = BLOCK;
  else if (isLastInput && inputAt >= inputEnd) state = DAMAGE;
}

/** The fast loop: input for a whole round is there, output has room for a match beyond `target`. */
function readSymbols(target: usize): void {
  const limit = inputEnd - ROUND_BYTES;
  // Locals: the engine keeps them in registers, globals it does not.
  let from = inputAt;
  let to = out;
  let buffer = bitBuffer;
  let filled = bitCount;
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
  saveBits(from, buffer, filled);
  out = to;
}

/** One symbol near the end of the input, refused when its bits are not all there. */
function readSymbol(): void {
  take(0);
  let entry = load<u32>(literals + ((<u32>bitBuffer & literalMask) << 2));
  if (entry & PNG_SUB) entry = subEntry(literals, entry, <u32>bitBuffer, LITERAL_BITS);
  const value = valueOf(entry, <u32>bitBuffer);
  // Of two literals the second one waits.
  take(entry & PNG_LITERAL ? (entry >> PNG_CODE) & 15 : entry & 63);
  if (overrun()) state = DAMAGE;
  else if (entry & PNG_LITERAL) store<u8>(out++, entry >>> 16);
  else if (entry & PNG_EXCEPTION) state = entry & PNG_END ? BLOCK : DAMAGE;
  else readMatch(value);
}

function readMatch(length: usize): void {
  take(0);
  let entry = load<u32>(distances + ((<u32>bitBuffer & distanceMask) << 2));
  if (entry & PNG_SUB) entry = subEntry(distances, entry, <u32>bitBuffer, DISTANCE_BITS);
  const distance = valueOf(entry, <u32>bitBuffer);
  take(entry & 63);
  if (overrun() || entry & PNG_EXCEPTION || distance > out - floor) {
    state = DAMAGE;
    return;
  }
  pngCopyMatch(out, distance, length);
  out += length;
}
