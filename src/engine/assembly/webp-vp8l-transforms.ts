// Transforms of VP8L and their inverses (RFC 9649 §4). Pixels are u32: alpha highest, then red, green, blue.

import { alloc } from "./memory";
import { vp8lNumber } from "./webp-vp8l-bits";
import { across, vp8lReadSubImage } from "./webp-vp8l-image";
import { vp8lAddPixels, vp8lPredict } from "./webp-vp8l-predict";

const PREDICTOR = 0;
const COLOUR = 1;
const SUBTRACT_GREEN = 2;
const INDEXING = 3;

/** Sixteen bytes a transform: type, width of the image it makes, bits, data. */
const list = memory.data(4 * 16, 8);
let listed: i32 = 0;

/**
 * Reads all transforms of an image `width` wide; gives the width of the image that follows, packed by indexing,
 * or 0 when they are broken.
 */
export function vp8lReadTransforms(width: i32, height: i32): i32 {
  listed = 0;
  let seen: u32 = 0;
  while (vp8lNumber(1)) {
    const type = vp8lNumber(2);
    if ((seen >> type) & 1) return 0;
    seen |= 1 << type;
    const record = list + 16 * listed++;
    store<u32>(record, type);
    store<u32>(record, width, 4);
    if (type == INDEXING) width = readPalette(record, width);
    else if (type != SUBTRACT_GREEN) width = readTiles(record, width, height);
    if (!width) return 0;
  }
  return width;
}

/** True when the only transform is indexing. */
export function vp8lIsIndexed(): bool {
  return listed == 1 && load<u32>(list) == INDEXING;
}

function readTiles(record: usize, width: i32, height: i32): i32 {
  const bits = 2 + vp8lNumber(3);
  const data = vp8lReadSubImage(across(width, bits), across(height, bits));
  store<u32>(record, bits, 8);
  store<u32>(record, <u32>data, 12);
  return data ? width : 0;
}

/** Entries past the palette's end are transparent black, so 256 of them save a check. */
function readPalette(record: usize, width: i32): i32 {
  const size = 1 + <i32>vp8lNumber(8);
  const bits: u32 = size > 16 ? 0 : size > 4 ? 1 : size > 2 ? 2 : 3;
  const coded = vp8lReadSubImage(size, 1);
  if (!coded) return 0;
  const palette = alloc(256 * 4);
  let colour: u32 = 0;
  for (let index = 0; index < size; index++) {
    colour = vp8lAddPixels(colour, load<u32>(coded + 4 * index));
    store<u32>(palette + 4 * index, colour);
  }
  store<u32>(record, bits, 8);
  store<u32>(record, <u32>palette, 12);
  return across(width, bits);
}

/**
 * Undoes all transforms on the first `rows` rows. The packed image lies at the end of the `bytes` at `pixels`;
 * the whole one begins at their start.
 */
export function vp8lInvert(pixels: usize, bytes: usize, packedWidth: i32, height: i32, rows: i32): void {
  let at = pixels + bytes - <usize>packedWidth * <usize>height * 4;
  for (let index = listed - 1; index >= 0; index--) {
    const record = list + 16 * index;
    const type = load<u32>(record);
    const width = load<i32>(record, 4);
    const bits = load<u32>(record, 8);
    const data = <usize>load<u32>(record, 12);
    if (type == PREDICTOR) invertPredictor(at, width, rows, bits, data);
    else if (type == COLOUR) invertColour(at, width, rows, bits, data);
    else if (type == SUBTRACT_GREEN) invertSubtractGreen(at, width * rows);
    else {
      const to = pixels + bytes - <usize>width * <usize>height * 4;
      for (let row: usize = 0; row < <usize>rows; row++) {
        unpackRow(at + row * 4 * across(width, bits), to + row * 4 * width, width, bits, data);
      }
      at = to;
    }
  }
}

function unpackRow(from: usize, to: usize, width: i32, bits: u32, palette: usize): void {
  const depth: u32 = 8 >> bits;
  const mask: u32 = (1 << depth) - 1;
  const last: i32 = (1 << bits) - 1;
  let packed: u32 = 0;
  for (let x = 0; x < width; x++, to += 4) {
    if ((x & last) == 0) {
      packed = load<u8>(from, 1);
      from += 4;
    }
    store<u32>(to, load<u32>(palette + ((packed & mask) << 2)));
    packed >>= depth;
  }
}

/** Alpha of a row of `width` pixels out of packed indices of one byte; `to` may be up to `from`. */
export function vp8lUnpackAlpha(from: usize, to: usize, width: i32): void {
  const bits = load<u32>(list, 8);
  const palette = <usize>load<u32>(list, 12);
  const depth: u32 = 8 >> bits;
  const mask: u32 = (1 << depth) - 1;
  const last: i32 = (1 << bits) - 1;
  let packed: u32 = 0;
  for (let x = 0; x < width; x++) {
    if ((x & last) == 0) packed = load<u8>(from++);
    store<u8>(to + x, load<u8>(palette + ((packed & mask) << 2), 1));
    packed >>= depth;
  }
}

function invertSubtractGreen(pixels: usize, count: i32): void {
  for (let index: usize = 0; index < <usize>count; index++) {
    const pixel = load<u32>(pixels + 4 * index);
    const green = (pixel >> 8) & 255;
    const redBlue = ((pixel & 0xff00ff) + ((green << 16) | green)) & 0xff00ff;
    store<u32>(pixels + 4 * index, (pixel & 0xff00ff00) | redBlue);
  }
}

function invertColour(pixels: usize, width: i32, rows: i32, bits: u32, data: usize): void {
  const tiles = across(width, bits);
  for (let y = 0; y < rows; y++) {
    const tileRow = data + 4 * <usize>((y >> bits) * tiles);
    for (let x = 0; x < width; x++, pixels += 4) {
      const factors = load<u32>(tileRow + 4 * <usize>(x >> bits));
      store<u32>(pixels, addColour(load<u32>(pixels), factors));
    }
  }
}

// @ts-ignore: decorator
@inline
function addColour(pixel: u32, factors: u32): u32 {
  const green = <i32>(<i8>(pixel >> 8));
  const red = ((pixel >> 16) + (((<i32>(<i8>factors)) * green) >> 5)) & 255;
  let blue = pixel + (((<i32>(<i8>(factors >> 8))) * green) >> 5);
  blue += ((<i32>(<i8>(factors >> 16))) * <i32>(<i8>red)) >> 5;
  return (pixel & 0xff00ff00) | (red << 16) | (blue & 255);
}

function invertPredictor(pixels: usize, width: i32, rows: i32, bits: u32, data: usize): void {
  const stride: usize = 4 * <usize>width;
  const tiles = across(width, bits);
  store<u32>(pixels, vp8lAddPixels(load<u32>(pixels), 0xff000000));
  for (let x: usize = 4; x < stride; x += 4) addTo(pixels + x, load<u32>(pixels + x - 4));
  for (let y = 1; y < rows; y++) {
    pixels += stride;
    addTo(pixels, load<u32>(pixels - stride));
    const tileRow = data + 4 * <usize>((y >> bits) * tiles);
    for (let x = 1; x < width; ) {
      const mode = (load<u32>(tileRow + 4 * <usize>(x >> bits)) >> 8) & 15;
      const until = min(((x >> bits) + 1) << bits, width);
      for (; x < until; x++) {
        const at = pixels + 4 * <usize>x;
        addTo(at, vp8lPredict(mode, load<u32>(at - 4), at - stride));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, pixel: u32): void {
  store<u32>(at, vp8lAddPixels(load<u32>(at), pixel));
}
