import { describe, it } from "vitest";
import type { Orientation } from "../../src/codec/codec.ts";
import { type Raster, toImage } from "../../src/transform/image.ts";
import { orient } from "../../src/transform/orient.ts";
import { createRandom, drawn, inBands, noise } from "../support/pictures.ts";

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
/** The orientation that undoes each: only the two quarter turns are not their own. */
const undone: Readonly<Record<Orientation, Orientation>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 };

describe("orient()", () => {
  it.for<[Orientation, string[]]>([
    [1, ["rgk", "bw."]],
    [2, ["kgr", ".wb"]],
    [3, [".wb", "kgr"]],
    [4, ["bw.", "rgk"]],
    [5, ["rb", "gw", "k."]],
    [6, ["br", "wg", ".k"]],
    [7, [".k", "wg", "br"]],
    [8, ["k.", "gw", "rb"]],
  ])("turns orientation %i upright", async ([orientation, rows], { expect }) => {
    expect(await toImage(orient(inBands(drawn("rgk", "bw."), 1), orientation))).toEqual(drawn(...rows));
  });

  it.for(orientations)("is undone by its opposite: %i", async (orientation, { expect }) => {
    const image = noise({ width: 37, height: 51 }, createRandom(orientation));
    const there = orient(inBands(image, 5), orientation);
    expect(await toImage(orient(there, undone[orientation]))).toEqual(image);
  });

  it("turns two in a row as one of the eight does, and each differently", async ({ expect }) => {
    const image = noise({ width: 5, height: 5 }, createRandom(77));
    const known = new Map<string, number>();
    for (const first of orientations) known.set(await textOf(orient(inBands(image, 2), first)), first);
    expect(known.size).toBe(8);
    for (const first of orientations)
      for (const second of orientations)
        expect(known.has(await textOf(orient(orient(inBands(image, 2), first), second)))).toBe(true);
  });

  it.for(orientations)("does not depend on the bands: %i", async (orientation, { expect }) => {
    const image = noise({ width: 33, height: 40 }, createRandom(9));
    const once = await toImage(orient(inBands(image, 40), orientation));
    expect(await toImage(orient(inBands(image, 1), orientation))).toEqual(once);
  });

  it.for(orientations)("takes one pixel: %i", async (orientation, { expect }) => {
    expect(await toImage(orient(inBands(drawn("g"), 1), orientation))).toEqual(drawn("g"));
  });

  it("returns its argument when upright", ({ expect }) => {
    const raster = inBands(drawn("rg"), 1);
    expect(orient(raster, 1)).toBe(raster);
  });

  it.for<[Orientation, number, number]>([
    [2, 8, 5.5],
    [3, 8, 6],
    [4, 7.25, 6],
    [5, 5.5, 7.25],
    [6, 6, 7.25],
    [7, 6, 8],
    [8, 5.5, 8],
  ])(
    "keeps the extent of the sides that still begin where they did: %i",
    ([orientation, width, height], { expect }) => {
      const image = noise({ width: 8, height: 6 }, createRandom(1));
      const raster = { ...inBands(image, 6), extent: { width: 7.25, height: 5.5 } };
      expect(orient(raster, orientation).extent).toEqual({ width, height });
    },
  );

  it("reads pixels at any address", async ({ expect }) => {
    const { width, height, data } = drawn("rgk", "bw.");
    const shifted = new Uint8Array(data.length + 1);
    shifted.set(data, 1);
    const image = { width, height, data: shifted.subarray(1) };
    const raster = {
      ...inBands(image, 2),
      bands: async function* () {
        yield image.data;
      },
    };
    expect(await toImage(orient(raster, 3))).toEqual(drawn(".wb", "kgr"));
  });

  it("fails when the source gives too few rows", async ({ expect }) => {
    const raster = { ...inBands(drawn("rg", "bw"), 1), height: 3 };
    await expect(toImage(orient(raster, 6))).rejects.toThrow("16 of 24 bytes");
  });
});

async function textOf(raster: Raster): Promise<string> {
  return (await toImage(raster)).data.toHex();
}
