// RGBA rows to filtered rows of any PNG layout.
import { alloc } from "./memory";
import { pngColourNumber } from "./png-colours";
import { pngFilterRow } from "./png-filter";

/** PNG colour types (PNG 3rd edition §11.2.1). */
const GRAY: i32 = 0;
const RGB: i32 = 2;
const PALETTE: i32 = 3;
const GRAY_ALPHA: i32 = 4;

const SLACK: usize = 32;

let type: i32 = 0;
let depth: u32 = 8;
let plain: bool = false;
let width: usize = 0;
let bytes: usize = 0;
let step: usize = 1;
let current: usize = 0;
let prior: usize = 0;
/** From a colour's place in the scan's list to its place in the palette. */
let places: usize = 0;

/**
 * @param isPlain no filters
 * @returns the address of 256 bytes: for a palette, the place in it of each colour that the scan listed
 */
export function pngPackStart(
  colourType: i32,
  bits: u32,
  pixels: usize,
  rowBytes: usize,
  pixelBytes: usize,
  isPlain: bool,
): usize {
  plain = isPlain;
  type = colourType;
  depth = bits;
  width = pixels;
  bytes = rowBytes;
  step = pixelBytes;
  current = alloc(rowBytes + 2 * SLACK) + 16;
  prior = alloc(rowBytes + 2 * SLACK) + 16;
  places = alloc(256);
  return places;
}

/** Writes `count` rows, each behind its filter byte. Up to 31 bytes beyond them are touched. */
export function pngPackRows(src: usize, count: i32, dst: usize): void {
  for (let row = 0; row < count; row++) {
    packRow(src, dst);
    src += width * 4;
    dst += bytes + 1;
  }
}

function packRow(src: usize, dst: usize): void {
  store<u8>(dst, 0);
  if (plain) return pack(src, dst + 1);
  pack(src, current);
  pngFilterRow(current, prior, bytes, step, dst);
  const used = current;
  current = prior;
  prior = used;
}

function pack(src: usize, dst: usize): void {
  if (type == PALETTE) packPalette(src, dst);
  else if (type == GRAY) packGray(src, dst);
  else if (type == RGB) packRgb(src, dst);
  else if (type == GRAY_ALPHA) packGrayAlpha(src, dst);
  else memory.copy(dst, src, bytes);
}

/** Four pixels a step; the last one may read and write beyond the row. */
function packRgb(src: usize, dst: usize): void {
  for (let x: usize = 0; x < width; x += 4) {
    const four = v128.load(src + (x << 2));
    v128.store(dst + x * 3, i8x16.swizzle(four, i8x16(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1)));
  }
}

function packGray(src: usize, dst: usize): void {
  for (let x: usize = 0; x < width; x++) store<u8>(dst + x, load<u8>(src + (x << 2)));
}

function packGrayAlpha(src: usize, dst: usize): void {
  for (let x: usize = 0; x < width; x++) {
    const pixel = load<u32>(src + (x << 2));
    store<u16>(dst + (x << 1), <u16>((pixel & 255) | ((pixel >>> 16) & 0xff00)));
  }
}

/** The first pixel stands in the highest bits. */
function packPalette(src: usize, dst: usize): void {
  let last: u32 = load<u32>(src);
  let place = placeOf(last);
  let byte: u32 = 0;
  let filled: u32 = 0;
  for (let x: usize = 0; x < width; x++) {
    const pixel = load<u32>(src + (x << 2));
    if (pixel != last) place = placeOf(pixel);
    last = pixel;
    byte = (byte << depth) | place;
    filled += depth;
    if (filled < 8) continue;
    store<u8>(dst++, byte);
    filled = 0;
  }
  if (filled) store<u8>(dst, byte << (8 - filled));
}

function placeOf(pixel: u32): u32 {
  return load<u8>(places + pngColourNumber(pixel));
}
