// Lossless WebP (RFC 9649 §3): the whole picture at four bytes a pixel, because copies may reach back to its start.

import { alloc } from "./memory";
import { vp8lNumber, vp8lStart } from "./webp-vp8l-bits";
import { vp8lResetCodes } from "./webp-vp8l-codes";
import { vp8lIsGreenOnly, vp8lReadBytes, vp8lReadCodes, vp8lReadPixels } from "./webp-vp8l-image";
import { vp8lInvert, vp8lIsIndexed, vp8lReadTransforms, vp8lUnpackAlpha } from "./webp-vp8l-transforms";

const HEADER_BYTES: usize = 5;
/** What stands for pixels that the file does not hold: opaque grey. */
const LOST: u8 = 128;

let pixels: usize = 0;
let opaque: bool = false;
let complete: i32 = 0;

/** Decodes the stream of `size` bytes at `from`; gives how many of `height` rows it holds. The others are grey. */
export function webpLosslessDecode(from: usize, size: usize, width: i32, height: i32): i32 {
  if (size < HEADER_BYTES) return 0;
  opaque = ((load<u8>(from, 4) >> 4) & 1) == 0;
  complete = decode(from + HEADER_BYTES, from + size, width, height);
  const kept = <usize>width * <usize>complete * 4;
  toRgba(pixels, kept);
  memory.fill(pixels + kept, LOST, <usize>width * <usize>height * 4 - kept);
  for (let at = kept + 3; at < <usize>width * <usize>height * 4; at += 4) store<u8>(pixels + at, 255);
  return complete;
}

/** Where the picture lies: RGBA, all rows. */
export function webpLosslessPixels(): usize {
  return pixels;
}

function decode(from: usize, to: usize, width: i32, height: i32): i32 {
  const bytes = <usize>width * <usize>height * 4;
  pixels = alloc(bytes + 16);
  vp8lStart(from, to);
  vp8lResetCodes();
  const packed = vp8lReadTransforms(width, height);
  if (!packed || !vp8lReadCodes(packed, height, true)) return 0;
  const at = pixels + bytes - <usize>packed * <usize>height * 4;
  const rows = vp8lReadPixels(at, packed * height) / packed;
  if (rows > 0) vp8lInvert(pixels, bytes, packed, height, rows);
  return rows;
}

/** Blue, green, red, alpha in memory become red, green, blue, alpha. */
function toRgba(at: usize, bytes: usize): void {
  const alpha = i32x4.splat(opaque ? 0xff000000 : 0);
  const end = at + bytes;
  for (; at < end; at += 16) {
    const bgra = v128.load(at);
    const rgba = v128.shuffle<i8>(bgra, bgra, 2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15);
    v128.store(at, v128.or(rgba, alpha));
  }
}

/**
 * Decodes a stream without header whose green is alpha (RFC 9649 §2.7.1.2): one byte a pixel, `width` × `height` of
 * them. Gives its address, and in `vp8lAlphaRows` how many rows are complete; 0 when there are none.
 */
export function vp8lDecodeAlpha(from: usize, to: usize, width: i32, height: i32): usize {
  vp8lAlphaRows = 0;
  vp8lStart(from, to);
  vp8lResetCodes();
  const packed = vp8lReadTransforms(width, height);
  if (!packed || !vp8lReadCodes(packed, height, true)) return 0;
  if (vp8lIsIndexed() && vp8lIsGreenOnly()) return decodeIndices(packed, width, height);
  return decodeGreen(packed, width, height);
}

export let vp8lAlphaRows: i32 = 0;

/** Packed indices lie at the end of the plane, and are unpacked towards its start. */
function decodeIndices(packed: i32, width: i32, height: i32): usize {
  const bytes = <usize>width * <usize>height;
  const plane = alloc(bytes);
  const from = plane + bytes - <usize>packed * <usize>height;
  vp8lAlphaRows = vp8lReadBytes(from, packed * height) / packed;
  for (let row: usize = 0; row < <usize>vp8lAlphaRows; row++) {
    vp8lUnpackAlpha(from + row * packed, plane + row * width, width);
  }
  return plane;
}

function decodeGreen(packed: i32, width: i32, height: i32): usize {
  const bytes = <usize>width * <usize>height * 4;
  const plane = alloc(bytes);
  vp8lAlphaRows = vp8lReadPixels(plane + bytes - <usize>packed * <usize>height * 4, packed * height) / packed;
  if (vp8lAlphaRows > 0) vp8lInvert(plane, bytes, packed, height, vp8lAlphaRows);
  for (let index: usize = 0; index < bytes >> 2; index++) store<u8>(plane + index, load<u8>(plane + 4 * index, 1));
  return plane;
}
