// From entropy-coded data to rows of samples: straight from the only scan of a sequential picture, or by way of a row of
// coefficients that several scans fill.
import { readArithmeticBand, readArithmeticBlock, readArithmeticDc } from "./jpeg-arithmetic";
import { arithmetic, block, Component, component, componentCount, mcusWide, merged, progressive, rowAt } from "./jpeg-frame";
import { means } from "./jpeg-idct-scaled";
import { addPlaces, clearPlaces, listCoefficients, Place, PLACE_BYTES, places, placesEnd } from "./jpeg-places";
import { readAcFirst, readAcRefinement, readDcFirst, readDcRefinement, setSlots } from "./jpeg-progressive";
import { bandEnd, bandStart, beginMcus, endMcus, isDrained, refining, scanCount, scanMember, scansOpen, starved, switchScan } from "./jpeg-scan";
import { readMcus } from "./jpeg-sequential";
import { fill, keep, show } from "./jpeg-show";

/** Bytes that a sequential block, a band of it, or a DC value take at most. */
const BLOCK_BYTES: i32 = 256;
const DC_BYTES: i32 = 4;

/** Rows of MCUs decoded so far. */
export let mcuRow: i32 = 0;

/** Decodes one more row of MCUs; its samples are in the rings. */
export function jpegRow(): void {
  if (merged) mergeRow(mcuRow);
  else streamRow(mcuRow);
  mcuRow++;
}

/** The row of MCUs `row` of the only scan, as samples in the rings. */
function streamRow(row: i32): void {
  const bytes = scanBlocks() * BLOCK_BYTES;
  listSamples(row);
  for (let column = 0; column < mcusWide; ) {
    const count = beginMcus(mcusWide - column, bytes);
    if (starved) fillMcus(count);
    else if (arithmetic) readArithmeticMcus(count);
    else readMcus(count, false);
    if (!starved) endMcus();
    column += count;
  }
}

/** Lists the samples of the first MCU in the row `row`. */
function listSamples(row: i32): void {
  clearPlaces();
  for (let i = 0; i < scanCount; i++) {
    const plane = scanMember(i);
    for (let y = 0; y < plane.down; y++) {
      addPlaces(plane, rowAt(plane, (row * plane.down + y) * plane.size), plane.across, plane.size);
    }
  }
}

/** Gray, where data is missing. */
function fillMcus(count: i32): void {
  for (let here = places; here < placesEnd; here += PLACE_BYTES) {
    const place = changetype<Place>(here);
    for (let i = 0; i < count; i++, place.to += place.step) fill(changetype<Component>(place.plane), 128, place.to);
  }
}

function readArithmeticMcus(count: i32): void {
  for (; count > 0; count--) {
    for (let here = places; here < placesEnd; here += PLACE_BYTES) {
      const place = changetype<Place>(here);
      const plane = changetype<Component>(place.plane);
      readArithmeticBlock(plane);
      show(plane, block, 16, 64, place.to);
      place.to += place.step;
    }
  }
}

/** Blocks of an MCU. */
function scanBlocks(): i32 {
  let blocks = 0;
  for (let i = 0; i < scanCount; i++) blocks += scanMember(i).across * scanMember(i).down;
  return blocks;
}

/** The row of MCUs `row` of several scans, as samples in the rings. */
function mergeRow(row: i32): void {
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
  if (!progressive || bandStart == 0) {
    listCoefficients(line, column);
    if (arithmetic) storeArithmeticMcus(count);
    else if (!progressive) readMcus(count, true);
    else if (refining) readDcRefinement(count);
    else readDcFirst(count);
    return;
  }
  const plane = scanMember(0);
  const first = line * plane.rowBlocks + column;
  const at = plane.coefficients + <usize>(first * plane.size * plane.size * 2);
  const nonzero = plane.nonzero + (<usize>first << 3);
  if (arithmetic) storeArithmeticBand(plane, at, nonzero, count);
  else if (refining) readAcRefinement(plane, at, nonzero, count);
  else readAcFirst(plane, at, nonzero, count);
}

function storeArithmeticMcus(count: i32): void {
  for (; count > 0; count--) {
    for (let here = places; here < placesEnd; here += PLACE_BYTES) {
      const place = changetype<Place>(here);
      const plane = changetype<Component>(place.plane);
      if (progressive) readArithmeticDc(plane, place.to, refining);
      else {
        readArithmeticBlock(plane);
        keep(plane.size, place.to);
      }
      place.to += place.step;
    }
  }
}

function storeArithmeticBand(plane: Component, at: usize, nonzero: usize, count: i32): void {
  for (; count > 0; count--, at += <usize>(plane.size * plane.size * 2), nonzero += 8) {
    readArithmeticBand(plane, at, nonzero, refining);
  }
}

/** A row of MCUs of coefficients as samples. */
function showRow(plane: Component, row: i32): void {
  const rowBytes = <usize>plane.size * 2;
  let from = plane.coefficients;
  let nonzero = plane.nonzero;
  for (let y = 0; y < plane.down; y++) {
    let to = rowAt(plane, (row * plane.down + y) * plane.size);
    if (plane.size == 1) {
      means(from, plane.quant, to, plane.rowBlocks);
      from += <usize>plane.rowBlocks * 2;
      continue;
    }
    for (let x = 0; x < plane.rowBlocks; x++) {
      show(plane, from, rowBytes, nonzero ? endOf(plane, from, nonzero) : 64, to);
      if (nonzero) nonzero += 8;
      from += rowBytes * <usize>plane.size;
      to += plane.size;
    }
  }
}

/** Index after the last coefficient that may not be 0; a first one beyond its range, as in damaged files, is not alone. */
// @ts-ignore: decorator
@inline
function endOf(plane: Component, from: usize, nonzero: usize): i32 {
  const map = load<u64>(nonzero);
  if (map) return 64 - <i32>clz(map);
  return abs(<i32>load<i16>(from) * <i32>load<u16>(plane.quant)) < 8192 ? 1 : 64;
}
