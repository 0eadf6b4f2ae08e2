// Lossy WebP: a VP8 key frame (RFC 6386) decoded row of macroblocks by row, so that memory does not grow with height.
//
// Prediction uses pixels before the loop filter, so the filter runs one row of macroblocks behind. It reaches eight
// rows up into the row before, and interpolating chroma takes one row more: output is up to 25 rows behind. The planes
// therefore hold three rows of macroblocks: the one being decoded, the one being filtered and the one leaving.

import { alloc } from "./memory";
import { VP8_SLOT_BYTES, vp8Exhausted, vp8LoadPartition, vp8SavePartition } from "./webp-vp8-bits";
import { vp8FilterNormal, vp8FilterSimple } from "./webp-vp8-filter";
import { vp8Filtered, vp8Partitions, vp8ReadHeader, vp8SimpleFilter } from "./webp-vp8-header";
import { vp8Steps, vp8Strengths, vp8TokenPartitions } from "./webp-vp8-header";
import { VP8_RECORD_BYTES, VP8_RECORD_CHROMA, VP8_RECORD_SEGMENT, VP8_RECORD_SKIP } from "./webp-vp8-modes";
import { VP8_RECORD_SPLIT, VP8_RECORD_WHOLE, vp8ReadModes } from "./webp-vp8-modes";
import { vp8ConvertRow, vp8MovePlanesUp, vp8OpenPlanes } from "./webp-vp8-planes";
import { vp8UPlane, vp8UvStride, vp8VPlane, vp8YPlane, vp8YStride } from "./webp-vp8-planes";
import { vp8PredictSubblock, vp8PredictWhole } from "./webp-vp8-predict";
import { vp8Coefficients, vp8Filled, vp8ReadTokens, vp8ResetTokens, vp8SkipTokens } from "./webp-vp8-tokens";
import { vp8AddDc, vp8AddResidue } from "./webp-vp8-transform";

/** Rows that leave later than they were decoded. */
const DELAY = 9;
const MAX_BAND_ROWS = 16 + DELAY;
const FLAG_BYTES: usize = 16;
/** What stands for pixels that the file does not hold. */
const LOST: u8 = 128;

let width: i32 = 0;
let height: i32 = 0;
let columns: i32 = 0;
let rows: i32 = 0;
let row: i32 = 0;
let emitted: i32 = 0;
let decoded: i32 = 0;
let lost: bool = false;

let records: usize = 0;
let modesAbove: usize = 0;
let flagsAbove: usize = 0;
const flagsLeft = memory.data(16, 16);
/** Four bytes a macroblock, strength and whether inner edges are filtered: of the row being filtered, then decoded. */
let strengths: usize = 0;
let band: usize = 0;

/** Starts a frame of `size` bytes at `from`. False: nothing of it can be decoded. */
export function webpLossyOpen(from: usize, size: usize, w: i32, h: i32): bool {
  if (!vp8ReadHeader(from, from + size)) return false;
  width = w;
  height = h;
  columns = (w + 15) >> 4;
  rows = (h + 15) >> 4;
  row = 0;
  emitted = 0;
  decoded = 0;
  lost = false;
  vp8ResetTokens();
  vp8OpenPlanes(w, h, columns);
  allocate();
  return true;
}

/** Macroblocks decoded so far; what follows a gap in the data does not count. */
export function webpLossyDecoded(): i32 {
  return decoded;
}

/** Where the rows lie that `webpLossyRows` made, RGBA, alpha 255. */
export function webpLossyBand(): usize {
  return band;
}

/** Makes the next rows; gives how many, 0 after the last. */
export function webpLossyRows(): i32 {
  while (row <= rows) {
    if (row > 0) moveUp();
    if (row < rows) decodeRow();
    if (row > 0 && vp8Filtered) filterRow();
    const made = emit();
    row++;
    if (made > 0) return made;
  }
  return 0;
}

function allocate(): void {
  records = alloc(<usize>columns * VP8_RECORD_BYTES);
  modesAbove = alloc(<usize>columns * 4);
  flagsAbove = alloc(<usize>columns * FLAG_BYTES);
  strengths = alloc(<usize>columns * 8);
  band = alloc(<usize>width * 4 * MAX_BAND_ROWS + 64);
}

/** Makes room for a row of macroblocks. */
function moveUp(): void {
  vp8MovePlanesUp();
  memory.copy(strengths, strengths + 4 * columns, 4 * columns);
}

function decodeRow(): void {
  readModes();
  const slot = vp8Partitions + VP8_SLOT_BYTES * <usize>(1 + (row & (vp8TokenPartitions - 1)));
  vp8LoadPartition(slot);
  memory.fill(flagsLeft, 0, 16);
  for (let column = 0; column < columns; column++) decodeMacroblock(column);
  vp8SavePartition(slot);
  // The last macroblock has nothing above and to the right: its own last pixel stands in.
  const last = vp8YPlane + 47 * vp8YStride + 16 * columns;
  memory.fill(last, load<u8>(last - 1), 4);
}

function readModes(): void {
  if (lost) return;
  vp8LoadPartition(vp8Partitions);
  vp8ReadModes(records, modesAbove, columns);
  lost = vp8Exhausted();
  vp8SavePartition(vp8Partitions);
}

