// Unfiltered rows of every PNG layout to RGBA. 16 bits become 8 by their high byte, as libvips does it; a transparent
// colour is compared with all bits (PNG 3rd edition §11.3.1).
import { alloc } from "./memory";

/** Palettes, and gray up to 8 bits: through the table of colours. */
const TABLE: i32 = 0;
const GRAY: i32 = 1;
const RGB: i32 = 2;
const GRAY_ALPHA: i32 = 4;
export const PNG_RGBA: i32 = 6;

/** 256 colours of four bytes, then eight bytes for the transparent colour. */
let colours: usize = 0;
let keyed: bool = false;

export function pngSetPixels(isKeyed: bool): usize {
  keyed = isKeyed;
  colours = alloc(1024 + 8);
  return colours;
}

/** `width` pixels at `row` as RGBA at `dst`. May read 16 bytes beyond the row. */
export function pngPixelsOf(kind: i32, depth: u32, row: usize, width: usize, dst: usize): void {
  if (kind == TABLE) fromTable(depth, row, width, dst);
  else if (kind == GRAY) fromGray16(row, width, dst);
  else if (kind == RGB && depth == 8) fromRgb(row, width, dst);
  else if (kind == RGB) fromRgb16(row, width, dst);
  else if (kind == GRAY_ALPHA) fromGrayAlpha(row, width, dst, depth >> 3);
  else if (depth == 16) fromRgba16(row, width, dst);
  else memory.copy(dst, row, width * 4);
}

/** Samples of 1, 2 or 4 bits, the first in the highest bits, to a byte each. */
export function pngUnpack(depth: u32, row: usize, width: usize, dst: usize): void {
  const mask: u32 = (1 << depth) - 1;
  for (let x: u32 = 0; x < <u32>width; x++) {
    const bit = x * depth;
    store<u8>(dst + x, (<u32>load<u8>(row + (bit >> 3)) >> (8 - depth - (bit & 7))) & mask);
  }
}

function fromTable(depth: u32, row: usize, width: usize, dst: usize): void {
  // The indices stand at the end of the room for their pixels: no pixel overtakes the index it comes from.
  const indices = depth == 8 ? row : dst + width * 3;
  if (depth < 8) pngUnpack(depth, row, width, indices);
  for (let x: usize = 0; x < width; x++)
    store<u32>(dst + (x << 2), load<u32>(colours + (<usize>load<u8>(indices + x) << 2)));
}

function fromGray16(row: usize, width: usize, dst: usize): void {
  const key = load<u16>(colours + 1024);
  for (let x: usize = 0; x < width; x++) {
    const sample = load<u16>(row + (x << 1));
    const alpha: u32 = keyed && sample == key ? 0 : 0xff000000;
    store<u32>(dst + (x << 2), (<u32>(sample & 255) * 0x010101) | alpha);
  }
}

function fromRgb(row: usize, width: usize, dst: usize): void {
  if (keyed) return fromKeyedRgb(row, width, dst);
  const opaque = i32x4.splat(0xff000000);
  let x: usize = 0;
  for (; x + 4 <= width; x += 4) {
    const four = i8x16.swizzle(v128.load(row + x * 3), i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
    v128.store(dst + (x << 2), v128.or(four, opaque));
  }
  for (; x < width; x++) store<u32>(dst + (x << 2), load<u32>(row + x * 3) | 0xff000000);
}

function fromKeyedRgb(row: usize, width: usize, dst: usize): void {
  const key = load<u32>(colours + 1024);
  for (let x: usize = 0; x < width; x++) {
    const colour = load<u32>(row + x * 3) & 0xffffff;
    store<u32>(dst + (x << 2), colour == key ? colour : colour | 0xff000000);
  }
}

function fromRgb16(row: usize, width: usize, dst: usize): void {
  const key = load<u64>(colours + 1024);
  for (let x: usize = 0; x < width; x++) {
    const colour = load<u64>(row + x * 6) & 0xffffffffffff;
    const high = <u32>(colour & 255) | (<u32>(colour >> 8) & 0xff00) | (<u32>(colour >> 16) & 0xff0000);
    store<u32>(dst + (x << 2), keyed && colour == key ? high : high | 0xff000000);
  }
}

function fromGrayAlpha(row: usize, width: usize, dst: usize, sampleBytes: usize): void {
  for (let x: usize = 0; x < width; x++) {
    const gray = <u32>load<u8>(row);
    const alpha = <u32>load<u8>(row + sampleBytes);
    store<u32>(dst + (x << 2), (gray * 0x010101) | (alpha << 24));
    row += sampleBytes * 2;
  }
}

function fromRgba16(row: usize, width: usize, dst: usize): void {
  for (let x: usize = 0; x < width; x++) {
    const high = i8x16.swizzle(v128.load64_zero(row + (x << 3)), i8x16(0, 2, 4, 6, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
    v128.store32_lane(dst + (x << 2), high, 0);
  }
}
