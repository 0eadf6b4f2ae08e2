// The alpha plane of lossy WebP (RFC 9649 §2.7.1.2), put into bands of pixels from the top down.

import { alloc } from "./memory";
import { vp8lAlphaRows, vp8lDecodeAlpha } from "./webp-vp8l";

const RAW: u32 = 0;
const LOSSLESS: u32 = 1;

const NONE: u32 = 0;
const HORIZONTAL: u32 = 1;
const VERTICAL: u32 = 2;

let plane: usize = 0;
let rows: i32 = 0;
let row: i32 = 0;
let width: i32 = 0;
let filter: u32 = 0;
/** The row above, unfiltered. */
let above: usize = 0;

/** Starts the chunk of `size` bytes at `from`. What is missing or broken counts as opaque. */
export function webpAlphaOpen(from: usize, size: usize, w: i32, height: i32): void {
  width = w;
  row = 0;
  rows = 0;
  above = alloc(w);
  if (size < 1) return;
  const info = <u32>load<u8>(from);
  filter = (info >> 2) & 3;
  if ((info & 3) == LOSSLESS) {
    plane = vp8lDecodeAlpha(from + 1, from + size, w, height);
    rows = vp8lAlphaRows;
  } else if ((info & 3) == RAW) {
    plane = from + 1;
    rows = min(height, <i32>((size - 1) / <usize>w));
  }
}

/** Sets alpha in the next `count` rows, which lie at `band`. */
export function webpAlphaApply(band: usize, count: i32): void {
  for (let index = 0; index < count && row < rows; index++, row++) {
    unfilter(plane + <usize>row * width);
    const to = band + 4 * <usize>index * <usize>width + 3;
    for (let x: usize = 0; x < <usize>width; x++) store<u8>(to + 4 * x, load<u8>(above + x));
  }
}

/** Replaces `above` by the next row. Of the first row all pixels look left, of every other the first looks up. */
function unfilter(from: usize): void {
  if (filter == NONE) return memory.copy(above, from, width);
  const mode = row == 0 ? HORIZONTAL : filter;
  let topLeft = <u32>load<u8>(above);
  let left = row == 0 ? 0 : topLeft;
  for (let x: usize = 0; x < <usize>width; x++) {
    const top = <u32>load<u8>(above + x);
    const predicted = mode == HORIZONTAL ? left : mode == VERTICAL ? top : gradient(left, top, topLeft);
    left = (load<u8>(from + x) + predicted) & 255;
    store<u8>(above + x, left);
    topLeft = top;
  }
}

// @ts-ignore: decorator
@inline
function gradient(left: i32, top: i32, topLeft: i32): u32 {
  return min(max(left + top - topLeft, 0), 255);
}
