// Tables for sequential scans: each entry stands for several codes. Entries are made to be added up.
import { BAD_CODE, endLength, extraValue, symbolAt, VALUE_BITS, VALUE_TABLE } from "./jpeg-huffman";
import { alloc } from "./memory";

// A sum, or an entry: in bits 0–5 the length of codes with their extra bits, above them the coefficients that they cover.
// One addition does both, and shifts look at the low 6 bits only.
export const SUM_BITS: i64 = 63;
/** Added by an end-of-block code. */
export const SUM_END: i64 = 256 << 6;
/** Added where the window holds no whole code. It covers one as far as bits 6–12 say, where nothing was yet. */
export const SUM_LONG: i64 = 513 << 6;
/** What a sum reaches at the end of a block. */
export const PAST_END: i64 = 64 << 6;

/** Bits that index the tables of steps (coefficients) and skips (any number of codes). */
const STEP_BITS: i32 = 10;
const SKIP_BITS: i32 = 13;
/** Bits that an entry covers at most: extra bits of its last code may lie beyond the window. Two leave the next index. */
const MOST_BITS: i32 = (56 - SKIP_BITS) / 2;

// In the place of an AC table's values.
const STEP_TABLE: usize = VALUE_TABLE;
const SKIP_TABLE: usize = STEP_TABLE + ((1 << STEP_BITS) << 3);
export const SUM_TABLES_END: usize = SKIP_TABLE + ((1 << SKIP_BITS) << 1);

/** One or two coefficients that are not 0: in bits 16–31 the first, in 32–47 the last, from 48 on how far they are apart. */
// @ts-ignore: decorator
@inline
export function stepAt(table: usize, buffer: u64): i64 {
  return load<i64>(table + STEP_TABLE + (<usize>(buffer >> (64 - STEP_BITS)) << 3));
}

export function buildSteps(table: usize): void {
  for (let window: u64 = 0; window < 1 << STEP_BITS; window++) {
    store<i64>(table + STEP_TABLE + (<usize>window << 3), stepEntry(table, window << (64 - STEP_BITS)));
  }
}

function stepEntry(table: usize, buffer: u64): i64 {
  const found = symbolAt(table, buffer);
  const length = lengthOf(found);
  if (found == BAD_CODE || length > STEP_BITS) return SUM_LONG;
  const sum = <i64>(length | (coveredBy(found) << 6));
  if (isEnd(found)) return sum + SUM_END;
  const value = valueOf(found, buffer);
  return value == 0 ? sum : withNext(table, buffer << length, sum | (value << 16) | (value << 32));
}

/** `entry` of one coefficient, and what follows it at the top of `buffer` as far as the window goes. */
function withNext(table: usize, buffer: u64, entry: i64): i64 {
  const found = symbolAt(table, buffer);
  const length = lengthOf(found);
  const left = STEP_BITS - <i32>(entry & SUM_BITS) - length;
  if (left < 0) return entry;
  if (isEnd(found)) return entry + length + SUM_END;
  const value = valueOf(found, buffer);
  if (value == 0) return entry;
  const covered = <i64>coveredBy(found);
  const end = endLength(table, buffer << length, left);
  const sum = (entry & 0xffff) + length + (covered << 6) + (end ? end + SUM_END : 0);
  return sum | (entry & 0xffff0000) | (value << 32) | (covered << 48);
}

/** Any number of codes. */
// @ts-ignore: decorator
@inline
export function skipAt(table: usize, buffer: u64): i64 {
  return <i64>load<u16>(table + SKIP_TABLE + (<usize>(buffer >> (64 - SKIP_BITS)) << 1));
}

export function buildSkips(table: usize): void {
  for (let window: u64 = 0; window < 1 << SKIP_BITS; window++) {
    const sum = addCodes(0, table, window << (64 - SKIP_BITS), SKIP_BITS);
    store<u16>(table + SKIP_TABLE + (<usize>window << 1), <u16>(sum ? sum : SUM_LONG));
  }
}

/** `sum` with the codes at the top of `buffer`, up to the end of a block, as far as they fit a window that held `sum` too. */
function addCodes(sum: i32, table: usize, buffer: u64, window: i32): i32 {
  while (sum < <i32>PAST_END) {
    const found = symbolAt(table, buffer);
    const length = lengthOf(found);
    const bits = sum & <i32>SUM_BITS;
    if (bits + (found >> 8) > window || bits + length > MOST_BITS) break;
    if (isEnd(found)) return sum + length + <i32>SUM_END;
    sum += length + (coveredBy(found) << 6);
    buffer <<= length;
  }
  return sum;
}

/** The difference in bits 16–31, above a sum that begins with it; 0 where the window does not hold it. */
// @ts-ignore: decorator
@inline
export function firstAt(table: usize, buffer: u64): i64 {
  return <i64>load<i32>(table + (<usize>(buffer >> (64 - VALUE_BITS)) << 2));
}

/** A table of first entries that are the differences of `dc` alone. */
export function differencesOf(dc: usize): usize {
  return dc + VALUE_TABLE;
}

/** A table of first entries for blocks of which nothing else is formed: with as many codes of `ac` as the window holds. */
export function createFirsts(dc: usize, ac: usize): usize {
  const table = alloc((1 << VALUE_BITS) << 2);
  for (let window: usize = 0; window < 1 << VALUE_BITS; window++) {
    const entry = load<i32>(dc + VALUE_TABLE + (window << 2));
    if (entry == 0) continue;
    const buffer = <u64>window << (64 - VALUE_BITS + (entry & <i32>SUM_BITS));
    store<i32>(table + (window << 2), (entry & ~0xffff) | addCodes(entry & 0xffff, ac, buffer, VALUE_BITS));
  }
  return table;
}

/** Bits of a code and its extra bits, as `symbolAt` found it. */
function lengthOf(found: i32): i32 {
  return (found >> 8) + (found & 15);
}

/** Coefficients: those of its run of zeros, and one. */
function coveredBy(found: i32): i32 {
  return ((found >> 4) & 15) + 1;
}

function isEnd(found: i32): bool {
  return (found & 15) == 0 && (found & 255) != 0xf0;
}

/** The coefficient in 16 bits; 0 of a code for zeros. */
function valueOf(found: i32, buffer: u64): i64 {
  return <i64>(<u16>extraValue(buffer << (found >> 8), found & 15));
}
