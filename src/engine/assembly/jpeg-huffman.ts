// Huffman tables (T.81 annex C, F.2.2.3). A table is built from its DHT bytes: 16 counts, then the symbols.
import { arithmetic, progressive } from "./jpeg-frame";
import { alloc } from "./memory";

/** Bits that index the tables of symbols (length and symbol), values (run, value, length) and skips (many codes in one). */
const SYMBOL_BITS: i32 = 9;
const VALUE_BITS: i32 = 11;
const SKIP_BITS: i32 = 13;

// One table: 16 counts + 256 symbols as in a DHT segment, limits u32[18] (the first holds the length of the end-of-block
// code), offsets i32[18], symbol table u16[], value table i32[]; of sequential AC tables skip table u16[].
const SYMBOLS: usize = 16;
const LIMITS: usize = 272;
const OFFSETS: usize = LIMITS + 72;
const SYMBOL_TABLE: usize = 416;
const VALUE_TABLE: usize = SYMBOL_TABLE + ((1 << SYMBOL_BITS) << 1);
const SKIP_TABLE: usize = VALUE_TABLE + ((1 << VALUE_BITS) << 2);
const TABLE_BYTES: usize = SKIP_TABLE + ((1 << SKIP_BITS) << 1);

/** A bad code counts as symbol 0 after 17 bits, as in libjpeg. */
const BAD_CODE: i32 = 17 << 8;

/**
 * Room for a table of class 0 (DC) or 1 (AC). The host writes there the bytes of a DHT definition, already checked: 16
 * counts and up to 256 symbols. Of arithmetic coding, where each scan needs its own: the byte of conditioning.
 */
export function jpegTable(kind: i32): usize {
  if (arithmetic) return alloc(VALUE_TABLE);
  return alloc(kind == 0 || progressive ? SKIP_TABLE : TABLE_BYTES);
}

/** Arithmetic coding keeps its bins where a Huffman table has its symbols, and one byte of conditioning as its "DHT". */
export function statisticsOf(table: usize): usize {
  return table + SYMBOL_TABLE;
}

// @ts-ignore: decorator
@inline
export function conditioningOf(table: usize): i32 {
  return load<u8>(table);
}

export function clearStatistics(table: usize): void {
  memory.fill(table + SYMBOL_TABLE, 0, 256);
}

/**
 * Builds what decoding needs from the definition. Of progressive tables the symbols 0x10–0xE0 start a run of blocks, so
 * the slow path sees them. `skips`: also the skip table, where blocks of a sequential scan are shown smaller.
 */
export function jpegBuildTable(table: usize, kind: i32, skips: bool): void {
  buildSymbols(table);
  buildValues(table, kind);
  if (kind == 1 && skips) buildSkips(table);
}

function buildSymbols(table: usize): void {
  memory.fill(table + SYMBOL_TABLE, 0, (1 << SYMBOL_BITS) << 1);
  let code: u32 = 0;
  let index: i32 = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(table + length - 1);
    store<i32>(table + OFFSETS + (length << 2), index - <i32>code);
    for (let i = 0; i < count; i++, code++, index++) {
      if (load<u8>(table + SYMBOLS + index) == 0) store<u32>(table + LIMITS, length);
      if (length <= SYMBOL_BITS) fillSymbol(table, code, length, load<u8>(table + SYMBOLS + index));
    }
    store<u32>(table + LIMITS + (length << 2), code << (16 - length));
    code <<= 1;
  }
}

function fillSymbol(table: usize, code: u32, length: i32, symbol: u8): void {
  const free = SYMBOL_BITS - length;
  for (let i: u32 = 0; i < <u32>1 << free; i++) {
    store<u16>(table + SYMBOL_TABLE + (((code << free) | i) << 1), <u16>((length << 8) | symbol));
  }
}

/** Length and symbol at the top of `buffer`: length << 8 | symbol. */
// @ts-ignore: decorator
@inline
export function symbolAt(table: usize, buffer: u64): i32 {
  const entry = <i32>load<u16>(table + SYMBOL_TABLE + (<usize>(buffer >> (64 - SYMBOL_BITS)) << 1));
  return entry ? entry : longSymbol(table, <u32>(buffer >> 48));
}

function longSymbol(table: usize, bits: u32): i32 {
  for (let length = 1; length <= 16; length++) {
    if (bits >= load<u32>(table + LIMITS + (length << 2))) continue;
    const index = <i32>(bits >> (16 - length)) + load<i32>(table + OFFSETS + (length << 2));
    return (length << 8) | load<u8>(table + SYMBOLS + (index & 255));
  }
  return BAD_CODE;
}

