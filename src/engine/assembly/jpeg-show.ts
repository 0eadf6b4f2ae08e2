// Blocks of coefficients to blocks of samples, or to where they wait for more scans.
import { block, Component } from "./jpeg-frame";
import { flat8, idct8, idct8Low } from "./jpeg-idct";
import { idct1, idct2, idct4 } from "./jpeg-idct-scaled";

/** Zigzag index before which coefficients lie in the lowest 4 × 4. */
const LOW: i32 = 10;

/** Samples of the block whose coefficients are at `from`, `rowBytes` a row; all from zigzag index `end` on are 0. */
export function show(plane: Component, from: usize, rowBytes: usize, end: i32, to: usize): void {
  if (plane.size == 8) {
    if (end == 1) fill(plane, flat8(from, plane.quant), to);
    else if (end <= LOW) idct8Low(from, plane.quant, to, plane.stride);
    else idct8(from, plane.quant, to, plane.stride);
  } else if (plane.size == 4) {
    if (end == 1) fill(plane, idct1(from, plane.quant), to);
    else idct4(from, rowBytes, plane.quant, to, plane.stride);
  } else if (plane.size == 2) idct2(from, rowBytes, plane.quant, to, plane.stride);
  else store<u8>(to, idct1(from, plane.quant));
}

/** A block of one value. */
export function fill(plane: Component, value: u8, to: usize): void {
  const stride = plane.stride;
  const word = <u64>value * 0x0101010101010101;
  for (let row = plane.size; row > 0; row--, to += stride) {
    if (plane.size == 8) store<u64>(to, word);
    else if (plane.size == 4) store<u32>(to, <u32>word);
    else if (plane.size == 2) store<u16>(to, <u16>word);
    else store<u8>(to, value);
  }
}

/** Copies the lowest `size` × `size` coefficients of `block`: as in libjpeg, a scan that comes again sets no AC to 0. */
export function keep(size: i32, to: usize): void {
  store<i16>(to, load<i16>(block));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, to += 2) {
      const value = load<i16>(block + <usize>((row << 4) | (column << 1)));
      if (value) store<i16>(to, value);
    }
  }
}
