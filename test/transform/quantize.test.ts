import { expect, it } from "vitest";
import { ditherInPlace } from "../../src/transform/dither.ts";
import { createSearch } from "../../src/transform/nearest.ts";
import { writeOklab } from "../../src/transform/oklab.ts";
import { adaptivePalette, SKIP, TAKE } from "../../src/transform/quantize.ts";
import { createRandom } from "../support/mutants.ts";

const grey = (value: number): number => (0xff000000 | (value * 0x010101)) >>> 0;

const all = (length: number) => new Uint8Array(length).fill(TAKE);

it("adaptivePalette() gives distinct colours back as they are", () => {
  const colours = [0xff0000ff, 0xff00ff00, 0xffff0000, 0xff123456];
  const palette = adaptivePalette(Uint32Array.from(colours), all(4), 256);
  const found = Array.from({ length: palette.length / 3 }, (_, i) => palette.subarray(i * 3, i * 3 + 3).join());
  expect(found.sort()).toEqual(["0,0,255", "0,255,0", "255,0,0", "86,52,18"].sort());
});

it("adaptivePalette() has at most as many colours as allowed", () => {
  const random = createRandom(5);
  const pixels = Uint32Array.from({ length: 20_000 }, () => (0xff000000 | (random() * 0x1000000)) >>> 0);
  expect(adaptivePalette(pixels, all(pixels.length), 100).length).toBe(300);
});

it("adaptivePalette() looks at marked pixels only", () => {
  const palette = adaptivePalette(Uint32Array.of(grey(10), grey(200)), Uint8Array.of(SKIP, TAKE), 2);
  expect([...palette]).toEqual([200, 200, 200]);
});

it("adaptivePalette() is empty when nothing is marked", () => {
  expect(adaptivePalette(Uint32Array.of(grey(1)), Uint8Array.of(SKIP), 8).length).toBe(0);
});

it("createSearch() finds what trying all points finds", () => {
  const random = createRandom(8);
  const points = Float32Array.from({ length: 60 * 3 }, () => Math.floor(random() * 20));
  const search = createSearch(points);
  const distance = (point: number, to: readonly number[]) =>
    to.reduce((sum, value, axis) => sum + (points[point * 3 + axis] - value) ** 2, 0);
  for (let i = 0; i < 500; i++) {
    const to = [random() * 24 - 2, random() * 24 - 2, random() * 24 - 2] as const;
    const least = Math.min(...Array.from({ length: 60 }, (_, point) => distance(point, to)));
    expect(distance(search(...to), to)).toBeCloseTo(least, 3);
  }
});

it.for([
  [
    [255, 255, 255],
    [1, 0, 0],
  ],
  [
    [0, 0, 0],
    [0, 0, 0],
  ],
  [
    [255, 0, 0],
    [0.62796, 0.22486, 0.12585],
  ],
  [
    [0, 0, 255],
    [0.45201, -0.03246, -0.31153],
  ],
] as const)("writeOklab() turns %j into %j", ([[red, green, blue], expected]) => {
  const lab = new Float32Array(3);
  writeOklab(lab, 0, red, green, blue);
  lab.forEach((value, axis) => {
    expect(value).toBeCloseTo(expected[axis], 3);
  });
});

it("ditherInPlace() keeps the mean of a colour between two of the palette", () => {
  const marks = all(64 * 64);
  ditherInPlace(
    { pixels: new Uint32Array(64 * 64).fill(grey(100)), marks, width: 64, height: 64 },
    Uint8Array.of(80, 80, 80, 140, 140, 140),
    2,
  );
  const mean = marks.reduce((sum, index) => sum + (index === 0 ? 80 : 140), 0) / marks.length;
  expect(Math.abs(mean - 100)).toBeLessThan(3);
});

it("ditherInPlace() leaves palette colours clean and gives skipped pixels their index", () => {
  const marks = Uint8Array.of(TAKE, SKIP, TAKE, TAKE);
  ditherInPlace(
    { pixels: Uint32Array.of(grey(0), grey(9), grey(255), grey(0)), marks, width: 2, height: 2 },
    Uint8Array.of(0, 0, 0, 255, 255, 255),
    7,
  );
  expect([...marks]).toEqual([0, 7, 1, 0]);
});