/** The value of `size` extra bits at the top of `buffer` (T.81 §F.2.2.1, EXTEND). */
// @ts-ignore: decorator
@inline
export function extraValue(buffer: u64, size: i32): i32 {
  if (size == 0) return 0;
  const bits = <i32>(buffer >> (64 - size));
  return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
}

// An entry of the value table: bits 0–5 length of code and extra bits, 6–9 run, 10–15 step from the coefficient to the
// next (63 ends the block, also where an end-of-block code follows within the window), 16–31 value.
// Length 0 says: take the slow path.
export const END_STEP: i32 = 63;
const SLOW: i32 = END_STEP << 10;

export function endCodeLength(table: usize): i32 {
  return load<i32>(table + LIMITS);
}

// @ts-ignore: decorator
@inline
export function valueAt(table: usize, buffer: u64): i32 {
  return load<i32>(table + VALUE_TABLE + (<usize>(buffer >> (64 - VALUE_BITS)) << 2));
}

function buildValues(table: usize, kind: i32): void {
  for (let window: u64 = 0; window < 1 << VALUE_BITS; window++) {
    const buffer = window << (64 - VALUE_BITS);
    const entry = kind == 0 ? differenceEntry(table, buffer) : valueEntry(table, buffer);
    store<i32>(table + VALUE_TABLE + (<usize>window << 2), entry);
  }
}

/** Of a DC table: length of code and extra bits, and in 16–31 the difference; 0 where the window does not hold them. */
function differenceEntry(table: usize, buffer: u64): i32 {
  const found = symbolAt(table, buffer);
  const length = (found >> 8) + (found & 15);
  if (found == BAD_CODE || length > VALUE_BITS) return 0;
  return length | (extraValue(buffer << (found >> 8), found & 15) << 16);
}

function valueEntry(table: usize, buffer: u64): i32 {
  const found = symbolAt(table, buffer);
  const run = (found >> 4) & 15;
  const size = found & 15;
  const length = (found >> 8) + size;
  if (found == BAD_CODE || length > VALUE_BITS) return SLOW;
  if (size == 0 && run == 15) return length | (15 << 6) | (1 << 10);
  if (size == 0) return run && progressive ? SLOW : length | (END_STEP << 10);
  const value = extraValue(buffer << (found >> 8), size);
  const end = progressive ? 0 : endLength(table, buffer << length, VALUE_BITS - length);
  return (length + end) | (run << 6) | ((end ? END_STEP : 1) << 10) | (value << 16);
}

/** Length of an end-of-block code at the top of `buffer`, 0 where there is none within `available` bits. */
function endLength(table: usize, buffer: u64, available: i32): i32 {
  const found = symbolAt(table, buffer);
  return (found & 255) == 0 && found >> 8 <= available ? found >> 8 : 0;
}

// An entry of the skip table: bits 0–5 length of all whole codes with their extra bits in the window, above them the
// coefficients they cover, at most 79; an end-of-block code adds SKIP_END, a window without a whole code is SKIP_NONE.
export const SKIP_END: i64 = 256;
const SKIP_NONE: i32 = 1000;
/** What a sum of such entries reaches at the end of a block. */
export const PAST_END: i64 = 64 << 6;

// @ts-ignore: decorator
@inline
export function skipAt(table: usize, buffer: u64): i64 {
  return <i64>load<u16>(table + SKIP_TABLE + (<usize>(buffer >> (64 - SKIP_BITS)) << 1));
}

function buildSkips(table: usize): void {
  for (let window: u64 = 0; window < 1 << SKIP_BITS; window++) {
    store<u16>(table + SKIP_TABLE + (<usize>window << 1), <u16>skipEntry(table, window << (64 - SKIP_BITS)));
  }
}

function skipEntry(table: usize, buffer: u64): i32 {
  let bits = 0;
  let covered = 0;
  while (covered < 64) {
    const found = symbolAt(table, buffer);
    const length = (found >> 8) + (found & 15);
    if (bits + length > SKIP_BITS) break;
    bits += length;
    buffer <<= length;
    if ((found & 15) == 0 && (found & 255) != 0xf0) {
      covered += <i32>SKIP_END;
      break;
    }
    covered += ((found >> 4) & 15) + 1;
  }
  return bits ? bits | (covered << 6) : SKIP_NONE << 6;
}
