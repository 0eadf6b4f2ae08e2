import { describe, it } from "vitest";
import { createEngine } from "../../src/engine/engine.ts";
import { lanczosTaps } from "../../src/engine/lanczos.ts";
import { mirrorTaps, type PairTaps, pairTaps, reverseTaps } from "../../src/engine/pair-tables.ts";
import { PlaneFilter, type PlaneKernel, planeFilterBytes } from "../../src/engine/plane-filter.ts";
import type { Taps } from "../../src/engine/taps.ts";
import { createRandom } from "../support/pictures.ts";

interface Kernel extends PlaneKernel {
  jpegComponent(index: number): number;
  planeTranspose(from: number, stride: number, rows: number, columns: number, to: number, toStride: number): void;
}

interface ColourKernel {
  planePixels(
    ...rows: [luma: number, blue: number, red: number, stride: number, rows: number, to: number, width: number]
  ): void;
}

const taps = (sources: number, outputs: number, start = 0, length = sources) =>
  lanczosTaps({ start, length, sources }, outputs);

/** Where Component of src/engine/assembly/jpeg-frame.ts has its ring, the stride of it, and how many rows it has. */
const RING = 8;

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

function noisePlane(width: number, height: number): Plane {
  const random = createRandom(width * 7 + height);
  return { width, height, samples: Uint8Array.from({ length: width * height }, () => random() * 256) };
}

interface Use {
  readonly left: number;
  readonly top: number;
  readonly fine: boolean;
}

const WHOLE: Use = { left: 0, top: 0, fine: false };

/** `plane` filtered by the engine, `rows` results at a time, given to it in the decoder's ring a few rows at a time. */
function filtered(plane: Plane, across: Taps, down: Taps, rows: number, { fine, ...origin } = WHOLE): number[] {
  const engine = createEngine<Kernel>();
  const ringRows = roundUp(plane.height, 4);
  const ringStride = roundUp(plane.width, 16);
  const ring = engine.alloc(ringStride * ringRows + 16);
  new Int32Array(engine.memory.buffer, engine.jpegComponent(0) + RING * 4, 3).set([ring, ringStride, ringRows]);
  const shape = { component: 0, ...origin, upsideDown: false, across: pairTaps(across), down: pairTaps(down) };
  const width = across.outputs + 5;
  const stride = roundUp(width, 16) * (fine ? 2 : 1);
  const target = { at: engine.alloc(stride * rows), stride, width, rows, fine };
  const before = engine.alloc(0);
  const filter = new PlaneFilter(engine, shape, target);
  if (engine.alloc(0) - before > planeFilterBytes(shape)) throw new Error("The filter takes more than was said");
  const memory = () => new Uint8Array(engine.memory.buffer);
  const result: number[] = [];
  let decoded = 0;
  for (let step = 0; step * rows < down.outputs; step++) {
    while (!filter.advance(decoded, step)) {
      const row = plane.samples.subarray(decoded * plane.width, (decoded + 1) * plane.width);
      memory().set(row, ring + decoded++ * ringStride);
    }
    for (let row = 0; row < rows; row++) {
      const at = target.at + row * target.stride;
      const samples = fine ? new Int16Array(engine.memory.buffer, at) : memory().subarray(at);
      if (step * rows + row < down.outputs) result.push(...samples.subarray(0, across.outputs));
      if (fine) continue;
      const edge = memory().subarray(at + across.outputs - 1, at + width);
      if (!edge.every((sample) => sample === edge[0])) throw new Error("The last sample was not repeated");
    }
  }
  return result;
}

/** The same in plain integers: 6 fraction bits between the two passes, each rounded once; 5 of fine samples. */
function plainly({ width, samples }: Plane, across: Taps, down: Taps, { left, top, fine } = WHOLE): number[] {
  const weight = ({ weights, stride, first }: Taps, output: number, source: number) =>
    weights[output * stride + source - first[output]];
  const sum = (taps: Taps, output: number, value: (source: number) => number) => {
    let total = 0;
    for (let source = taps.first[output]; source < taps.end[output]; source++)
      total += weight(taps, output, source) * value(source);
    return total;
  };
  const rows = Array.from({ length: down.sources }, (_, y) =>
    Int32Array.from({ length: across.outputs }, (_, x) => {
      const row = samples.subarray((top + y) * width + left);
      return (sum(across, x, (source) => row[source]) + 128) >> 8;
    }),
  );
  const shift = fine ? 15 : 20;
  const result = new (fine ? Int16Array : Uint8ClampedArray)(across.outputs * down.outputs);
  for (let y = 0; y < down.outputs; y++)
    for (let x = 0; x < across.outputs; x++)
      result[y * across.outputs + x] = (sum(down, y, (source) => rows[source][x]) + (1 << (shift - 1))) >> shift;
  return [...result];
}

