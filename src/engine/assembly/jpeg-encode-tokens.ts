// Blocks as tokens: the Huffman symbol and its extra bits (T.81 §F.1.2), counted, so that codes may be chosen later.
import { alloc } from "./memory";

// A token: bits 0–7 symbol, 8 AC, 9 chroma, above them the extra bits.
export const AC: u32 = 256;
export const CHROMA: u32 = 512;
export const EXTRA: u32 = 10;
export const SYMBOLS: u32 = 1024;

/** 16 zeros. */
const LONG_RUN: u32 = 0xf0;

/** How often each symbol was met, u32, and room for one more. */
export let counts: usize = 0;
/** For each row of a block and each map of its 8 places: the same map in zigzag order, u64. */
let spread: usize = 0;
/** For each value from −2047 to 2047: its size and extra bits as in a token, the latter less one below 0. */
let values: usize = 0;

/** Zigzag index → place in a block, row by row (T.81 figure A.6). */
const ZIGZAG = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);
/** Zigzag index → offset in a block, transposed. */
const offsets: usize = memory.data(64);

export function startTokens(): void {
  counts = alloc((SYMBOLS + 1) * 4);
  fillValues();
  fillSpreads();
}

function fillValues(): void {
  values = alloc(4096 * 4) + 2048 * 4;
  for (let size: u32 = 1; size <= 11; size++) {
    const end: u32 = 1 << size;
    for (let value = end >> 1; value < end; value++) {
      store<u32>(values + (value << 2), (value << EXTRA) | size);
      store<u32>(values - (value << 2), ((end - 1 - value) << EXTRA) | size);
    }
  }
}

function fillSpreads(): void {
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

/** A map of a block in zigzag order. */
// @ts-ignore: decorator
@inline
function inZigzag(map: u64): u64 {
  return (
    rowInZigzag(map, 0) | rowInZigzag(map, 1) | rowInZigzag(map, 2) | rowInZigzag(map, 3) |
    rowInZigzag(map, 4) | rowInZigzag(map, 5) | rowInZigzag(map, 6) | rowInZigzag(map, 7)
  );
}

// @ts-ignore: decorator
@inline
function rowInZigzag(map: u64, row: usize): u64 {
  return load<u64>(spread + (row << 11) + ((<usize>(map >> (row << 3)) & 255) << 3));
}

/** Stores a token, counts its symbol. */
// @ts-ignore: decorator
@inline
function put(at: usize, token: u32): void {
  const count = counts + ((token & (SYMBOLS - 1)) << 2);
  store<u32>(count, load<u32>(count) + 1);
  store<u32>(at, token);
}

/**
 * The tokens of the block from `quantise`, at most 64; `difference` is that of its first coefficient.
 * @returns the address after them
 */
export function addBlock(at: usize, block: usize, map: u64, difference: i32, kind: u32): usize {
  put(at, load<u32>(values + (difference << 2)) | kind);
  at += 4;
  const ac = kind | AC;
  let left = inZigzag(map) & ~1;
  let next: u32 = 1;
  while (left) {
    const index = <u32>ctz(left);
    let run = index - next;
    for (; run > 15; run -= 16) {
      put(at, ac | LONG_RUN);
      at += 4;
    }
    const value = <i32>load<i16>(block + <usize>load<u8>(offsets + index));
    put(at, load<u32>(values + (value << 2)) | ac | (run << 4));
    at += 4;
    next = index + 1;
    left &= left - 1;
  }
  if (next < 64) {
    put(at, ac);
    at += 4;
  }
  return at;
}
