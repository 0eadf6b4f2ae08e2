import { describe, it } from "vitest";
import { lanczosTaps, latticeTaps } from "../../src/engine/lanczos.ts";
import type { Taps } from "../../src/engine/taps.ts";

const ONE = 1 << 14;

describe("lanczosTaps()", () => {
  it.for([
    [10, 7, 1000],
    [1000, 1000, 1],
    [65_535, 65_535, 1],
    [1, 1, 65_535],
    [126, 125.125, 300],
    [5120, 5120, 300],
  ])("sums to exactly one, in order, inside the %i sources", ([sources, length, outputs], { expect }) => {
    const taps = lanczosTaps({ start: 0, length, sources }, outputs);
    const rows = Array.from({ length: outputs }, (_, output) => weightsOf(taps, output));
    expect(rows.every((weights) => sumOf(weights) === ONE)).toBe(true);
    expect(isNeverDecreasing(taps.first) && isNeverDecreasing(taps.end)).toBe(true);
    expect(taps.first[0]).toBeGreaterThanOrEqual(0);
    expect(taps.end[outputs - 1]).toBe(sources);
  });

  it("is one pixel each when nothing changes", ({ expect }) => {
    const taps = lanczosTaps({ start: 0, length: 50, sources: 50 }, 50);
    for (let output = 0; output < 50; output++) expect(weightsOf(taps, output)[output - taps.first[output]]).toBe(ONE);
  });

  it("gives a pixel that is covered by less than its share less weight", ({ expect }) => {
    const half = lanczosTaps({ start: 0, length: 1.5, sources: 2 }, 1);
    const [first, second] = weightsOf(half, 0);
    expect(first).toBeGreaterThan(1.9 * second);
  });

  it("keeps all weights small enough for the sums not to overflow", ({ expect }) => {
    for (let length = 1; length < 8; length += 0.13)
      for (const outputs of [1, 2, 5, 9, 40]) {
        const taps = lanczosTaps({ start: 0.3, length, sources: Math.ceil(length + 0.3) }, outputs);
        for (let output = 0; output < outputs; output++)
          expect(sumOf(weightsOf(taps, output).map(Math.abs))).toBeLessThan(4 * ONE);
      }
  });
});

describe("latticeTaps() with a blur", () => {
  const whole = (length: number) => ({ start: 0, length, sources: length });
  const scaled = (blur: number) => latticeTaps(whole(60), { outputs: 40, step: 1.5, skipped: 0 }, blur);

  it("still sums to exactly one", ({ expect }) => {
    const sums = Array.from({ length: 40 }, (_, output) => sumOf(weightsOf(scaled(3 / 16), output)));
    expect(sums.every((sum) => sum === ONE)).toBe(true);
  });

  it("is what doubling the density as libjpeg does, then scaling, comes to", ({ expect }) => {
    const doubledThenScaled = halved(lanczosTaps(whole(120), 40));
    const distance = (taps: Taps) =>
      sumOf(
        doubledThenScaled.map((weights, output) =>
          sumOf(weights.map((weight, at) => Math.abs(weight - spreadOut(taps, output)[at]))),
        ),
      );
    expect(distance(scaled(3 / 16))).toBeLessThan(distance(scaled(0)) / 5);
  });
});

/** Weights of the 60 samples from which the 120 of `taps` are made: 3/4 of the one they lie in, 1/4 of the next. */
const halved = (taps: Taps): number[][] =>
  Array.from({ length: taps.outputs }, (_, output) => {
    const dense = spreadOut(taps, output);
    const at = (index: number) => dense[index] ?? 0;
    return Array.from({ length: taps.sources / 2 }, (_, half) => {
      const edges = (half === 0 ? at(0) : 0) + (half === taps.sources / 2 - 1 ? at(taps.sources - 1) : 0);
      return (3 * (at(2 * half) + at(2 * half + 1)) + at(2 * half - 1) + at(2 * half + 2) + edges) / 4;
    });
  });

/** Its weights of all sources. */
function spreadOut(taps: Taps, output: number): number[] {
  const all = new Array<number>(taps.sources).fill(0);
  all.splice(taps.first[output], taps.end[output] - taps.first[output], ...weightsOf(taps, output));
  return all;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function weightsOf({ first, end, weights, stride }: Taps, output: number): number[] {
  return [...weights.subarray(output * stride, output * stride + end[output] - first[output])];
}

function isNeverDecreasing(values: Int32Array): boolean {
  return values.every((value, index) => index === 0 || value >= values[index - 1]);
}
