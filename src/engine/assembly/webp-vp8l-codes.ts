// Prefix codes of VP8L (RFC 9649 §3.7.2).
//
// A table is looked up with the next 8 bits (fewer when no code is longer): an entry is `symbol << 4 | length`. Where
// codes are longer, it is `offset << 4 | 8 + bits` of a second table, looked up with so many more bits; its entries
// hold what remains of the length. A code of one symbol takes no bits at all.

import { alloc } from "./memory";
import { vp8lNumber, vp8lPeek, vp8lRefill, vp8lSkip } from "./webp-vp8l-bits";

/** A table's address, and the mask of the bits it is first looked up with. */
export const VP8L_CODE_BYTES: usize = 8;

const ROOT_BITS: u32 = 8;
const MAX_LENGTH: u32 = 15;
/** Green's 256 values and 24 lengths, and the largest colour cache. */
const MAX_SYMBOLS = 256 + 24 + 2048;
/** Thousands of codes can be asked for with a few bits each: beyond this the stream is refused. */
const MAX_TABLE_BYTES: usize = 8 << 20;

const LENGTH_ORDER = memory.data<u8>([17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);

const lengths = memory.data(MAX_SYMBOLS, 8);
const lengthCode = memory.data(8, 8);
const nextCode = memory.data(16 * 4, 8);
/** Bits of the second table for each value of the first eight. */
const secondBits = memory.data(256, 8);

let tableBytes: usize = 0;

/** Forgets what earlier streams took. */
export function vp8lResetCodes(): void {
  tableBytes = 0;
}

/** One symbol; at least 15 bits must be available. */
// @ts-ignore: decorator
@inline
export function vp8lSymbol(code: usize): u32 {
  const table = <usize>load<u32>(code);
  let entry = <u32>load<u16>(table + ((vp8lPeek() & load<u32>(code, 4)) << 1));
  if ((entry & 15) > ROOT_BITS) {
    vp8lSkip(ROOT_BITS);
    const mask: u32 = (1 << ((entry & 15) - ROOT_BITS)) - 1;
    entry = load<u16>(table + (((entry >> 4) + (vp8lPeek() & mask)) << 1));
  }
  vp8lSkip(entry & 15);
  return entry >> 4;
}

/** True for a code that has but one symbol. */
export function vp8lIsConstant(code: usize): bool {
  return load<u32>(code, 4) == 0;
}

/** Reads the code of an alphabet of `symbols`, and writes its record to `code` if it is `used`. */
export function vp8lReadCode(symbols: i32, code: usize, used: bool): bool {
  memory.fill(lengths, 0, symbols);
  if (vp8lNumber(1)) readSimple();
  else if (!readLengths(symbols)) return false;
  return !used || build(symbols, code);
}

function readSimple(): void {
  const two = vp8lNumber(1);
  const first = vp8lNumber(vp8lNumber(1) ? 8 : 1);
  store<u8>(lengths + first, 1);
  if (two) store<u8>(lengths + vp8lNumber(8), 1);
}

function readLengths(symbols: i32): bool {
  const known = 4 + <i32>vp8lNumber(4);
  for (let index = 0; index < known; index++) store<u8>(lengths + load<u8>(LENGTH_ORDER + index), vp8lNumber(3));
  const valid = build(19, lengthCode);
  memory.fill(lengths, 0, 19);
  if (!valid) return false;
  let coded = symbols;
  if (vp8lNumber(1)) coded = 2 + <i32>vp8lNumber(2 + 2 * vp8lNumber(3));
  if (coded > symbols) return false;
  return readCodedLengths(symbols, coded);
}

/** Runs: 16 repeats the last length that was not 0, 17 and 18 are zeros. */
function readCodedLengths(symbols: i32, coded: i32): bool {
  let last: u32 = 8;
  let symbol = 0;
  for (; symbol < symbols && coded > 0; coded--) {
    vp8lRefill();
    const length = vp8lSymbol(lengthCode);
    if (length < 16) {
      if (length) last = length;
      store<u8>(lengths + symbol++, length);
      continue;
    }
    const repeats = length == 16 ? 3 + vp8lNumber(2) : length == 17 ? 3 + vp8lNumber(3) : 11 + vp8lNumber(7);
    if (symbol + <i32>repeats > symbols) return false;
    memory.fill(lengths + symbol, length == 16 ? <u8>last : 0, repeats);
    symbol += repeats;
  }
  return true;
}

/** Tables from `lengths`; false for a code that leaves bit strings without a meaning, or gives them two. */
function build(symbols: i32, code: usize): bool {
  let used = 0;
  let longest: u32 = 0;
  let space: u32 = 0;
  let only = 0;
  memory.fill(nextCode, 0, 64);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = <u32>load<u8>(lengths + symbol);
    if (!length) continue;
    used++;
    only = symbol;
    longest = max(longest, length);
    space += 1 << (MAX_LENGTH - length);
    const at = nextCode + 4 * length;
    store<u32>(at, load<u32>(at) + 1);
  }
  if (used == 1) return storeConstant(only, code);
  if (space != 1 << MAX_LENGTH) return false;
  const rootBits = min(longest, ROOT_BITS);
  startCodes();
  const entries = layOut(symbols, longest);
  const table = allocate(entries);
  if (!table) return false;
  store<u32>(code, <u32>table);
  store<u32>(code, (1 << rootBits) - 1, 4);
  fillTable(symbols, table, rootBits);
  return true;
}

