import { describe, it } from "vitest";
import { lanczosTaps } from "../../src/engine/lanczos.ts";
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
    expect(rows.every((weights) => weights.reduce((sum, weight) => sum + weight, 0) === ONE)).toBe(true);
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
          expect(weightsOf(taps, output).reduce((sum, weight) => sum + Math.abs(weight), 0)).toBeLessThan(4 * ONE);
      }
  });
});

function weightsOf({ first, end, weights, stride }: Taps, output: number): number[] {
  return [...weights.subarray(output * stride, output * stride + end[output] - first[output])];
}

function isNeverDecreasing(values: Int32Array): boolean {
  return values.every((value, index) => index === 0 || value >= values[index - 1]);
}
