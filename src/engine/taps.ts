/** Fraction bits of a weight: 1 is 16384, and what fits lies between -2 and 2. */
const WEIGHT_ONE = 1 << 14;

/** A linear filter along one side: the sources that each output adds up, and how much of each. */
export interface Taps {
  readonly sources: number;
  readonly outputs: number;
  /** First source of each output; never decreases from one output to the next. */
  readonly first: Int32Array;
  /** One past the last source of each output, above `first`; never decreases. */
  readonly end: Int32Array;
  /** Fixed point, 14 fraction bits. Source i of output j: `weights[j * stride + i - first[j]]`. */
  readonly weights: Int16Array;
  readonly stride: number;
  /** What the weights of each output summed to before they were made to sum to 1. */
  readonly sums: Float64Array;
}

export interface TapsShape {
  readonly sources: number;
  readonly outputs: number;
  /** Where an output lies, in sources: source i covers i to i + 1. Grows with the output. */
  readonly center: (output: number) => number;
  /** Sources whose middle is farther from the output's place than this are not read. */
  readonly radius: number;
  /** Absent where the places of outputs do not repeat. */
  readonly cycle?: Cycle | undefined;
}

/** So many outputs further, everything is as it was, so many whole sources further. */
export interface Cycle {
  readonly outputs: number;
  readonly sources: number;
}

/** Writes the first `count` values: the weights, to any scale, of an output at `center` from source `first` on. */
export type Weigh = (values: Float64Array, count: number, first: number, center: number) => void;

/** Taps of `shape`, the weights of each output summing to 1. */
export function createTaps(shape: TapsShape, weigh: Weigh): Taps {
  const { sources, outputs, radius, cycle } = shape;
  const stride = Math.min(sources, Math.floor(2 * radius) + 2);
  const first = new Int32Array(outputs);
  const end = new Int32Array(outputs);
  const weights = new Int16Array(outputs * stride);
  const sums = new Float64Array(outputs);
  const taps = { sources, outputs, first, end, weights, stride, sums };
  const values = new Float64Array(stride);
  let inside = 0;
  for (let output = 0; output < outputs; output++) {
    if (cycle && output >= inside + cycle.outputs && repeat(taps, output, cycle)) continue;
    const center = shape.center(output);
    first[output] = Math.min(sources - 1, Math.max(0, Math.ceil(center - 0.5 - radius)));
    end[output] = Math.min(sources, Math.max(first[output] + 1, Math.floor(center - 0.5 + radius) + 1));
    // What a source at the edge weighs is not what one inside does.
    if (first[output] === 0) inside = output + 1;
    const count = end[output] - first[output];
    weigh(values, count, first[output], center);
    sums[output] = sumOf(values, count);
    quantise(values, count, WEIGHT_ONE / sums[output], weights, output * stride);
  }
  return taps;
}

/** Gives `output` what the one a cycle before it has; false where that would reach the edge. */
function repeat({ sources, first, end, weights, stride, sums }: Taps, output: number, cycle: Cycle): boolean {
  const twin = output - cycle.outputs;
  if (end[twin] + cycle.sources >= sources) return false;
  first[output] = first[twin] + cycle.sources;
  end[output] = end[twin] + cycle.sources;
  sums[output] = sums[twin];
  const count = end[twin] - first[twin];
  const [to, from] = [output * stride, twin * stride];
  for (let index = 0; index < count; index++) weights[to + index] = weights[from + index];
  return true;
}

function sumOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += values[index];
  return sum;
}

/**
 * Rounds the running sum instead of the single weight, so that the sum of all is exact (a plain area stays plain) and
 * thousands of weights below one unit do not all become nothing.
 */
function quantise(values: Float64Array, count: number, scale: number, weights: Int16Array, at: number): void {
  let sum = 0;
  let written = 0;
  for (let index = 0; index < count; index++) {
    sum += values[index] * scale;
    const target = Math.floor(sum + 0.5);
    weights[at + index] = target - written;
    written = target;
  }
}
