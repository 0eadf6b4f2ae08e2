// Blocks of arithmetic-coded scans (T.81 annex D, F.2.4, G.2.3). One byte of memory an adaptive bin: bit 7 the more
// probable symbol, the rest an index into the table of probabilities.
import { nextByte } from "./jpeg-bits";
import { block, clearBlock, Component, zigzag } from "./jpeg-frame";
import { conditioningOf, statisticsOf } from "./jpeg-huffman";
import { DROPPED, slots } from "./jpeg-progressive";
import { bandEnd, bandStart, bitPosition } from "./jpeg-scan";

/** T.81 table D.3: probability << 16 | index after the more probable << 8 | switch << 7 | index after the less. */
const states: usize = memory.data<u32>([
  0x5a1d0181, 0x2586020e, 0x11140310, 0x080b0412, 0x03d80514, 0x01da0617, 0x00e50719, 0x006f081c, 0x0036091e,
  0x001a0a21, 0x000d0b23, 0x00060c09, 0x00030d0a, 0x00010d0c, 0x5a7f0f8f, 0x3f251024, 0x2cf21126, 0x207c1227,
  0x17b91328, 0x1182142a, 0x0cef152b, 0x09a1162d, 0x072f172e, 0x055c1830, 0x04061931, 0x03031a33, 0x02401b34,
  0x01b11c36, 0x01441d38, 0x00f51e39, 0x00b71f3b, 0x008a203c, 0x0068213e, 0x004e223f, 0x003b2320, 0x002c0921,
  0x5ae125a5, 0x484c2640, 0x3a0d2741, 0x2ef12843, 0x261f2944, 0x1f332a45, 0x19a82b46, 0x15182c48, 0x11772d49,
  0x0e742e4a, 0x0bfb2f4b, 0x09f8304d, 0x0861314e, 0x0706324f, 0x05cd3330, 0x04de3432, 0x040f3532, 0x03633633,
  0x02d43734, 0x025c3835, 0x01f83936, 0x01a43a37, 0x01603b38, 0x01253c39, 0x00f63d3a, 0x00cb3e3b, 0x00ab3f3d,
  0x008f203d, 0x5b1241c1, 0x4d044250, 0x412c4351, 0x37d84452, 0x2fe84553, 0x293c4654, 0x23794756, 0x1edf4857,
  0x1aa94957, 0x174e4a48, 0x14244b48, 0x119c4c4a, 0x0f6b4d4a, 0x0d514e4b, 0x0bb64f4d, 0x0a40304d, 0x583251d0,
  0x4d1c5258, 0x438e5359, 0x3bdd545a, 0x34ee555b, 0x2eae565c, 0x299a575d, 0x25164756, 0x557059d8, 0x4ca95a5f,
  0x44d95b60, 0x3e225c61, 0x38245d63, 0x32b45e63, 0x2e17565d, 0x56a860df, 0x4f466165, 0x47e56266, 0x41cf6367,
  0x3c3d6468, 0x375e5d63, 0x52316669, 0x4c0f676a, 0x4639686b, 0x415e6367, 0x56276ae9, 0x50e76b6c, 0x4b85676d,
  0x55976d6e, 0x504f6b6f, 0x5a106fee, 0x55226d70, 0x59eb6ff0, 0x5a1d7171,
]);
/** A bin that does not adapt: both symbols equally probable. */
const evenBin: usize = memory.data<u8>([113]);

let code: i32 = 0;
let interval: i32 = 0;
/** Bits of `code` below the interval; −16 until the first two bytes are read. */
let shift: i32 = 0;
/** Set after an impossible value: the rest of the restart interval stays 0. */
let failed: bool = false;

/** Begins a scan or restart interval. */
export function startArithmetic(): void {
  code = interval = 0;
  shift = -16;
  failed = false;
}

/** A decoder that is set aside while others read. */
@unmanaged
export class ArithmeticState {
  code: i32;
  interval: i32;
  shift: i32;
  failed: bool;
}

export function resumeArithmetic(state: ArithmeticState): void {
  code = state.code;
  interval = state.interval;
  shift = state.shift;
  failed = state.failed;
}

export function suspendArithmetic(state: ArithmeticState): void {
  state.code = code;
  state.interval = interval;
  state.shift = shift;
  state.failed = failed;
}

/** The next symbol of the bin at `bin` (T.81 §D.2). */
function decide(bin: usize): i32 {
  while (interval < 0x8000) {
    if (--shift < 0) {
      code = (code << 8) | nextByte();
      shift += 8;
      if (shift < 0 && ++shift == 0) interval = 0x8000;
    }
    interval <<= 1;
  }
  const bits = <i32>load<u8>(bin);
  const state = load<u32>(states + (<usize>(bits & 127) << 2));
  const probability = <i32>(state >> 16);
  const sense = bits & 128;
  interval -= probability;
  const bound = interval << shift;
  let lessProbable = false;
  if (code >= bound) {
    code -= bound;
    lessProbable = interval >= probability;
    interval = probability;
  } else if (interval >= 0x8000) return sense >> 7;
  else lessProbable = interval < probability;
  store<u8>(bin, <u8>(sense ^ <i32>(lessProbable ? state & 255 : (state >> 8) & 255)));
  return (lessProbable ? sense ^ 128 : sense) >> 7;
}

