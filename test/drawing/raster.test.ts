import { describe, it } from "vitest";
import { hex } from "../../src/drawing/colour.ts";
import type { DisplayList, Shape } from "../../src/drawing/display-list.ts";
import { ground } from "../../src/drawing/ground.ts";
import { commands, path } from "../../src/drawing/pen.ts";
import { toRaster } from "../../src/drawing/raster.ts";
import { STYLES } from "../../src/drawing/styles.ts";
import { toImage } from "../../src/transform/image.ts";
import { drawn } from "./support.ts";

const RED = hex("#ff0000");
const BLUE = hex("#0000ff");

const list = (side: number, ...shapes: readonly Shape[]): DisplayList => ({ side, shapes, antialias: true });

async function paint(drawing: DisplayList, side: number): Promise<Uint8Array> {
  return (await toImage(toRaster(drawing, side))).data;
}

const alphas = (data: Uint8Array): number[] => [...data].filter((_, at) => at % 4 === 3);

function covered(data: Uint8Array): number {
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) sum += data[at];
  return sum / 255;
}

describe("toRaster()", () => {
  it("covers a pixel by the part that lies inside", async ({ expect }) => {
    const shape: Shape = { kind: "polygon", points: [0.5, 0, 3, 0, 3, 1.25, 0.5, 1.25], colour: RED };
    expect(alphas(await paint(list(4, shape), 4))).toEqual([128, 255, 255, 0, 32, 64, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("covers a pixel on a diagonal by half", async ({ expect }) => {
    const shape: Shape = { kind: "polygon", points: [0, 0, 3, 0, 0, 3], colour: RED };
    expect(alphas(await paint(list(3, shape), 3))).toEqual([255, 255, 128, 255, 128, 0, 128, 0, 0]);
  });

  it.for([1, 7, 64, 65, 500, 2048])("gives a circle its area at side %i", async (side, { expect }) => {
    const area = covered(await paint(list(10, { kind: "circle", x: 5, y: 5, radius: 4, colour: RED }), side));
    expect(Math.abs(area / (Math.PI * (side * 0.4) ** 2) - 1)).toBeLessThan(side < 64 ? 0.04 : 0.001);
  });

  it("leaves a hole by the even-odd rule, and none by the other", async ({ expect }) => {
    const outline = commands("M0 0L4 0L4 4L0 4ZM1 1L3 1L3 3L1 3Z");
    const shape = (rule: "evenodd" | "nonzero"): Shape => ({ kind: "path", commands: outline, rule, colour: RED });
    expect(covered(await paint(list(4, shape("evenodd")), 4))).toBe(12);
    expect(covered(await paint(list(4, shape("nonzero")), 4))).toBe(16);
  });

  it("leaves a hole where an outline goes the other way round", async ({ expect }) => {
    const shape = path("M0 0L4 0L4 4L0 4ZM1 1L1 3L3 3L3 1Z", RED);
    expect(covered(await paint(list(4, shape), 4))).toBe(12);
  });

  it("cuts off what lies outside, on every side", async ({ expect }) => {
    const shape: Shape = { kind: "polygon", points: [-7, -3, 12, -3, 12, 9, -7, 9], colour: RED };
    expect(covered(await paint(list(4, shape), 4))).toBe(16);
    const diamond: Shape = { kind: "polygon", points: [2, -4, 8, 2, 2, 8, -4, 2], colour: RED };
    expect(covered(await paint(list(4, diamond), 4))).toBe(16);
    const beside: Shape = { kind: "polygon", points: [5, 0, 9, 0, 9, 4], colour: RED };
    expect(covered(await paint(list(4, beside), 4))).toBe(0);
  });

  it("lays colours over each other, not premultiplied", async ({ expect }) => {
    const half = { ...BLUE, alpha: 128 };
    expect([...(await paint(list(1, ground(1, half)), 1))]).toEqual([0, 0, 255, 128]);
    expect([...(await paint(list(1, ground(1, RED), ground(1, half)), 1))]).toEqual([127, 0, 128, 255]);
    expect([...(await paint(list(1, ground(1, half), ground(1, half)), 1))]).toEqual([0, 0, 255, 192]);
  });

  it("moves corners to the nearest edge between pixels where it is not to smooth", async ({ expect }) => {
    const shape: Shape = { kind: "polygon", points: [1, 1, 3, 1, 3, 3, 1, 3], colour: RED };
    const data = await paint({ side: 12, shapes: [shape], antialias: false }, 31);
    expect(new Set(alphas(data))).toEqual(new Set([0, 255]));
    expect(covered(data)).toBe(25);
  });

  it.for(STYLES)("gives every pixel of $name at sides 1, 2, 80 and 2048", async ({ name }, { expect }) => {
    for (const side of [1, 2, 80, 2048]) {
      const data = await paint(drawn(name), side);
      expect(data.length).toBe(side * side * 4);
      expect(covered(data)).toBe(name === "blank" ? 0 : side * side);
    }
  });

  it("looks the same at any size", async ({ expect }) => {
    for (const { name } of STYLES) {
      const [large, small] = [await paint(drawn(name), 512), await paint(drawn(name), 64)];
      expect(difference(shrunk(large, 512, 8), small), name).toBeLessThan(drawn(name).antialias ? 1 : 12);
    }
  });

  it("takes bands of bounded length", async ({ expect }) => {
    for await (const band of toRaster(drawn("monsterid"), 2048).bands())
      expect(band.length).toBeLessThanOrEqual(2 ** 19);
  });
});

/** `data` of `side` pixels a side, each `by` × `by` of them averaged. */
function shrunk(data: Uint8Array, side: number, by: number): Float64Array {
  const width = side / by;
  const means = new Float64Array(width * width * 4);
  for (let at = 0; at < data.length; at++) {
    const pixel = at >> 2;
    const [x, y] = [Math.floor((pixel % side) / by), Math.floor(pixel / side / by)];
    means[(y * width + x) * 4 + (at & 3)] += data[at] / by ** 2;
  }
  return means;
}

const difference = (a: Float64Array, b: Uint8Array): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / a.length;
