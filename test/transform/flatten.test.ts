import { describe, it } from "vitest";
import { flatten } from "../../src/transform/flatten.ts";
import { toImage } from "../../src/transform/image.ts";
import { createRandom, drawn, inBands, noise, plain } from "../support/pictures.ts";

const white = { red: 255, green: 255, blue: 255, alpha: 255 };

describe("flatten()", () => {
  it.for<[number[], number[]]>([
    [
      [10, 20, 30, 255],
      [10, 20, 30, 255],
    ],
    [
      [10, 20, 30, 0],
      [255, 255, 255, 255],
    ],
    [
      [0, 255, 100, 128],
      [127, 255, 177, 255],
    ],
    [
      [0, 0, 0, 1],
      [254, 254, 254, 255],
    ],
  ])("lays %j on white as %j", async ([pixel, expected], { expect }) => {
    const size = { width: 3, height: 2 };
    expect(await toImage(flatten(inBands(plain(size, pixel), 1), white))).toEqual(plain(size, expected));
  });

  it("rounds every colour to the nearest level", async ({ expect }) => {
    const image = noise({ width: 64, height: 64 }, createRandom(20));
    const ground = { red: 3, green: 140, blue: 251, alpha: 255 };
    const { data } = await toImage(flatten(inBands(image, 5), ground));
    const grounds = [ground.red, ground.green, ground.blue];
    const expected = image.data.map((value, at) => {
      const alpha = image.data[at | 3] / 255;
      return at % 4 === 3 ? 255 : Math.round(value * alpha + grounds[at % 4] * (1 - alpha));
    });
    expect(data).toEqual(expected);
  });

  it("promises that the result is opaque", ({ expect }) => {
    expect(flatten(inBands(drawn("."), 1), white).alpha).toBe(false);
  });

  it("returns its argument when that is opaque", ({ expect }) => {
    const raster = inBands(drawn("r"), 1, false);
    expect(flatten(raster, white)).toBe(raster);
  });
});