function decodeMacroblock(column: i32): void {
  const record = records + <usize>column * VP8_RECORD_BYTES;
  const any = !lost && readTokens(record, column);
  lost = lost || vp8Exhausted();
  const y = vp8YPlane + 32 * vp8YStride + 16 * column;
  const u = vp8UPlane + 16 * vp8UvStride + 8 * column;
  const v = vp8VPlane + 16 * vp8UvStride + 8 * column;
  if (lost) return lose(y, u, v, column);
  decoded++;
  storeStrength(record, column, any);
  if (load<u8>(record, VP8_RECORD_SPLIT)) {
    drawSubblocks(record, y, any);
  } else {
    vp8PredictWhole(load<u8>(record, VP8_RECORD_WHOLE), y, vp8YStride, 16, row > 0, column > 0);
    if (any) for (let block: usize = 0; block < 16; block++) addLuma(block, y);
  }
  drawChroma(record, u, 16, column, any);
  drawChroma(record, v, 20, column, any);
}

function readTokens(record: usize, column: i32): bool {
  const split = load<u8>(record, VP8_RECORD_SPLIT) != 0;
  const above = flagsAbove + <usize>column * FLAG_BYTES;
  if (load<u8>(record, VP8_RECORD_SKIP)) {
    vp8SkipTokens(split, above, flagsLeft);
    return false;
  }
  return vp8ReadTokens(split, vp8Steps + 24 * <usize>load<u8>(record, VP8_RECORD_SEGMENT), above, flagsLeft);
}

function storeStrength(record: usize, column: i32, any: bool): void {
  const split = <usize>load<u8>(record, VP8_RECORD_SPLIT);
  const strength = load<u32>(vp8Strengths + 8 * <usize>load<u8>(record, VP8_RECORD_SEGMENT) + 4 * split);
  const at = strengths + 4 * <usize>(columns + column);
  store<u32>(at, strength);
  store<u8>(at, <i32>(split != 0 || any), 3);
}

function lose(y: usize, u: usize, v: usize, column: i32): void {
  store<u32>(strengths + 4 * <usize>(columns + column), 0);
  for (let line: usize = 0; line < 16; line++) memory.fill(y + line * vp8YStride, LOST, 16);
  for (let line: usize = 0; line < 8; line++) {
    memory.fill(u + line * vp8UvStride, LOST, 8);
    memory.fill(v + line * vp8UvStride, LOST, 8);
  }
}

/** Subblocks of the right column all take what follows the pixels above the macroblock. */
function drawSubblocks(record: usize, y: usize, any: bool): void {
  const right = y - vp8YStride + 16;
  for (let block: usize = 0; block < 16; block++) {
    const to = y + (block >> 2) * 4 * vp8YStride + (block & 3) * 4;
    vp8PredictSubblock(load<u8>(record + block), to, vp8YStride, (block & 3) == 3 ? right : to - vp8YStride + 4);
    if (any) addLuma(block, y);
  }
}

function addLuma(block: usize, y: usize): void {
  addBlock(block, y + (block >> 2) * 4 * vp8YStride + (block & 3) * 4, vp8YStride);
}

function drawChroma(record: usize, plane: usize, first: usize, column: i32, any: bool): void {
  vp8PredictWhole(load<u8>(record, VP8_RECORD_CHROMA), plane, vp8UvStride, 8, row > 0, column > 0);
  if (!any) return;
  for (let block: usize = 0; block < 4; block++) {
    addBlock(first + block, plane + (block >> 1) * 4 * vp8UvStride + (block & 1) * 4, vp8UvStride);
  }
}

// @ts-ignore: decorator
@inline
function addBlock(block: usize, to: usize, stride: usize): void {
  const filled = load<u8>(vp8Filled + block);
  if (filled == 2) vp8AddResidue(vp8Coefficients + 32 * block, to, stride);
  else if (filled == 1) vp8AddDc(vp8Coefficients + 32 * block, to, stride);
}

/** Filters the row of macroblocks before the one being decoded. */
function filterRow(): void {
  for (let column = 0; column < columns; column++) {
    const strength = strengths + 4 * <usize>column;
    if (!load<u8>(strength)) continue;
    const inner = load<u8>(strength, 3) != 0;
    const y = vp8YPlane + 16 * vp8YStride + 16 * column;
    if (vp8SimpleFilter) {
      vp8FilterSimple(y, vp8YStride, strength, inner, column > 0, row > 1);
      continue;
    }
    const u = vp8UPlane + 8 * vp8UvStride + 8 * column;
    const v = vp8VPlane + 8 * vp8UvStride + 8 * column;
    vp8FilterNormal(y, u, v, vp8YStride, vp8UvStride, strength, inner, column > 0, row > 1);
  }
}

/** Converts the rows that nothing will change any more. */
function emit(): i32 {
  const ready = row < rows ? min(height, 16 * row - DELAY) : height;
  const made = max(0, ready - emitted);
  for (let index = 0; index < made; index++) {
    vp8ConvertRow(emitted + index, 16 * (row - 2), band + <usize>index * <usize>width * 4);
  }
  emitted += made;
  return made;
}

