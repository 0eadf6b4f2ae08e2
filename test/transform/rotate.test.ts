import { describe, it } from "vitest";
import { toImage } from "../../src/transform/image.ts";
import { rotate } from "../../src/transform/rotate.ts";
import { createRandom, drawn, inBands, noise } from "../support/pictures.ts";

describe("rotate()", () => {
  it.for<[0 | 90 | 180 | 270, string[]]>([
    [0, ["rg", "bw"]],
    [90, ["gw", "rb"]],
    [180, ["wb", "gr"]],
    [270, ["br", "wg"]],
  ])("turns counter-clockwise by %i", async ([degrees, rows], { expect }) => {
    expect(await toImage(rotate(inBands(drawn("rg", "bw"), 1), degrees))).toEqual(drawn(...rows));
  });

  it("swaps the sides at a quarter turn", ({ expect }) => {
    const raster = inBands(noise({ width: 300, height: 200 }, createRandom(1)), 16);
    expect(rotate(raster, 90)).toMatchObject({ width: 200, height: 300 });
    expect(rotate(raster, 180)).toMatchObject({ width: 300, height: 200 });
  });

  it("gives the picture back after four quarter turns", async ({ expect }) => {
    const image = noise({ width: 41, height: 29 }, createRandom(2));
    const turned = [90, 90, 90, 90].reduce((raster) => rotate(raster, 90), inBands(image, 4));
    expect(await toImage(turned)).toEqual(image);
  });

  it("turns by 270 as three times by 90", async ({ expect }) => {
    const image = noise({ width: 12, height: 35 }, createRandom(3));
    const thrice = rotate(rotate(rotate(inBands(image, 4), 90), 90), 90);
    expect(await toImage(rotate(inBands(image, 4), 270))).toEqual(await toImage(thrice));
  });
});
