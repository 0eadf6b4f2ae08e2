// The frame header of a VP8 key frame (RFC 6386 §9, §19.2) and what follows from it: steps, strengths, probabilities.

import { vp8Exhausted, vp8Flag, vp8LoadPartition, vp8Number, vp8OptionalSigned } from "./webp-vp8-bits";
import { VP8_SLOT_BYTES, vp8SavePartition, vp8StartPartition } from "./webp-vp8-bits";
import { VP8_AC_STEPS, VP8_BANDS, VP8_COEFFICIENT_PROBABILITIES } from "./webp-vp8-tables";
import { VP8_DC_STEPS, VP8_UPDATE_PROBABILITIES } from "./webp-vp8-tables";

const FRAME_TAG_BYTES: usize = 10;
const SEGMENTS = 4;
const MAX_PARTITIONS = 8;
/** Positions 0–16 of a block, three contexts, eleven nodes. */
const TYPE_BYTES: usize = 17 * 33;

/** Where the first partition (modes) waits, and after it the token partitions. */
export const vp8Partitions = memory.data(<i32>VP8_SLOT_BYTES * (1 + MAX_PARTITIONS), 8);
/** Six u32 a segment: Y DC, AC, Y2 DC, AC, chroma DC, AC. */
export const vp8Steps = memory.data(SEGMENTS * 24, 8);
/** Four bytes for [segment][whole or split]: edge limit, interior limit, high variance threshold, unused. */
export const vp8Strengths = memory.data(SEGMENTS * 8, 8);
/** Probabilities of coefficients, [type][position][context][node]: by position, so that no band is looked up. */
export const vp8Probabilities = memory.data(<i32>TYPE_BYTES * 4, 8);
export const vp8SegmentProbabilities = memory.data(4, 4);

const bandProbabilities = memory.data(1056, 8);
/** Per segment: quantizer index, filter level. */
const segmentQuantizers = memory.data(SEGMENTS, 4);
const segmentLevels = memory.data(SEGMENTS, 4);

export let vp8TokenPartitions: i32 = 0;
export let vp8HasSegmentMap: bool = false;
export let vp8SimpleFilter: bool = false;
export let vp8Filtered: bool = false;
/** Probability that a macroblock is not skipped; -1: no macroblock is. */
export let vp8SkipProbability: i32 = -1;

let segmented: bool = false;
let absolute: bool = false;

/**
 * Reads the header of the frame [from, to), whose declared length is `declared`.
 * False: no part of the picture can be decoded.
 */
export function vp8ReadHeader(from: usize, to: usize): bool {
  if (to - from < FRAME_TAG_BYTES) return false;
  const tag = <u32>load<u16>(from) | (<u32>load<u8>(from, 2) << 16);
  const first = from + FRAME_TAG_BYTES;
  const tokens = first + (tag >> 5);
  if (tokens > to) return false;
  vp8StartPartition(first, tokens);
  vp8Number(2); // colour space and clamping: WebP defines neither
  readSegments();
  readFilter();
  vp8TokenPartitions = 1 << vp8Number(2);
  readSteps();
  vp8Flag(); // whether probabilities last: there is no next frame
  readProbabilities();
  vp8SkipProbability = vp8Flag() ? vp8Number(8) : -1;
  if (vp8Exhausted()) return false;
  vp8SavePartition(vp8Partitions);
  return startTokenPartitions(tokens, to);
}

/** RFC 6386 §9.3. */
function readSegments(): void {
  memory.fill(segmentQuantizers, 0, SEGMENTS);
  memory.fill(segmentLevels, 0, SEGMENTS);
  memory.fill(vp8SegmentProbabilities, 255, 3);
  segmented = vp8Flag();
  vp8HasSegmentMap = segmented && vp8Flag();
  absolute = true;
  if (!segmented) return;
  if (vp8Flag()) {
    absolute = vp8Flag();
    for (let segment = 0; segment < SEGMENTS; segment++) store<i8>(segmentQuantizers + segment, vp8OptionalSigned(7));
    for (let segment = 0; segment < SEGMENTS; segment++) store<i8>(segmentLevels + segment, vp8OptionalSigned(6));
  }
  if (!vp8HasSegmentMap) return;
  for (let node = 0; node < 3; node++) {
    if (vp8Flag()) store<u8>(vp8SegmentProbabilities + node, vp8Number(8));
  }
}

