// Blocks as tokens: the Huffman symbol and its extra bits (T.81 §F.1.2), counted, so that codes may be chosen later.
import { alloc } from "./memory";
import { quantised } from "./jpeg-encode-dct";

// A token: bits 0–7 symbol, 8 AC, 9 chroma, above them the extra bits.
export const AC: u32 = 256;
export const CHROMA: u32 = 512;
export const EXTRA: u32 = 10;
export const SYMBOLS: u32 = 1024;

/** 16 zeros. */
const LONG_RUN: u32 = 0xf0;

/** How often each symbol was met, u32, and room for one more. */
export let counts: usize = 0;
/** For each row of `quantised` and each map of its 8 places: the same map in zigzag order, u64. */
let spread: usize = 0;

/** Zigzag index → place in a block, row by row (T.81 figure A.6). */
const ZIGZAG = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);
/** Zigzag index → offset in `quantised`. */
const offsets: usize = memory.data(64);

export function startTokens(): void {
  counts = alloc((SYMBOLS + 1) * 4);
  spread = alloc(8 * 256 * 8);
  for (let index: usize = 0; index < 64; index++) {
    const place = <usize>load<u8>(ZIGZAG + index);
    const turned = ((place & 7) << 3) | (place >> 3);
    store<u8>(offsets + index, <u8>(turned << 1));
    store<u64>(spread + (((turned >> 3) << 8) << 3) + ((1 << (turned & 7)) << 3), <u64>1 << index);
  }
  for (let row: usize = 0; row < 8; row++) fillSpread(spread + (row << 11));
}

/** From the maps of one place to those of many: a map is the sum of its lowest place and the rest. */
function fillSpread(table: usize): void {
  for (let map: usize = 1; map < 256; map++) {
    const rest = map & (map - 1);
    store<u64>(table + (map << 3), load<u64>(table + (rest << 3)) | load<u64>(table + ((map ^ rest) << 3)));
  }
}

/** A map of `quantised` in zigzag order. */
// @ts-ignore: decorator
@inline
function inZigzag(map: u64): u64 {
  let result: u64 = 0;
  for (let row: usize = 0; row < 8; row++) {
    result |= load<u64>(spread + (row << 11) + (((<usize>(map >> (row << 3))) & 255) << 3));
  }
  return result;
}

/** Bits that a value takes. */
// @ts-ignore: decorator
@inline
function sizeOf(value: i32): u32 {
  const sign = value >> 31;
  return 32 - clz(<u32>((value ^ sign) - sign));
}

/** Stores a token, counts its symbol. */
// @ts-ignore: decorator
@inline
function put(at: usize, symbol: u32, extra: u32): void {
  const count = counts + (symbol << 2);
  store<u32>(count, load<u32>(count) + 1);
  store<u32>(at, symbol | (extra << EXTRA));
}

/** A value as symbol (with `run` above the size) and extra bits: negative values less one. */
// @ts-ignore: decorator
@inline
function putValue(at: usize, value: i32, run: u32): void {
  const size = sizeOf(value);
  put(at, run | size, <u32>(value + (value >> 31)) & ((1 << size) - 1));
}

/**
 * The tokens of the block in `quantised`, of which `map` tells what is not 0; at most 64.
 * @returns the address after them
 */
export function addBlock(at: usize, map: u64, difference: i32, kind: u32): usize {
  putValue(at, difference, kind);
  at += 4;
  let left = inZigzag(map) & ~1;
  let next: u32 = 1;
  while (left) {
    const index = <u32>ctz(left);
    let run = index - next;
    for (; run > 15; run -= 16) {
      put(at, kind | AC | LONG_RUN, 0);
      at += 4;
    }
    putValue(at, load<i16>(quantised + <usize>load<u8>(offsets + index)), kind | AC | (run << 4));
    at += 4;
    next = index + 1;
    left &= left - 1;
  }
  if (next < 64) {
    put(at, kind | AC, 0);
    at += 4;
  }
  return at;
}