function storeConstant(symbol: i32, code: usize): bool {
  const table = allocate(1);
  if (!table) return false;
  store<u16>(table, symbol << 4);
  store<u32>(code, <u32>table);
  store<u32>(code, 0, 4);
  return true;
}

function allocate(entries: u32): usize {
  const bytes = ((<usize>entries << 1) + 15) & ~15;
  tableBytes += bytes;
  return tableBytes > MAX_TABLE_BYTES ? 0 : alloc(bytes);
}

/** From how many codes have each length to the first code of each length. */
function startCodes(): void {
  let code: u32 = 0;
  for (let length: usize = 1; length <= MAX_LENGTH; length++) {
    const codes = load<u32>(nextCode + 4 * length);
    store<u32>(nextCode + 4 * length, code);
    code = (code + codes) << 1;
  }
}

/** The next code of `length`, as it is read: first bit lowest. */
function takeCode(length: u32): u32 {
  const at = nextCode + 4 * length;
  const code = load<u32>(at);
  store<u32>(at, code + 1);
  let reversed: u32 = 0;
  for (let bit: u32 = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  return reversed;
}

/** Fills `secondBits`; gives how many entries all tables take. Leaves the first codes as they were. */
function layOut(symbols: i32, longest: u32): u32 {
  if (longest <= ROOT_BITS) return 1 << longest;
  memory.fill(secondBits, 0, 256);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = <u32>load<u8>(lengths + symbol);
    if (!length) continue;
    const code = takeCode(length);
    if (length <= ROOT_BITS) continue;
    const at = secondBits + (code & 255);
    store<u8>(at, max(<u32>load<u8>(at), length - ROOT_BITS));
  }
  // Every length's next code now is the first of what would follow: the codes before it are as many as it has symbols.
  rewind(symbols);
  let entries: u32 = 256;
  for (let root: usize = 0; root < 256; root++) {
    if (load<u8>(secondBits + root)) entries += 1 << load<u8>(secondBits + root);
  }
  return entries;
}

function rewind(symbols: i32): void {
  for (let symbol = 0; symbol < symbols; symbol++) {
    const at = nextCode + 4 * <usize>load<u8>(lengths + symbol);
    store<u32>(at, load<u32>(at) - 1);
  }
}

function fillTable(symbols: i32, table: usize, rootBits: u32): void {
  if (rootBits == ROOT_BITS) linkSecondTables(table);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = <u32>load<u8>(lengths + symbol);
    if (!length) continue;
    const code = takeCode(length);
    if (length <= rootBits) {
      fillEvery(table, code, 1 << length, 1 << rootBits, (symbol << 4) | length);
      continue;
    }
    const link = <u32>load<u16>(table + ((code & 255) << 1));
    const second = table + ((link >> 4) << 1);
    const left = length - ROOT_BITS;
    fillEvery(second, code >> ROOT_BITS, 1 << left, 1 << ((link & 15) - ROOT_BITS), (symbol << 4) | left);
  }
}

/** `secondBits` is stale when no code is longer than eight bits; then every entry is overwritten. */
function linkSecondTables(table: usize): void {
  let offset: u32 = 256;
  for (let root: usize = 0; root < 256; root++) {
    const bits = <u32>load<u8>(secondBits + root);
    if (!bits) continue;
    store<u16>(table + (root << 1), (offset << 4) | (ROOT_BITS + bits));
    offset += 1 << bits;
  }
}

function fillEvery(table: usize, from: u32, step: u32, to: u32, entry: u32): void {
  for (let index = from; index < to; index += step) store<u16>(table + (index << 1), entry);
}
