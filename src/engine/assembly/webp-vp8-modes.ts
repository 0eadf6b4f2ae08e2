// Prediction modes of a row of macroblocks (RFC 6386 §8, §10, §11).

import { vp8Bit, vp8Flag } from "./webp-vp8-bits";
import { vp8HasSegmentMap, vp8SegmentProbabilities, vp8SkipProbability } from "./webp-vp8-header";
import { VP8_MODE_PROBABILITIES } from "./webp-vp8-tables";

// Modes of subblocks in the order of RFC 6386 §8.3. Whole blocks use the first four.
export const VP8_DC = 0;
export const VP8_TM = 1;
export const VP8_VE = 2;
export const VP8_HE = 3;

// A macroblock's record: sixteen modes of subblocks, then these bytes.
export const VP8_RECORD_BYTES: usize = 32;
export const VP8_RECORD_WHOLE: usize = 16;
export const VP8_RECORD_CHROMA: usize = 17;
export const VP8_RECORD_SEGMENT: usize = 18;
export const VP8_RECORD_SKIP: usize = 19;
export const VP8_RECORD_SPLIT: usize = 20;

/** The tree of subblock modes (RFC 6386 §11.2): pairs by node; a leaf is -mode. Node / 2 is its probability. */
const TREE = memory.data<i8>([0, 2, -1, 4, -2, 6, 8, 12, -3, 10, -5, -6, -4, 14, -7, 16, -8, -9]);

/**
 * Reads the records of `count` macroblocks. `above` holds four modes a macroblock, the lowest of the row above;
 * it begins as zeros, which is B_DC_PRED, and so does what is left of the row.
 */
export function vp8ReadModes(records: usize, above: usize, count: i32): void {
  let left: u32 = 0;
  for (let column = 0; column < count; column++) {
    const record = records + <usize>column * VP8_RECORD_BYTES;
    store<u8>(record, vp8HasSegmentMap ? readSegment() : 0, VP8_RECORD_SEGMENT);
    store<u8>(record, vp8SkipProbability >= 0 ? <i32>vp8Flag(vp8SkipProbability) : 0, VP8_RECORD_SKIP);
    left = readLuma(record, above + 4 * column, left);
    store<u8>(record, readChroma(), VP8_RECORD_CHROMA);
  }
}

function readSegment(): u32 {
  if (vp8Flag(load<u8>(vp8SegmentProbabilities))) return 2 + <u32>vp8Flag(load<u8>(vp8SegmentProbabilities, 2));
  return <u32>vp8Flag(load<u8>(vp8SegmentProbabilities, 1));
}

/** Gives the four modes of the right column, the topmost in the lowest byte. */
function readLuma(record: usize, above: usize, left: u32): u32 {
  const split = !vp8Flag(145);
  store<u8>(record, <i32>split, VP8_RECORD_SPLIT);
  if (split) return readSubblocks(record, above, left);
  const mode: u32 = vp8Flag(156) ? (vp8Flag(128) ? VP8_TM : VP8_HE) : vp8Flag(163) ? VP8_VE : VP8_DC;
  store<u8>(record, mode, VP8_RECORD_WHOLE);
  store<u32>(above, mode * 0x01010101);
  return mode * 0x01010101;
}

function readSubblocks(record: usize, above: usize, left: u32): u32 {
  let right: u32 = 0;
  for (let row = 0; row < 4; row++) {
    let mode = (left >> (8 * row)) & 255;
    for (let column = 0; column < 4; column++) {
      mode = readSubblock(VP8_MODE_PROBABILITIES + (<usize>load<u8>(above + column) * 10 + mode) * 9);
      store<u8>(above + column, mode);
    }
    store<u32>(record + 4 * row, load<u32>(above));
    right |= mode << (8 * row);
  }
  return right;
}

function readSubblock(probabilities: usize): u32 {
  let node: i32 = 0;
  do {
    node = load<i8>(TREE + node + vp8Bit(load<u8>(probabilities + (node >> 1))));
  } while (node > 0);
  return -node;
}

function readChroma(): u32 {
  if (!vp8Flag(142)) return VP8_DC;
  if (!vp8Flag(114)) return VP8_VE;
  return vp8Flag(183) ? VP8_TM : VP8_HE;
}
