// Coefficients of a macroblock (RFC 6386 §13).

import { vp8KeepState, vp8Range, vp8Refill, vp8Spare, vp8Window } from "./webp-vp8-bits";
import { vp8Probabilities } from "./webp-vp8-header";
import { VP8_ZIGZAG } from "./webp-vp8-tables";
import { vp8InverseWht } from "./webp-vp8-transform";

const TYPE_BYTES: usize = 17 * 33;
const POSITION_BYTES: usize = 33;
const CONTEXT_BYTES: usize = 11;

// Types of blocks (RFC 6386 §13.3).
const Y_AFTER_Y2: usize = 0;
const Y2: usize = 1;
const CHROMA: usize = 2;
const Y_WITH_DC: usize = 3;

/**
 * The tree of tokens (RFC 6386 §13.2): pairs by node; a node's index into the probabilities is half its own.
 * Leaves: END, ZERO, ONE, then two, three, four and the six categories.
 */
const TREE = memory.data<i8>([-12, 2, -1, 4, -2, 6, 8, 12, -3, 10, -4, -5, 14, 16, -6, -7, 18, 20, -8, -9, -10, -11]);
const AT_END = 0;
const AT_ZERO = 2;
const ZERO = -1;
const ONE = -2;
const END = -12;

/** From ONE on: what a token's magnitude is at least. */
const BASES = memory.data<u8>([1, 2, 3, 4, 5, 7, 11, 19, 35, 67]);
/** From ONE on: probabilities of its extra bits and of the sign, sixteen bytes each, ended by 0. */
const EXTRAS = memory.data<u8>([
  128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  159, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  165, 145, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  173, 148, 140, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  176, 155, 140, 135, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  180, 157, 141, 134, 130, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129, 128, 0, 0, 0, 0,
]);

/** 24 blocks of sixteen coefficients, already multiplied by their steps: sixteen Y, four U, four V; then Y2. */
export const vp8Coefficients = memory.data(25 * 32, 16);
/** One byte a block: 0 nothing, 1 only the DC, 2 more. */
export const vp8Filled = memory.data(24, 8);

const Y2_BLOCK: usize = vp8Coefficients + 24 * 32;

/**
 * Reads all blocks. `above` and `left` are nine flags each: 4 Y, 2 U, 2 V, Y2: did the nearest block hold anything?
 * `steps`: the segment's six. Gives false when nothing but zeros came.
 */
export function vp8ReadTokens(split: bool, steps: usize, above: usize, left: usize): bool {
  let type = Y_WITH_DC;
  let first = 0;
  if (!split) {
    readY2(steps, above + 8, left + 8);
    type = Y_AFTER_Y2;
    first = 1;
  }
  let any = readPlane(0, 4, type, first, steps, above, left);
  any |= readPlane(16, 2, CHROMA, 0, steps + 16, above + 4, left + 4);
  any |= readPlane(20, 2, CHROMA, 0, steps + 16, above + 6, left + 6);
  return any != 0;
}

/** Empties the blocks: a frame that was cut may have left something in them. */
export function vp8ResetTokens(): void {
  memory.fill(vp8Coefficients, 0, 25 * 32);
}

/** What a macroblock without coefficients leaves behind: a split one says nothing about Y2. */
export function vp8SkipTokens(split: bool, above: usize, left: usize): void {
  store<u64>(above, 0);
  store<u64>(left, 0);
  if (split) return;
  store<u8>(above, 0, 8);
  store<u8>(left, 0, 8);
}

function readY2(steps: usize, above: usize, left: usize): void {
  const context = <usize>load<u8>(above) + load<u8>(left);
  const end = readBlock(Y2, context, 0, load<u32>(steps, 8), load<u32>(steps, 12), Y2_BLOCK);
  const any = <u32>(end > 0);
  store<u8>(above, any);
  store<u8>(left, any);
  if (any) vp8InverseWht(Y2_BLOCK, vp8Coefficients);
  memory.fill(Y2_BLOCK, 0, 32);
}

/** `side` × `side` blocks from number `block`. */
function readPlane(block: usize, side: i32, type: usize, first: i32, steps: usize, above: usize, left: usize): u32 {
  const dcStep = load<u32>(steps);
  const acStep = load<u32>(steps, 4);
  let any: u32 = 0;
  for (let row = 0; row < side; row++) {
    let before = <u32>load<u8>(left + row);
    for (let column = 0; column < side; column++) {
      const out = vp8Coefficients + block * 32;
      const end = readBlock(type, load<u8>(above + column) + before, first, dcStep, acStep, out);
      before = <u32>(end > first);
      store<u8>(above + column, before);
      const filled: u32 = end > 1 ? 2 : load<i16>(out) != 0 ? 1 : 0;
      store<u8>(vp8Filled + block, filled);
      any |= filled;
      block++;
    }
    store<u8>(left + row, before);
  }
  return any;
}

/**
 * Gives the position after the last coefficient that was coded, or `first` or less. Most of a decoder's time is spent
 * here: the state of the bits is kept in locals, and tokens are walked as data, so that there are only two places that
 * read a bit. The first can often be guessed, and branches; the second, mostly signs, cannot, and does not.
 */
function readBlock(type: usize, context: usize, first: i32, dcStep: u32, acStep: u32, out: usize): i32 {
  const base = vp8Probabilities + type * TYPE_BYTES;
  let probabilities = base + <usize>first * POSITION_BYTES + context * CONTEXT_BYTES;
  let position = first;
  let window = vp8Window;
  let spare = vp8Spare;
  let range = vp8Range;
  let node: i32 = AT_END;
  while (position < 16) {
    do {
      if (spare < 0) {
        vp8Refill(window, spare);
        window = vp8Window;
        spare = vp8Spare;
      }
      const split = 1 + (((range - 1) * <u32>load<u8>(probabilities + (node >> 1))) >> 8);
      const limit = (<u64>split) << spare;
      if (window >= limit) {
        window -= limit;
        range -= split;
        node++;
      } else {
        range = split;
      }
      const shift = clz(range) - 24;
      range <<= shift;
      spare -= <i32>shift;
      node = load<i8>(TREE + node);
    } while (node > 0);
    if (node == END) break;
    if (node == ZERO) {
      position++;
      probabilities = base + <usize>position * POSITION_BYTES;
      node = AT_ZERO;
      continue;
    }
    // Extra bits, then the sign, which is the last.
    let extra = EXTRAS - 16 * <usize>(node + 2);
    let value: u32 = 0;
    let probability: u32 = load<u8>(extra);
    do {
      if (spare < 0) {
        vp8Refill(window, spare);
        window = vp8Window;
        spare = vp8Spare;
      }
      const split = 1 + (((range - 1) * probability) >> 8);
      const limit = (<u64>split) << spare;
      const bit = <i32>(window >= limit);
      window -= limit & -(<i64>bit);
      range = bit ? range - split : split;
      value = (value << 1) | bit;
      const shift = clz(range) - 24;
      range <<= shift;
      spare -= <i32>shift;
      probability = load<u8>(++extra);
    } while (probability);
    const magnitude = <i32>((value >> 1) + load<u8>(BASES - (node + 2)));
    const scaled = magnitude * <i32>(position > 0 ? acStep : dcStep);
    store<i16>(out + 2 * <usize>load<u8>(VP8_ZIGZAG + position), value & 1 ? -scaled : scaled);
    position++;
    probabilities = base + <usize>position * POSITION_BYTES + (node == ONE ? CONTEXT_BYTES : 2 * CONTEXT_BYTES);
    node = AT_END;
  }
  vp8KeepState(window, spare, range);
  return position;
}
