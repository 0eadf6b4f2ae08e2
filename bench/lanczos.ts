import type { Size } from "../src/transform/image.ts";

const LOBES = 3;

/** Three bytes a pixel. */
export interface Rgb extends Size {
  readonly data: Uint8Array;
}

/** `image` scaled by Lanczos with three lobes, in double precision and by the formula alone: rounded once, at the end. */
export function scaleExactly(image: Rgb, { width, height }: Size): Uint8Array {
  const across = weightsOf(image.width, width);
  const down = weightsOf(image.height, height);
  const rows = new Float64Array(width * 3);
  const sums = new Float64Array(width * height * 3);
  const uses = usesOf(down, image.height);
  for (let y = 0; y < image.height; y++) {
    if (uses[y].length === 0) continue;
    scaleRow(image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3), across, rows);
    for (const { output, weight } of uses[y])
      for (let at = 0, to = output * width * 3; at < rows.length; at++) sums[to + at] += weight * rows[at];
  }
  return new Uint8Array(Uint8ClampedArray.from(sums).buffer);
}

/** What an output is made of: the sources from `first` on. */
interface Weights {
  readonly first: number;
  readonly weights: readonly number[];
}

function weightsOf(sources: number, outputs: number): Weights[] {
  const step = sources / outputs;
  const scale = Math.max(1, step);
  return Array.from({ length: outputs }, (_, output) => {
    const center = (output + 0.5) * step - 0.5;
    const first = Math.max(0, Math.ceil(center - LOBES * scale));
    const last = Math.min(sources - 1, Math.floor(center + LOBES * scale));
    const values = Array.from({ length: last - first + 1 }, (_, at) => lanczos((first + at - center) / scale));
    const sum = values.reduce((total, value) => total + value, 0);
    return { first, weights: values.map((value) => value / sum) };
  });
}

const lanczos = (x: number): number => (Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0);

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** The outputs that each source is a part of. */
function usesOf(taps: readonly Weights[], sources: number) {
  const uses = Array.from({ length: sources }, (): { readonly output: number; readonly weight: number }[] => []);
  for (const [output, { first, weights }] of taps.entries())
    for (const [at, weight] of weights.entries()) uses[first + at].push({ output, weight });
  return uses;
}

function scaleRow(row: Uint8Array, across: readonly Weights[], to: Float64Array): void {
  for (const [output, { first, weights }] of across.entries()) {
    let [red, green, blue] = [0, 0, 0];
    for (let at = 0, from = first * 3; at < weights.length; at++, from += 3) {
      red += weights[at] * row[from];
      green += weights[at] * row[from + 1];
      blue += weights[at] * row[from + 2];
    }
    to.set([red, green, blue], output * 3);
  }
}
