// Filtered rows to RGBA. One configuration serves a whole picture; Adam7 passes change only the row length.
import { alloc } from "./memory";
import { PNG_RGBA, pngPixelsOf, pngSetPixels, pngUnpack } from "./png-pixels";
import { pngUnfilterPair, pngUnfilterRow } from "./png-unfilter";

/** Bytes beyond a row that the kernels may touch. */
const SLACK: usize = 32;
const PAETH: u32 = 4;

let kind: i32 = 0;
let depth: u32 = 8;
let step: usize = 1;
/** Three rows that take turns, a fourth that stays zero, and one for the pixels of a pass. */
let slots: usize = 0;
let slotBytes: usize = 0;
let turn: usize = 0;
let prior: usize = 0;

/**
 * `type` is 0 for whatever goes through the table of colours, else PNG's colour type, with 1 for gray of 16 bits.
 * `rowBytes` are those of the longest row, `pixelBytes` of a whole pixel and at least 1.
 * @returns the address of 256 colours of four bytes, then of the transparent colour as its bytes stand in a row
 */
export function pngConfigure(type: i32, bits: u32, width: usize, rowBytes: usize, pixelBytes: usize, keyed: bool): usize {
  kind = type;
  depth = bits;
  step = pixelBytes;
  slotBytes = (rowBytes + SLACK + 15) & ~15;
  slots = alloc(slotBytes * 4 + width * 4 + SLACK);
  pngFirstRow();
  return pngSetPixels(keyed);
}

/** The next row has none above it. */
export function pngFirstRow(): void {
  prior = slots + slotBytes * 3;
}

/**
 * Undoes `count` rows of `bytes` bytes, each behind its filter byte, and writes `width` RGBA pixels a row to `dst`.
 * @returns the rows written: fewer where a filter does not exist
 */
export function pngRows(src: usize, count: i32, bytes: usize, width: usize, dst: usize): i32 {
  if (kind == PNG_RGBA && depth == 8) return plainRows(src, count, bytes, dst);
  let row = 0;
  while (row < count) {
    const first = nextSlot();
    const second = nextSlot();
    const taken = unfilter(src, first, second, count - row, bytes);
    if (!taken) break;
    pngPixelsOf(kind, depth, first, width, dst);
    if (taken == 2) pngPixelsOf(kind, depth, second, width, dst + width * 4);
    src += (bytes + 1) * taken;
    dst += width * 4 * taken;
    row += taken;
  }
  return row;
}

/** What is stored as RGBA is undone where it is wanted. */
function plainRows(src: usize, count: i32, bytes: usize, dst: usize): i32 {
  let row = 0;
  while (row < count) {
    const taken = unfilter(src, dst, dst + bytes, count - row, bytes);
    if (!taken) break;
    src += (bytes + 1) * taken;
    dst += bytes * taken;
    row += taken;
  }
  // The rows written belong to whoever reads them: the next ones need an untouched copy of the last.
  if (row) memory.copy(slots, prior, bytes);
  if (row) prior = slots;
  return row;
}

/**
 * Undoes `count` rows of one Adam7 pass and scatters their pixels into a frame: the first of row 0 to `dst`, the next
 * ones `across` bytes apart, rows `down` bytes apart.
 */
export function pngPassRows(src: usize, count: i32, bytes: usize, width: usize, dst: usize, across: usize, down: usize): i32 {
  let row = 0;
  for (; row < count; row++) {
    const slot = nextSlot();
    if (!pngUnfilterRow(load<u8>(src), src + 1, slot, prior, bytes, step)) break;
    prior = slot;
    scatter(slot, width, dst, across);
    src += bytes + 1;
    dst += down;
  }
  return row;
}

/**
 * Fills a row of a pass that never came: every pixel becomes like the one of an earlier pass that stands `back` bytes
 * before it and would have shown in its place.
 */
export function pngSpreadRow(dst: usize, width: usize, across: usize, back: usize): void {
  const bytes = pngFramePixel();
  for (let x: usize = 0; x < width; x++) memory.copy(dst + x * across, dst + x * across - back, bytes);
}

/** Bytes of a frame's pixel: as stored, but at least one, and RGBA for what has 16 bits. */
export function pngFramePixel(): usize {
  return depth == 16 ? 4 : step;
}

/** `count` rows of a frame, written as RGBA. */
export function pngFrameRows(src: usize, count: i32, width: usize, dst: usize): void {
  const frameKind = depth == 16 ? PNG_RGBA : kind;
  for (let row = 0; row < count; row++) {
    pngPixelsOf(frameKind, 8, src, width, dst);
    src += width * pngFramePixel();
    dst += width * 4;
  }
}

/** Undoes one row, or two where both use Paeth. */
function unfilter(src: usize, first: usize, second: usize, left: i32, bytes: usize): i32 {
  const filter = <u32>load<u8>(src);
  const lower = src + bytes + 1;
  if (filter == PAETH && left > 1 && step <= 4 && load<u8>(lower) == PAETH) {
    pngUnfilterPair(src + 1, first, lower + 1, second, prior, bytes, step);
    prior = second;
    return 2;
  }
  if (!pngUnfilterRow(filter, src + 1, first, prior, bytes, step)) return 0;
  prior = first;
  return 1;
}

/** A row that is neither the prior one nor the one before it was given. */
function nextSlot(): usize {
  do turn = turn == 2 ? 0 : turn + 1;
  while (slots + turn * slotBytes == prior);
  return slots + turn * slotBytes;
}

function scatter(row: usize, width: usize, dst: usize, across: usize): void {
  const pixels = slots + slotBytes * 4;
  if (depth == 16) pngPixelsOf(kind, depth, row, width, pixels);
  else if (depth < 8) pngUnpack(depth, row, width, pixels);
  const from = depth == 8 ? row : pixels;
  const bytes = pngFramePixel();
  for (let x: usize = 0; x < width; x++) memory.copy(dst + x * across, from + x * bytes, bytes);
}
