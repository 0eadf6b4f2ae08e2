import { describe, it } from "vitest";
import { createTaps, type TapsShape, type Weigh } from "../../src/engine/taps.ts";

/** A tent; what lies at either end of the sources weighs half. */
const tent =
  (sources: number, radius: number): Weigh =>
  (values, count, first, center) => {
    for (let index = 0; index < count; index++) {
      const source = first + index;
      const share = source === 0 || source === sources - 1 ? 0.5 : 1;
      values[index] = share * Math.max(0.001, radius - Math.abs(source + 0.5 - center));
    }
  };

/** `outputs` of `sources`, of which `skipped` are left out before the first. */
function shapeOf(sources: number, outputs: number, skipped: number, radius: number): TapsShape {
  const step = sources / outputs;
  return { sources, outputs: outputs - skipped, center: (output) => (output + skipped + 0.5) * step, radius };
}

describe("createTaps() with a cycle gives what it gives without", () => {
  it.for([
    [64, 30, 0, 15, 32],
    [64, 30, 4, 15, 32],
    [42, 25, 0, 25, 42],
    [33, 77, 0, 7, 3],
    [40, 40, 0, 1, 1],
    [60, 4, 0, 1, 15],
  ])("%i to %i from %i on", ([sources, outputs, skipped, every, moved], { expect }) => {
    const radius = 2.3 * Math.max(1, sources / outputs);
    const shape = shapeOf(sources, outputs, skipped, radius);
    const cycle = { outputs: every, sources: moved };
    const weigh = tent(sources, radius);
    const { sums, ...taps } = createTaps(shape, weigh);
    const repeated = createTaps({ ...shape, cycle }, weigh);
    expect(repeated).toMatchObject(taps);
    for (const [output, sum] of repeated.sums.entries()) expect(sum).toBeCloseTo(sums[output], 9);
  });

  it("and makes it once", ({ expect }) => {
    let weighed = 0;
    const shape = { ...shapeOf(600, 200, 0, 6.3), cycle: { outputs: 1, sources: 3 } };
    createTaps(shape, (values, count, first, center) => {
      weighed++;
      tent(600, 6.3)(values, count, first, center);
    });
    expect(weighed).toBeLessThan(10);
  });
});
