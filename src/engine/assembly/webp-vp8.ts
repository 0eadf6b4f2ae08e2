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
import { vp8PredictSubblock, vp8PredictWhole } from "./webp-vp8-predict";
import { vp8Coefficients, vp8Filled, vp8ReadTokens, vp8ResetTokens, vp8SkipTokens } from "./webp-vp8-tokens";
import { vp8AddDc, vp8AddResidue } from "./webp-vp8-transform";
import { yuvToRgba } from "./webp-yuv";

/** Bytes beside each row of a plane: borders, and room for what is read and written sixteen bytes at a time. */
const MARGIN: usize = 16;
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

let yStride: usize = 0;
let uvStride: usize = 0;
/** First pixel of the oldest row in the planes. */
let yPlane: usize = 0;
let uPlane: usize = 0;
let vPlane: usize = 0;
let records: usize = 0;
let modesAbove: usize = 0;
let flagsAbove: usize = 0;
const flagsLeft = memory.data(16, 16);
/** Four bytes a macroblock: strength, then whether inner edges are filtered; of the row being filtered, then decoded. */
let strengths: usize = 0;
let chromaRows: usize = 0;
let chromaRowBytes: usize = 0;
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
  allocate();
  drawBorders();
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
  yStride = 16 * <usize>columns + 2 * MARGIN;
  uvStride = 8 * <usize>columns + 2 * MARGIN;
  yPlane = alloc(48 * yStride + 2 * MARGIN) + MARGIN;
  uPlane = alloc(24 * uvStride + 2 * MARGIN) + MARGIN;
  vPlane = alloc(24 * uvStride + 2 * MARGIN) + MARGIN;
  records = alloc(<usize>columns * VP8_RECORD_BYTES);
  modesAbove = alloc(<usize>columns * 4);
  flagsAbove = alloc(<usize>columns * FLAG_BYTES);
  strengths = alloc(<usize>columns * 8);
  chromaRowBytes = <usize>((width + 1) >> 1) + 2 * MARGIN;
  chromaRows = alloc(4 * chromaRowBytes + MARGIN);
  band = alloc(<usize>width * 4 * MAX_BAND_ROWS + 64);
}

/** RFC 6386 §12.2: 127 above the picture, corner and what lies right of it included; 129 to the left. */
function drawBorders(): void {
  memory.fill(yPlane - MARGIN, 127, 32 * yStride);
  memory.fill(uPlane - MARGIN, 127, 16 * uvStride);
  memory.fill(vPlane - MARGIN, 127, 16 * uvStride);
  for (let y: usize = 32; y < 48; y++) store<u8>(yPlane + y * yStride - 1, 129);
  for (let y: usize = 16; y < 24; y++) store<u8>(uPlane + y * uvStride - 1, 129);
  for (let y: usize = 16; y < 24; y++) store<u8>(vPlane + y * uvStride - 1, 129);
}

/** Makes room for a row of macroblocks. The left border of the newest row stays where it is. */
function moveUp(): void {
  memory.copy(yPlane - MARGIN, yPlane + 16 * yStride - MARGIN, 32 * yStride);
  memory.copy(uPlane - MARGIN, uPlane + 8 * uvStride - MARGIN, 16 * uvStride);
  memory.copy(vPlane - MARGIN, vPlane + 8 * uvStride - MARGIN, 16 * uvStride);
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
  const last = yPlane + 47 * yStride + 16 * columns;
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
  const y = yPlane + 32 * yStride + 16 * column;
  const u = uPlane + 16 * uvStride + 8 * column;
  const v = vPlane + 16 * uvStride + 8 * column;
  if (lost) return lose(y, u, v, column);
  decoded++;
  storeStrength(record, column, any);
  if (load<u8>(record, VP8_RECORD_SPLIT)) {
    drawSubblocks(record, y, any);
  } else {
    vp8PredictWhole(load<u8>(record, VP8_RECORD_WHOLE), y, yStride, 16, row > 0, column > 0);
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
  for (let line: usize = 0; line < 16; line++) memory.fill(y + line * yStride, LOST, 16);
  for (let line: usize = 0; line < 8; line++) {
    memory.fill(u + line * uvStride, LOST, 8);
    memory.fill(v + line * uvStride, LOST, 8);
  }
}

/** Subblocks of the right column all take what follows the pixels above the macroblock. */
function drawSubblocks(record: usize, y: usize, any: bool): void {
  const right = y - yStride + 16;
  for (let block: usize = 0; block < 16; block++) {
    const to = y + (block >> 2) * 4 * yStride + (block & 3) * 4;
    vp8PredictSubblock(load<u8>(record + block), to, yStride, (block & 3) == 3 ? right : to - yStride + 4);
    if (any) addLuma(block, y);
  }
}

function addLuma(block: usize, y: usize): void {
  addBlock(block, y + (block >> 2) * 4 * yStride + (block & 3) * 4, yStride);
}

function drawChroma(record: usize, plane: usize, first: usize, column: i32, any: bool): void {
  vp8PredictWhole(load<u8>(record, VP8_RECORD_CHROMA), plane, uvStride, 8, row > 0, column > 0);
  if (!any) return;
  for (let block: usize = 0; block < 4; block++) {
    addBlock(first + block, plane + (block >> 1) * 4 * uvStride + (block & 1) * 4, uvStride);
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
    const y = yPlane + 16 * yStride + 16 * column;
    if (vp8SimpleFilter) {
      vp8FilterSimple(y, yStride, strength, inner, column > 0, row > 1);
      continue;
    }
    const u = uPlane + 8 * uvStride + 8 * column;
    const v = vPlane + 8 * uvStride + 8 * column;
    vp8FilterNormal(y, u, v, yStride, uvStride, strength, inner, column > 0, row > 1);
  }
}

/** Converts the rows that nothing will change any more. */
function emit(): i32 {
  const ready = row < rows ? min(height, 16 * row - DELAY) : height;
  const made = max(0, ready - emitted);
  const first = 16 * (row - 2);
  for (let index = 0; index < made; index++) {
    const y = emitted + index;
    convertRow(yPlane + <usize>(y - first) * yStride, y, 8 * (row - 2), band + <usize>index * <usize>width * 4);
  }
  emitted += made;
  return made;
}

function convertRow(y: usize, line: i32, firstChroma: i32, to: usize): void {
  const last = ((height + 1) >> 1) - 1;
  const near = line >> 1;
  const far = min(max(line & 1 ? near + 1 : near - 1, 0), last);
  const u0 = padChroma(uPlane + <usize>(near - firstChroma) * uvStride, 0);
  const v0 = padChroma(vPlane + <usize>(near - firstChroma) * uvStride, 1);
  const u1 = padChroma(uPlane + <usize>(far - firstChroma) * uvStride, 2);
  const v1 = padChroma(vPlane + <usize>(far - firstChroma) * uvStride, 3);
  yuvToRgba(y, u0, v0, u1, v1, width, to);
}

/** A copy of a row of chroma with its ends repeated, for the interpolation. */
function padChroma(from: usize, index: usize): usize {
  const at = chromaRows + index * chromaRowBytes + MARGIN;
  const samples = <usize>((width + 1) >> 1);
  memory.copy(at, from, samples);
  store<u8>(at - 1, load<u8>(from));
  store<u8>(at + samples, load<u8>(from + samples - 1));
  return at;
}
