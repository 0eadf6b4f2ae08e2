import type { Taps } from "./taps.ts";

/** Taps with sources taken two at a time, as dot products take them: 0 and 1, 2 and 3, … Sources without weight are left out. */
export interface PairTaps {
  readonly outputs: number;
  readonly sources: number;
  /** First pair of each output, and how many pairs it has. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** The most pairs an output has. Pair i of output j: `weights[(j * most + i) * 2]` and the one after it. */
  readonly most: number;
  readonly weights: Int16Array;
}

export function pairTaps(taps: Taps): PairTaps {
  const { outputs, sources } = taps;
  const first = new Int32Array(outputs);
  const count = new Int32Array(outputs);
  let most = 1;
  for (let output = 0; output < outputs; output++) {
    first[output] = firstWeighted(taps, output) >> 1;
    count[output] = ((endWeighted(taps, output) + 1) >> 1) - first[output];
    most = Math.max(most, count[output]);
  }
  const weights = new Int16Array(outputs * most * 2);
  for (let output = 0; output < outputs; output++) {
    const from = Math.max(taps.first[output], first[output] * 2);
    const to = Math.min(taps.end[output], (first[output] + count[output]) * 2);
    const shift = output * taps.stride - taps.first[output];
    const at = (output * most - first[output]) * 2;
    for (let source = from; source < to; source++) weights[at + source] = taps.weights[shift + source];
  }
  return { outputs, sources, first, count, most, weights };
}

/** The first source of an output that weighs anything, or the last of all. */
function firstWeighted({ first, end, stride, weights }: Taps, output: number): number {
  const shift = output * stride - first[output];
  let source = first[output];
  while (source < end[output] - 1 && weights[shift + source] === 0) source++;
  return source;
}

/** One past the last source of an output that weighs anything. */
function endWeighted({ first, end, stride, weights }: Taps, output: number): number {
  const shift = output * stride - first[output];
  let source = end[output];
  while (source > first[output] + 1 && weights[shift + source - 1] === 0) source--;
  return source;
}

/** `taps` seen from the other end: for the same outputs, the sources in reverse. */
export function mirrorTaps(taps: Taps): Taps {
  const { sources, outputs, stride } = taps;
  const first = taps.end.map((end) => sources - end);
  const end = taps.first.map((first) => sources - first);
  const weights = new Int16Array(taps.weights.length);
  for (let output = 0; output < outputs; output++) {
    const at = output * stride;
    const used = taps.weights.subarray(at, at + end[output] - first[output]);
    weights.set(used.toReversed(), at);
  }
  return { ...taps, first, end, weights };
}

/** `taps` with the outputs in reverse. */
export function reverseTaps(taps: Taps): Taps {
  const { outputs, stride } = taps;
  const weights = new Int16Array(taps.weights.length);
  for (let output = 0; output < outputs; output++)
    weights.set(taps.weights.subarray(output * stride, (output + 1) * stride), (outputs - 1 - output) * stride);
  return { ...taps, first: taps.first.toReversed(), end: taps.end.toReversed(), weights };
}

/** Bytes of a pair of rows or columns that the engine keeps together. */
export const PAIR_BYTES = 64;

/** The table that `planeAcross` reads: for each output where its first pair is, and the weights of `most` pairs. */
export function acrossTable({ outputs, first, most, weights }: PairTaps): Uint8Array {
  const pairs = new Int32Array(weights.buffer);
  const table = new Int32Array(outputs * (most + 1));
  for (let output = 0, at = 0; output < outputs; output++) {
    table[at++] = first[output] * PAIR_BYTES;
    for (let pair = output * most; pair < (output + 1) * most; pair++) table[at++] = pairs[pair];
  }
  return new Uint8Array(table.buffer);
}