/** A magnitude from its category (T.81 figures F.23, F.24): `category` bits are counted up in bins from `bin` on. */
function magnitude(first: i32, bin: usize, sign: i32): i32 {
  let size = first;
  while (first && decide(bin)) {
    size <<= 1;
    if (size == 0x8000) {
      failed = true;
      return 0;
    }
    bin++;
  }
  return signed(size, bin, sign);
}

function signed(size: i32, bin: usize, sign: i32): i32 {
  let value = size;
  for (let bit = size >> 1; bit; bit >>= 1) if (decide(bin + 14)) value |= bit;
  return sign ? -value - 1 : value + 1;
}

/** Adds the next DC difference to the predictor. The context of a component follows from its last difference. */
function readDifference(plane: Component): void {
  const bins = statisticsOf(plane.dc);
  const bin = bins + plane.context;
  plane.context = 0;
  if (!decide(bin)) return;
  const sign = decide(bin + 1);
  const large = decide(bin + 2 + sign);
  const difference = magnitude(large, large ? bins + 20 : bin + 2 + sign, sign);
  if (failed) return;
  const size = highestBit(abs(difference) - 1);
  const bounds = conditioningOf(plane.dc);
  if (size >= (1 << (bounds & 15)) >> 1) plane.context = (size > (1 << (bounds >> 4)) >> 1 ? 12 : 4) + sign * 4;
  plane.predictor += difference;
}

function highestBit(value: i32): i32 {
  return value ? 1 << (31 - clz(value)) : 0;
}

/** The value of coefficient `index`, which is not 0. */
function readValue(table: usize, bin: usize, index: i32): i32 {
  const sign = decide(evenBin);
  if (!decide(bin)) return signed(0, bin, sign);
  if (!decide(bin)) return signed(1, bin, sign);
  return magnitude(2, statisticsOf(table) + (index <= conditioningOf(table) ? 189 : 217), sign);
}

/** A sequential block into `block`, row by row. */
export function readArithmeticBlock(plane: Component): void {
  clearBlock();
  if (failed) return;
  readDifference(plane);
  store<i16>(block, <i16>plane.predictor);
  for (let index = 1; index < 64 && !failed; index++) {
    let bin = statisticsOf(plane.ac) + 3 * (index - 1);
    if (decide(bin)) return;
    for (; !decide(bin + 1); bin += 3) {
      if (++index < 64) continue;
      failed = true;
      return;
    }
    const value = readValue(plane.ac, bin + 2, index);
    if (!failed) store<i16>(block + load<u8>(zigzag + index), <i16>value);
  }
}

export function readArithmeticDc(plane: Component, at: usize, refining: bool): void {
  if (failed) return;
  if (!refining) {
    readDifference(plane);
    store<i16>(at, <i16>(plane.predictor << bitPosition));
  } else if (decide(evenBin)) store<i16>(at, <i16>(<i32>load<i16>(at) | (1 << bitPosition)));
}

/** One band of a block, first pass or refinement; `nonzero` as in jpeg-progressive. */
export function readArithmeticBand(plane: Component, at: usize, nonzero: usize, refining: bool): void {
  if (failed) return;
  let map = load<u64>(nonzero);
  const known = map & ((<u64>2 << bandEnd) - 1);
  const lastKnown = refining && known ? 63 - <i32>clz(known) : 0;
  for (let index = bandStart; index <= bandEnd && !failed; index++) {
    let bin = statisticsOf(plane.ac) + 3 * (index - 1);
    if (index > lastKnown && decide(bin)) break;
    while (!((known >> index) & 1 && refining) && !decide(bin + 1)) {
      bin += 3;
      if (++index <= bandEnd) continue;
      failed = true;
      break;
    }
    if (failed) break;
    if (refining && (known >> index) & 1) {
      if (decide(bin + 2)) grow(at, index);
      continue;
    }
    let value = 0;
    if (refining) value = decide(evenBin) ? -1 : 1;
    else value = readValue(plane.ac, bin + 2, index);
    if (failed) break;
    const slot = <i32>load<u8>(slots + index);
    if (slot != DROPPED) store<i16>(at + slot, <i16>(value << bitPosition));
    map |= <u64>1 << index;
  }
  store<u64>(nonzero, map);
}

/** One more bit of a coefficient, away from 0. */
function grow(at: usize, index: i32): void {
  const slot = <i32>load<u8>(slots + index);
  if (slot == DROPPED) return;
  const value = <i32>load<i16>(at + slot);
  store<i16>(at + slot, <i16>(value + (value < 0 ? -1 : 1) * (1 << bitPosition)));
}