describe("PlaneFilter gives exactly what the plain version gives", () => {
  it.for([
    [64, 48, 20, 15],
    [63, 47, 31, 22],
    [16, 16, 16, 16],
    [17, 33, 16, 32],
    [20, 15, 64, 100],
    [5, 400, 9, 3],
    [400, 5, 3, 9],
    [1, 1, 40, 40],
    [1, 70, 1, 35],
    [333, 90, 1, 1],
    [130, 131, 87, 88],
  ])("%i x %i to %i x %i", ([width, height, columns, rows], { expect }) => {
    const plane = noisePlane(width, height);
    const [across, down] = [taps(width, columns), taps(height, rows)];
    const plain = plainly(plane, across, down);
    for (const atOnce of [8, 16, roundUp(rows, 16)])
      expect(areEqual(filtered(plane, across, down, atOnce), plain)).toBe(true);
  });

  it("of a part that begins and ends inside samples", ({ expect }) => {
    const plane = noisePlane(90, 70);
    const across = taps(45, 31, 0.25, 44.5);
    const down = taps(40, 27, 0.75, 39);
    const origin = { left: 13, top: 21, fine: false };
    expect(areEqual(filtered(plane, across, down, 8, origin), plainly(plane, across, down, origin))).toBe(true);
  });

  it("with fraction bits, beyond black and white too", ({ expect }) => {
    const plane = noisePlane(90, 70);
    plane.samples.forEach((sample, at) => {
      plane.samples[at] = sample < 128 ? 0 : 255;
    });
    const [across, down] = [taps(90, 47), taps(70, 33)];
    const fine = { ...WHOLE, fine: true };
    const result = filtered(plane, across, down, 8, fine);
    expect(result).toEqual(plainly(plane, across, down, fine));
    expect([Math.min(...result) < 0, Math.max(...result) > 255 * 32]).toEqual([true, true]);
  });

  it("seen from the other end", ({ expect }) => {
    const plane = noisePlane(60, 50);
    const [across, down] = [mirrorTaps(taps(60, 23)), reverseTaps(mirrorTaps(taps(50, 31)))];
    expect(areEqual(filtered(plane, across, down, 16), plainly(plane, across, down))).toBe(true);
    const flipped = { ...plane, samples: plane.samples.toReversed() };
    const upright = plainly(flipped, taps(60, 23), taps(50, 31));
    expect(areEqual(flipRows(filtered(plane, across, down, 16), 23), upright)).toBe(true);
  });
});

describe("pairTaps()", () => {
  it("leaves out sources that weigh nothing", ({ expect }) => {
    const { first, count, most } = pairTaps(taps(50, 50));
    expect([most, ...first.subarray(0, 4), ...count.subarray(0, 4)]).toEqual([1, 0, 0, 1, 1, 1, 1, 1, 1]);
  });

  it("has the weights of each output in their places", ({ expect }) => {
    const single = taps(101, 37);
    const pairs = pairTaps(single);
    for (let output = 0; output < 37; output++) expect(fromPairs(pairs, output)).toEqual(fromTaps(single, output));
  });
});

it.for([
  [8, 8],
  [24, 8],
  [40, 16],
])("planeTranspose() exchanges %i rows and %i columns", ([rows, columns], { expect }) => {
  const engine = createEngine<Kernel>();
  const from = engine.alloc(rows * 64);
  const to = engine.alloc(columns * 64);
  const memory = new Uint8Array(engine.memory.buffer);
  const random = createRandom(rows);
  for (let at = 0; at < rows * 64; at++) memory[from + at] = random() * 256;
  engine.planeTranspose(from, 64, rows, columns, to, 48);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) expect(memory[to + x * 48 + y]).toBe(memory[from + y * 64 + x]);
});

function fromPairs({ sources, first, count, most, weights }: PairTaps, output: number): number[] {
  const all = new Array<number>(sources + 1).fill(0);
  for (let at = 0; at < count[output] * 2; at++) all[first[output] * 2 + at] = weights[output * most * 2 + at];
  return all;
}

function fromTaps({ sources, first, end, stride, weights }: Taps, output: number): number[] {
  const all = new Array<number>(sources + 1).fill(0);
  for (let at = first[output]; at < end[output]; at++) all[at] = weights[output * stride + at - first[output]];
  return all;
}

const flipRows = (samples: readonly number[], width: number): number[] =>
  Array.from({ length: samples.length / width }, (_, y) => samples.slice(y * width, (y + 1) * width))
    .toReversed()
    .flat();

const areEqual = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((sample, at) => sample === b[at]);

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

it("planePixels() makes blue of luma and chroma that overshoot far", ({ expect }) => {
  const engine = createEngine<ColourKernel>();
  const planes = [13_500, 4096 + 10_115, 4096].map((fine) => {
    const at = engine.alloc(16);
    new Int16Array(engine.memory.buffer, at, 8).fill(fine);
    return at;
  });
  const to = engine.alloc(32);
  engine.planePixels(planes[0], planes[1], planes[2], 16, 1, to, 8);
  expect([...new Uint8Array(engine.memory.buffer, to, 4)]).toEqual([255, 255, 255, 255]);
});
