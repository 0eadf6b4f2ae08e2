// Huffman tables (T.81 annex C, F.2.2.3). A table is built from its DHT bytes: 16 counts, then the symbols.
import { progressive } from "./jpeg-frame";

/** Bits that index the tables of symbols (length and symbol) and values (run, value, length). */
const SYMBOL_BITS: i32 = 9;
export const VALUE_BITS: i32 = 11;

// One table: 16 counts + 256 symbols as in a DHT segment, limits u32[18], offsets i32[18], symbol table u16[]; then the
// value table i32[], or what jpeg-sums has for sequential AC coefficients.
const SYMBOLS: usize = 16;
const LIMITS: usize = 272;
const OFFSETS: usize = LIMITS + 72;
const SYMBOL_TABLE: usize = 416;
export const VALUE_TABLE: usize = SYMBOL_TABLE + ((1 << SYMBOL_BITS) << 1);
export const VALUE_TABLE_END: usize = VALUE_TABLE + ((1 << VALUE_BITS) << 2);

/** A bad code counts as symbol 0 after 17 bits, as in libjpeg. */
export const BAD_CODE: i32 = 17 << 8;

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

/** Builds what `symbolAt` needs from the definition. */
export function buildSymbols(table: usize): void {
  memory.fill(table + SYMBOL_TABLE, 0, (1 << SYMBOL_BITS) << 1);
  let code: u32 = 0;
  let index: i32 = 0;
  for (let length = 1; length <= 16; length++) {
    const count = <i32>load<u8>(table + length - 1);
    store<i32>(table + OFFSETS + (length << 2), index - <i32>code);
    for (let i = 0; i < count; i++, code++, index++) {
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

// @ts-ignore: decorator
@inline
export function valueAt(table: usize, buffer: u64): i32 {
  return load<i32>(table + VALUE_TABLE + (<usize>(buffer >> (64 - VALUE_BITS)) << 2));
}

/** Of a DC table, or of a progressive AC table, where 0x10–0xE0 start a run of blocks: the slow path sees them. */
export function buildValues(table: usize, kind: i32): void {
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
  return length | (1 << 6) | (extraValue(buffer << (found >> 8), found & 15) << 16);
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
export function endLength(table: usize, buffer: u64, available: i32): i32 {
  const found = symbolAt(table, buffer);
  return (found & 255) == 0 && found >> 8 <= available ? found >> 8 : 0;
}
