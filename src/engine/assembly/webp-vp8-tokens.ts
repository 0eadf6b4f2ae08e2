// Coefficients of a macroblock (RFC 6386 §13).

import { vp8Bit } from "./webp-vp8-bits";
import { vp8Probabilities } from "./webp-vp8-header";
import { VP8_CATEGORY_PROBABILITIES, VP8_ZIGZAG } from "./webp-vp8-tables";
import { vp8InverseWht } from "./webp-vp8-transform";

const TYPE_BYTES: usize = 17 * 33;
const POSITION_BYTES: usize = 33;
const CONTEXT_BYTES: usize = 11;

// Types of blocks (RFC 6386 §13.3).
const Y_AFTER_Y2: usize = 0;
const Y2: usize = 1;
const CHROMA: usize = 2;
const Y_WITH_DC: usize = 3;

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

/** Gives the position after the last coefficient that was coded, or `first` or less. */
function readBlock(type: usize, context: usize, first: i32, dcStep: u32, acStep: u32, out: usize): i32 {
  const base = vp8Probabilities + type * TYPE_BYTES;
  let position = first;
  let node = base + <usize>position * POSITION_BYTES + context * CONTEXT_BYTES;
  while (position < 16) {
    if (!vp8Bit(load<u8>(node))) return position;
    while (!vp8Bit(load<u8>(node, 1))) {
      position++;
      if (position == 16) return 16;
      node = base + <usize>position * POSITION_BYTES;
    }
    let value: u32 = 1;
    let next: usize = CONTEXT_BYTES;
    if (vp8Bit(load<u8>(node, 2))) {
      value = readLarge(node);
      next = 2 * CONTEXT_BYTES;
    }
    const scaled = value * (position > 0 ? acStep : dcStep);
    const at = out + 2 * <usize>load<u8>(VP8_ZIGZAG + position);
    store<i16>(at, vp8Bit(128) ? -(<i32>scaled) : <i32>scaled);
    position++;
    node = base + <usize>position * POSITION_BYTES + next;
  }
  return 16;
}

/** A magnitude of 2 or more (RFC 6386 §13.2). */
function readLarge(node: usize): u32 {
  if (!vp8Bit(load<u8>(node, 3))) {
    if (!vp8Bit(load<u8>(node, 4))) return 2;
    return 3 + vp8Bit(load<u8>(node, 5));
  }
  if (!vp8Bit(load<u8>(node, 6))) {
    if (!vp8Bit(load<u8>(node, 7))) return 5 + vp8Bit(159);
    const high = vp8Bit(165);
    return 7 + 2 * high + vp8Bit(145);
  }
  const high = vp8Bit(load<u8>(node, 8));
  const category = 2 * high + vp8Bit(load<u8>(node + 9 + high));
  return readExtra(category);
}

/** Category 3 begins at 11, 4 at 19, 5 at 35, 6 at 67. */
function readExtra(category: u32): u32 {
  let probabilities = VP8_CATEGORY_PROBABILITIES + 16 * <usize>category;
  let value: u32 = 0;
  for (let probability = load<u8>(probabilities); probability; probability = load<u8>(++probabilities)) {
    value = 2 * value + vp8Bit(probability);
  }
  return value + 3 + (8 << category);
}
