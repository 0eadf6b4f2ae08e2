// Decoding tables for inflate: a root table indexed by the next bits, and sub-tables for longer codes.
// An entry: bits 0–5 how many bits it uses (code and extra bits), 6–7 and 12–13 flags, 8–11 the bits of the code alone
// (of a sub-table: its index bits), 16–31 the literal, the base value, or the place of the sub-table.
import { alloc } from "./memory";

/** Something else than a base with extra bits: sub-table, end of block, or no code at all. */
export const PNG_EXCEPTION: u32 = 1 << 6;
export const PNG_LITERAL: u32 = 1 << 7;
export const PNG_SUB: u32 = 1 << 12;
export const PNG_END: u32 = 1 << 13;
/** Where the flag of an entry of two literals stands. */
export const PNG_PAIR: u32 = 14;
/** Where the bits of the code alone stand. */
export const PNG_CODE: u32 = 8;

const MAX_BITS: i32 = 15;

// RFC 1951 §3.2.5: extra bits and bases. Codes 286, 287, 30 and 31 exist in the fixed code only and are no symbols.
const LENGTH_EXTRA = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const LENGTH_BASE = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);

/** Entries of a symbol, by the kind of table: the plain symbol, a literal or length, a distance. */
const PLAIN: i32 = 0;
const LENGTHS: i32 = 1;
const DISTANCES: i32 = 2;

let work: usize = 0;

/**
 * @param mostBits of the index of the root table
 * @returns the bits that the index has: short codes have small tables, so that a stream of tiny blocks costs little; 0
 *   for an over-subscribed or incomplete code (one code alone is allowed but for code lengths, as in zlib)
 */
export function pngBuildTable(table: usize, mostBits: i32, lengths: usize, symbols: i32): i32 {
  return build(table, mostBits, lengths, symbols, PLAIN);
}

export function pngBuildLengths(table: usize, mostBits: i32, lengths: usize, symbols: i32): i32 {
  const rootBits = build(table, mostBits, lengths, symbols, LENGTHS);
  if (rootBits == mostBits) pairLiterals(table, rootBits);
  return rootBits;
}

export function pngBuildDistances(table: usize, mostBits: i32, lengths: usize, symbols: i32): i32 {
  return build(table, mostBits, lengths, symbols, DISTANCES);
}

/**
 * Where the bits of an index hold two literals, its entry gets both. From the highest index on: the second literal is
 * found at a lower one, which then still holds a single.
 */
function pairLiterals(table: usize, rootBits: u32): void {
  for (let index: u32 = 1 << rootBits; index-- > 0; ) {
    const first = load<u32>(table + (index << 2));
    if (!(first & PNG_LITERAL)) continue;
    const second = load<u32>(table + ((index >> (first & 63)) << 2));
    const bits = (first & 63) + (second & 63);
    if (!(second & PNG_LITERAL) || bits > rootBits) continue;
    const literals = (first & 0xff0000) | ((second & 0xff0000) << 8);
    store<u32>(table + (index << 2), literals | (1 << PNG_PAIR) | (first & 0xfc0) | bits);
  }
}

function build(table: usize, mostBits: i32, lengths: usize, symbols: i32, kind: i32): i32 {
  // Counts of 16 lengths, then offsets of 16 lengths, then up to 288 symbols sorted by code.
  if (!work) work = alloc(64 + 64 + 288 * 2);
  const longest = countLengths(lengths, symbols);
  if (longest < 0) return 0;
  const rootBits = max(1, min(mostBits, longest));
  if (longest < 2 && load<i32>(work + 4) < 2) {
    if (kind == PLAIN) return 0;
    store<u64>(table, <u64>PNG_EXCEPTION | (<u64>PNG_EXCEPTION << 32));
  }
  sortSymbols(lengths, symbols);
  fill(table, rootBits, work, work + 128, longest, kind);
  return rootBits;
}

/** The longest code, or -1 where the lengths make no code. */
function countLengths(lengths: usize, symbols: i32): i32 {
  memory.fill(work, 0, 128);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const slot = work + (load<u8>(lengths + symbol) << 2);
    store<i32>(slot, load<i32>(slot) + 1);
  }
  let longest = MAX_BITS;
  while (longest > 0 && !load<i32>(work + (longest << 2))) longest--;
  let left = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    left = (left << 1) - load<i32>(work + (length << 2));
    if (left < 0) return -1;
  }
  return left > 0 && longest > 1 ? -1 : longest;
}

