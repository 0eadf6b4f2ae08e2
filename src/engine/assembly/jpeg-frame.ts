// The frame that is being decoded: one record a component, written by the host (src/engine/jpeg.ts) field by field.
import { alloc } from "./memory";

@unmanaged
export class Component {
  /** Blocks of an MCU, across and down. */
  across: i32;
  down: i32;
  /** Samples that one block gives a side: 8, 4, 2 or 1. */
  size: i32;
  /** Blocks that cover the picture; a row of the store has `rowBlocks`, whole MCUs. */
  blocksWide: i32;
  blocksHigh: i32;
  rowBlocks: i32;
  /** Samples that belong to the picture. */
  width: i32;
  height: i32;
  /** The last two rows of MCUs as samples: row y is at ring + (y % ringRows) × stride. */
  ring: usize;
  stride: i32;
  ringRows: i32;
  /** Where several scans make the picture, of the row of MCUs at work: size² coefficients (i16) a block, and which of its
   * 64 are not zero (u64; progressive only). */
  coefficients: usize;
  nonzero: usize;
  /** u16[64], row by row. */
  quant: usize;
  /** How rows become as wide and high as the picture, see jpeg-upsample. */
  upsampling: i32;
  // Of the scan being read:
  dc: usize;
  ac: usize;
  predictor: i32;
  /** Arithmetic coding: offset of the bins for the next DC difference. */
  context: i32;
  /** Sequential Huffman coding: the table for the first code of a block. */
  first: usize;
}

export const COMPONENT_BYTES: usize = 80;
const records: usize = memory.data(320, 16);

export function component(index: i32): Component {
  return changetype<Component>(records + <usize>index * COMPONENT_BYTES);
}

export function jpegComponent(index: i32): usize {
  return records + <usize>index * COMPONENT_BYTES;
}

export let componentCount: i32 = 0;
export let mcusWide: i32 = 0;
export let mcusHigh: i32 = 0;
export let progressive: bool = false;
export let arithmetic: bool = false;
/** True where several scans make the picture. */
export let merged: bool = false;

export function jpegFrame(
  components: i32,
  wide: i32,
  high: i32,
  isProgressive: bool,
  isArithmetic: bool,
  isMerged: bool,
): void {
  componentCount = components;
  mcusWide = wide;
  mcusHigh = high;
  progressive = isProgressive;
  arithmetic = isArithmetic;
  merged = isMerged;
}

/** The address of sample row `y`. */
// @ts-ignore: decorator
@inline
export function rowAt(plane: Component, y: i32): usize {
  return plane.ring + <usize>((y % plane.ringRows) * plane.stride);
}

/** Zigzag index → byte offset in a block of 64 i16; a run past the end lands on the last, as in libjpeg. */
export const zigzag: usize = memory.data<u8>([
  0, 2, 16, 32, 18, 4, 6, 20, 34, 48, 64, 50, 36, 22, 8, 10, 24, 38, 52, 66, 80, 96, 82, 68, 54, 40, 26, 12, 14, 28, 42,
  56, 70, 84, 98, 112, 114, 100, 86, 72, 58, 44, 30, 46, 60, 74, 88, 102, 116, 118, 104, 90, 76, 62, 78, 92, 106, 120,
  122, 108, 94, 110, 124, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126,
  126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126, 126,
]);

/** One block of 64 coefficients, for whoever works on it now. */
export const block: usize = memory.data(128, 16);

// @ts-ignore: decorator
@inline
export function clearBlock(): void {
  for (let i: usize = 0; i < 128; i += 16) v128.store(block + i, i64x2.splat(0));
}

/** As many of its rows as `size` × `size` samples need. */
// @ts-ignore: decorator
@inline
export function clearRows(size: i32): void {
  for (let at = block, end = block + (<usize>size << 4); at < end; at += 16) v128.store(at, i64x2.splat(0));
}
