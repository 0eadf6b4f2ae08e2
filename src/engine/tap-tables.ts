import type { Taps } from "./taps.ts";

/** Rows that are summed down at once, also the number of rows kept. Row y is kept in place y % BATCH. */
export const BATCH = 8;
export const TAP_BYTES = 2;

/** Groups of four pixels that an output spans, counted from an even pixel. */
function acrossGroups({ first, end }: Taps, output: number): number {
  return Math.ceil((end[output] - (first[output] & ~1)) / 4);
}

/** Length of the table that `packAcross` makes. */
export function acrossTapBytes(taps: Taps): number {
  let bytes = 0;
  for (let output = 0; output < taps.outputs; output++) bytes += 8 + acrossGroups(taps, output) * 8;
  return bytes;
}

/** The table that `resampleAcross` and `resampleAcrossFour` read. */
export function packAcross(taps: Taps): Uint8Array {
  const packed = new Int16Array(acrossTapBytes(taps) / TAP_BYTES);
  const words = new Uint32Array(packed.buffer);
  for (let output = 0, at = 0; output < taps.outputs; output++) {
    const groups = acrossGroups(taps, output);
    const first = taps.first[output];
    words[at / 2] = first >> 1;
    words[at / 2 + 1] = groups;
    packed.set(weightsOf(taps, output), at + 4 + (first & 1));
    at += 4 + groups * 4;
  }
  return new Uint8Array(packed.buffer);
}

/** Bytes of one output in the table that `packDown` makes. */
export function downTapBytes({ first, end }: Taps, inBatches: boolean): number {
  if (!inBatches) return BATCH * TAP_BYTES;
  let most = 0;
  for (let output = 0; output < first.length; output++) most = Math.max(most, end[output] - (first[output] & -BATCH));
  return roundUp(most, BATCH) * TAP_BYTES;
}

/**
 * Eight weights a batch of rows, each at the place where its row is kept: from the batch of an output's first row on,
 * or, where eight rows are enough, one batch that wraps round.
 */
export function packDown(taps: Taps, inBatches: boolean): Uint8Array {
  const stride = downTapBytes(taps, inBatches) / TAP_BYTES;
  const packed = new Int16Array(taps.outputs * stride);
  for (let output = 0; output < taps.outputs; output++)
    weightsOf(taps, output).forEach((weight, index) => {
      packed[output * stride + (((taps.first[output] % BATCH) + index) % stride)] = weight;
    });
  return new Uint8Array(packed.buffer);
}

function weightsOf({ weights, stride, first, end }: Taps, output: number): Int16Array {
  return weights.subarray(output * stride, output * stride + end[output] - first[output]);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