/** RFC 6386 §9.6 and §15.2: the strengths of every segment, for macroblocks predicted whole and split. */
function readFilter(): void {
  vp8SimpleFilter = vp8Flag();
  const level = vp8Number(6);
  const sharpness = vp8Number(3);
  let intra = 0;
  let split = 0;
  if (vp8Flag() && vp8Flag()) {
    intra = vp8OptionalSigned(6);
    for (let reference = 1; reference < 4; reference++) vp8OptionalSigned(6);
    split = vp8OptionalSigned(6);
    for (let mode = 1; mode < 4; mode++) vp8OptionalSigned(6);
  }
  vp8Filtered = level > 0;
  for (let segment = 0; segment < SEGMENTS; segment++) {
    let base = level;
    if (segmented) base = load<i8>(segmentLevels + segment) + (absolute ? 0 : level);
    storeStrength(vp8Strengths + segment * 8, base + intra, sharpness);
    storeStrength(vp8Strengths + segment * 8 + 4, base + intra + split, sharpness);
  }
}

/** The edge limit has room for a byte: 2 × 63 + 63. */
function storeStrength(at: usize, wanted: i32, sharpness: i32): void {
  const level = min(max(wanted, 0), 63);
  let interior = level >> (sharpness > 4 ? 2 : sharpness > 0 ? 1 : 0);
  if (sharpness > 0) interior = min(interior, 9 - sharpness);
  interior = max(interior, 1);
  store<u8>(at, level > 0 ? 2 * level + interior : 0);
  store<u8>(at, interior, 1);
  store<u8>(at, level >= 40 ? 2 : level >= 15 ? 1 : 0, 2);
}

/** RFC 6386 §9.6, §14.1. */
function readSteps(): void {
  const base = vp8Number(7);
  const yDc = vp8OptionalSigned(4);
  const y2Dc = vp8OptionalSigned(4);
  const y2Ac = vp8OptionalSigned(4);
  const uvDc = vp8OptionalSigned(4);
  const uvAc = vp8OptionalSigned(4);
  for (let segment = 0; segment < SEGMENTS; segment++) {
    let index = base;
    if (segmented) index = load<i8>(segmentQuantizers + segment) + (absolute ? 0 : base);
    const at = vp8Steps + segment * 24;
    store<u32>(at, step(VP8_DC_STEPS, 0, index + yDc, 127));
    store<u32>(at, step(VP8_AC_STEPS, 1, index, 127), 4);
    store<u32>(at, 2 * step(VP8_DC_STEPS, 0, index + y2Dc, 127), 8);
    store<u32>(at, max((step(VP8_AC_STEPS, 1, index + y2Ac, 127) * 155) / 100, 8), 12);
    store<u32>(at, step(VP8_DC_STEPS, 0, index + uvDc, 117), 16);
    store<u32>(at, step(VP8_AC_STEPS, 1, index + uvAc, 127), 20);
  }
}

function step(table: usize, wide: usize, index: i32, highest: i32): u32 {
  const at = table + (<usize>min(max(index, 0), highest) << wide);
  return wide ? load<u16>(at) : load<u8>(at);
}

/** RFC 6386 §13.4; then bands are spread over positions. */
function readProbabilities(): void {
  for (let index: usize = 0; index < 1056; index++) {
    const replaced = vp8Flag(load<u8>(VP8_UPDATE_PROBABILITIES + index));
    const value = replaced ? vp8Number(8) : <i32>load<u8>(VP8_COEFFICIENT_PROBABILITIES + index);
    store<u8>(bandProbabilities + index, value);
  }
  for (let type: usize = 0; type < 4; type++) {
    for (let position: usize = 0; position < 17; position++) {
      const band = bandProbabilities + type * 264 + <usize>load<u8>(VP8_BANDS + position) * 33;
      memory.copy(vp8Probabilities + type * TYPE_BYTES + position * 33, band, 33);
    }
  }
}

/** RFC 6386 §9.5: sizes of all but the last come first. Sizes past the end are cut. */
function startTokenPartitions(from: usize, to: usize): bool {
  let start = from + 3 * (vp8TokenPartitions - 1);
  if (start >= to) return false;
  for (let index = 0; index < vp8TokenPartitions; index++) {
    const size = from + 3 * index;
    let end = to;
    if (index < vp8TokenPartitions - 1) {
      end = min(to, start + (<usize>load<u16>(size) | (<usize>load<u8>(size, 2) << 16)));
    }
    vp8StartPartition(start, end);
    vp8SavePartition(vp8Partitions + VP8_SLOT_BYTES * (1 + index));
    start = end;
  }
  vp8LoadPartition(vp8Partitions);
  return true;
}
