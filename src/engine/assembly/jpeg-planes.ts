// From entropy-coded data to rows of samples: straight from the only scan of a sequential picture, or by way of a row of
// coefficients that several scans fill.
import { readArithmeticBand, readArithmeticBlock, readArithmeticDc } from "./jpeg-arithmetic";
import { arithmetic, block, Component, component, componentCount, mcusWide, progressive, rowAt } from "./jpeg-frame";
import { flat8, idct1, idct2, idct4, idct8, means } from "./jpeg-idct";
import { readAcFirst, readAcRefinement, readDcFirst, readDcRefinement, setSlots } from "./jpeg-progressive";
import { bandEnd, bandStart, beginMcus, endMcus, isDrained, refining, scanCount, scanMember, scansOpen, starved, switchScan } from "./jpeg-scan";
import { readBlock } from "./jpeg-sequential";

/** Samples of the block whose coefficients are at `from`, `rowBytes` a row. */
function show(plane: Component, from: usize, rowBytes: usize, to: usize): void {
  if (plane.size == 8) idct8(from, plane.quant, to, plane.stride);
  else if (plane.size == 4) idct4(from, rowBytes, plane.quant, to, plane.stride);
  else if (plane.size == 2) idct2(from, rowBytes, plane.quant, to, plane.stride);
  else store<u8>(to, idct1(from, plane.quant));
}

/** A block of one value. */
function fill(plane: Component, value: u8, to: usize): void {
  const stride = plane.stride;
  const word = <u64>value * 0x0101010101010101;
  for (let row = plane.size; row > 0; row--, to += stride) {
    if (plane.size == 8) store<u64>(to, word);
    else if (plane.size == 4) store<u32>(to, <u32>word);
    else if (plane.size == 2) store<u16>(to, <u16>word);
    else store<u8>(to, value);
  }
}

/** Bytes that a sequential block, a band of it, or a DC value take at most. */
const BLOCK_BYTES: i32 = 256;
const DC_BYTES: i32 = 4;

/** The row of MCUs `row` of the only scan, as samples in the rings. */
export function streamRow(row: i32): void {
  for (let column = 0; column < mcusWide; ) {
    const end = column + beginMcus(mcusWide - column, scanBlocks() * BLOCK_BYTES);
    for (; column < end; column++) streamMcu(row, column);
    if (!starved) endMcus();
  }
}

/** Blocks of an MCU. */
function scanBlocks(): i32 {
  let blocks = 0;
  for (let i = 0; i < scanCount; i++) blocks += scanMember(i).across * scanMember(i).down;
  return blocks;
}

function streamMcu(row: i32, column: i32): void {
  for (let i = 0; i < scanCount; i++) {
    const member = scanMember(i);
    for (let y = 0; y < member.down; y++) {
      const line = rowAt(member, (row * member.down + y) * member.size);
      for (let x = 0; x < member.across; x++) {
        streamBlock(member, line + (column * member.across + x) * member.size);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function streamBlock(plane: Component, to: usize): void {
  if (starved) fill(plane, 128, to);
  else if (arithmetic) {
    readArithmeticBlock(plane);
    show(plane, block, 16, to);
  }
  else if (readBlock(plane)) show(plane, block, 16, to);
  else fill(plane, plane.size == 8 ? flat8(block, plane.quant) : idct1(block, plane.quant), to);
}

/** The row of MCUs `row` of several scans, as samples in the rings. */
export function mergeRow(row: i32): void {
  for (let i = 0; i < componentCount; i++) clearRow(component(i));
  for (let i = 0; i < scansOpen; i++) {
    switchScan(i);
    setSlots(scanMember(0).size);
    if (scanCount == 1) storeLines(scanMember(0), row);
    else storeLine(0, mcusWide, scanBlocks());
  }
  for (let i = 0; i < componentCount; i++) showRow(component(i), row);
}

function clearRow(plane: Component): void {
  const blocks = <usize>(plane.down * plane.rowBlocks);
  memory.fill(plane.coefficients, 0, blocks * <usize>(plane.size * plane.size * 2));
  if (plane.nonzero) memory.fill(plane.nonzero, 0, blocks * 8);
}

/** A scan of one component is not made of MCUs: it has as many blocks as the picture needs. */
function storeLines(plane: Component, row: i32): void {
  const lines = min(plane.down, plane.blocksHigh - row * plane.down);
  for (let y = 0; y < lines; y++) storeLine(y, plane.blocksWide, 1);
}

/** `columns` MCUs of `blocks` blocks each, or blocks of the line `line` of a single component. */
function storeLine(line: i32, columns: i32, blocks: i32): void {
  if (isDrained()) return;
  const bytes = blocks * (progressive && bandEnd == 0 ? DC_BYTES : BLOCK_BYTES);
  for (let column = 0; column < columns; ) {
    const count = beginMcus(columns - column, bytes);
    if (!starved) {
      storeRun(line, column, count);
      endMcus();
    }
    column += count;
  }
}

function storeRun(line: i32, column: i32, count: i32): void {
  const plane = scanMember(0);
  const first = line * plane.rowBlocks + column;
  if (!progressive || arithmetic) {
    for (let i = 0; i < count; i++) {
      if (scanCount == 1) storeBlock(plane, first + i);
      else for (let m = 0; m < scanCount; m++) storeMember(scanMember(m), column + i);
    }
  } else if (bandStart == 0) {
    if (refining) readDcRefinement(line, column, count);
    else readDcFirst(line, column, count);
  } else {
    const at = plane.coefficients + <usize>(first * plane.size * plane.size * 2);
    const nonzero = plane.nonzero + (<usize>first << 3);
    if (refining) readAcRefinement(plane, at, nonzero, count);
    else readAcFirst(plane, at, nonzero, count);
  }
}

function storeMember(plane: Component, column: i32): void {
  for (let y = 0; y < plane.down; y++) {
    const first = y * plane.rowBlocks + column * plane.across;
    for (let x = 0; x < plane.across; x++) storeBlock(plane, first + x);
  }
}

function storeBlock(plane: Component, index: i32): void {
  const at = plane.coefficients + <usize>(index * plane.size * plane.size) * 2;
  if (!progressive) {
    if (arithmetic) readArithmeticBlock(plane);
    else readBlock(plane);
    keep(plane.size, at);
  } else if (bandStart == 0) readArithmeticDc(plane, at, refining);
  else readArithmeticBand(plane, at, plane.nonzero + (<usize>index << 3), refining);
}

/** Copies the lowest `size` × `size` coefficients of `block`: as in libjpeg, a scan that comes again sets no AC to 0. */
function keep(size: i32, to: usize): void {
  store<i16>(to, load<i16>(block));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, to += 2) {
      const value = load<i16>(block + <usize>((row << 4) | (column << 1)));
      if (value) store<i16>(to, value);
    }
  }
}

function showRow(plane: Component, row: i32): void {
  const rowBytes = <usize>plane.size * 2;
  let from = plane.coefficients;
  for (let y = 0; y < plane.down; y++) {
    let to = rowAt(plane, (row * plane.down + y) * plane.size);
    if (plane.size == 1) {
      means(from, plane.quant, to, plane.rowBlocks);
      from += <usize>plane.rowBlocks * 2;
      continue;
    }
    for (let x = 0; x < plane.rowBlocks; x++) {
      show(plane, from, rowBytes, to);
      from += rowBytes * <usize>plane.size;
      to += plane.size;
    }
  }
}
