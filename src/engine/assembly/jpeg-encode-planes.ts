// MCUs from rows of Y, Cb and Cr, a byte each, with chroma as dense as it is written.
import { samples } from "./jpeg-encode-colour";

@unmanaged
class Rows {
  at: usize;
  stride: usize;
}
const records: usize = memory.data(24, 4);

// @ts-ignore: decorator
@inline
function rowsOf(plane: usize): Rows {
  return changetype<Rows>(records + (plane << 3));
}

/** The next row of MCUs takes the samples of plane `index` (Y, Cb, Cr) from `at` on; they fill whole blocks. */
export function jpegEncodePlane(index: usize, at: usize, stride: usize): void {
  rowsOf(index).at = at;
  rowsOf(index).stride = stride;
}

/** The samples of MCU `mcu`: `lumaBlocks` of luma, and chroma where there are more. */
export function takePlanes(mcu: usize, lumaBlocks: usize, mcuBlocks: usize): void {
  const luma = rowsOf(0);
  if (lumaBlocks == 1) takeBlock(luma.at + (mcu << 3), luma.stride, samples);
  else {
    const from = luma.at + (mcu << 4);
    const lower = from + (luma.stride << 3);
    takeBlock(from, luma.stride, samples);
    takeBlock(from + 8, luma.stride, samples + 256);
    takeBlock(lower, luma.stride, samples + 512);
    takeBlock(lower + 8, luma.stride, samples + 768);
  }
  if (mcuBlocks == lumaBlocks) return;
  const chroma = samples + (lumaBlocks << 8);
  takeBlock(rowsOf(1).at + (mcu << 3), rowsOf(1).stride, chroma);
  takeBlock(rowsOf(2).at + (mcu << 3), rowsOf(2).stride, chroma + 256);
}

/** 8×8 samples as f32, centred on 0 (T.81 §A.3.1). */
// @ts-ignore: decorator
@inline
function takeBlock(from: usize, stride: usize, to: usize): void {
  const centre = i16x8.splat(128);
  for (let end = to + 256; to < end; to += 32, from += stride) {
    const row = i16x8.sub(v128.load8x8_u(from), centre);
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(row)));
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(row)), 16);
  }
}