function sortSymbols(lengths: usize, symbols: i32): void {
  const offsets = work + 64;
  for (let length = 1; length < MAX_BITS; length++)
    store<i32>(offsets + ((length + 1) << 2), load<i32>(offsets + (length << 2)) + load<i32>(work + (length << 2)));
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = load<u8>(lengths + symbol);
    if (!length) continue;
    const slot = offsets + (length << 2);
    const place = load<i32>(slot);
    store<u16>(work + 128 + (place << 1), symbol);
    store<i32>(slot, place + 1);
  }
}

/** Walks the codes in order; `code` is kept with its bits reversed, as the stream has them. */
function fill(table: usize, rootBits: i32, counts: usize, sorted: usize, longest: i32, kind: i32): void {
  const rootSize = 1 << rootBits;
  let code: u32 = 0;
  let next = rootSize;
  let prefix: u32 = 0xffffffff;
  let sub = table;
  let subBits = 0;
  for (let length = 1; length <= longest; length++) {
    for (let remaining = load<i32>(counts + (length << 2)); remaining > 0; remaining--) {
      const entry = entryOf(load<u16>(sorted), length, kind);
      sorted += 2;
      if (length <= rootBits) {
        replicate(table, code, length, rootSize, entry);
      } else {
        if ((code & (rootSize - 1)) != prefix) {
          prefix = code & (rootSize - 1);
          subBits = subTableBits(counts, length, rootBits, remaining, longest);
          sub = table + (next << 2);
          store<u32>(table + (prefix << 2), PNG_EXCEPTION | PNG_SUB | (subBits << PNG_CODE) | (next << 16));
          next += 1 << subBits;
        }
        replicate(sub, code >> rootBits, length - rootBits, 1 << subBits, entry);
      }
      code = nextReversed(code, length);
    }
  }
}

function replicate(table: usize, code: u32, length: i32, size: u32, entry: u32): void {
  for (let index = code; index < size; index += 1 << length) store<u32>(table + (index << 2), entry);
}

/** Adds one to a number of `length` bits whose bits stand in reverse. */
function nextReversed(code: u32, length: i32): u32 {
  let bit: u32 = 1 << (length - 1);
  while (code & bit) {
    code ^= bit;
    bit >>= 1;
  }
  return code | bit;
}

/** Index bits of the sub-table that starts with a code of `length`: enough for all codes that share its prefix. */
function subTableBits(counts: usize, length: i32, rootBits: i32, remaining: i32, longest: i32): i32 {
  let subBits = length - rootBits;
  let left = (1 << subBits) - remaining;
  while (left > 0 && rootBits + subBits < longest) {
    subBits++;
    left = (left << 1) - load<i32>(counts + ((rootBits + subBits) << 2));
  }
  return subBits;
}

function entryOf(symbol: u32, length: u32, kind: i32): u32 {
  if (kind == PLAIN) return (symbol << 16) | (length << PNG_CODE) | length;
  if (kind == DISTANCES) return distanceEntry(symbol, length);
  if (symbol < 256) return (symbol << 16) | PNG_LITERAL | (length << PNG_CODE) | length;
  if (symbol == 256) return PNG_EXCEPTION | PNG_END | length;
  if (symbol > 285) return PNG_EXCEPTION;
  const index = symbol - 257;
  const base: u32 = load<u16>(LENGTH_BASE + (index << 1));
  return (base << 16) | (length << PNG_CODE) | (length + load<u8>(LENGTH_EXTRA + index));
}

function distanceEntry(symbol: u32, length: u32): u32 {
  if (symbol > 29) return PNG_EXCEPTION;
  const extra: u32 = symbol < 4 ? 0 : (symbol >> 1) - 1;
  const base: u32 = symbol < 4 ? symbol + 1 : 1 + ((2 + (symbol & 1)) << extra);
  return (base << 16) | (length << PNG_CODE) | (length + extra);
}
