import { describe, it } from "vitest";
import { draw, fill } from "../../src/transform/compose.ts";
import { type RawImage, toImage } from "../../src/transform/image.ts";
import { createRandom, drawn, inBands, noise, plain } from "../support/pictures.ts";

const red = { red: 255, green: 0, blue: 0, alpha: 255 };

describe("fill()", () => {
  it.for([
    { left: 1, top: 1, width: 2, height: 2, rows: ["kkkk", "krrk", "krrk"] },
    { left: -5, top: -5, width: 6, height: 7, rows: ["rkkk", "rkkk", "kkkk"] },
    { left: 3, top: 2, width: 90, height: 90, rows: ["kkkk", "kkkk", "kkkr"] },
    { left: 0, top: 0, width: 0, height: 3, rows: ["kkkk", "kkkk", "kkkk"] },
    { left: 9, top: 0, width: 2, height: 3, rows: ["kkkk", "kkkk", "kkkk"] },
    { left: 3, top: 2, width: -2, height: -2, rows: ["kkkk", "kkkk", "kkkk"] },
  ])("covers what lies inside: $width x $height at $left, $top", async ({ rows, ...rect }, { expect }) => {
    for (const band of [1, 2, 3])
      expect(await toImage(fill(inBands(drawn("kkkk", "kkkk", "kkkk"), band), rect, red))).toEqual(drawn(...rows));
  });

  it("fills the worked example of picfit.md 2.9", async ({ expect }) => {
    const background = plain({ width: 300, height: 200 }, [9, 9, 9, 255]);
    const half = { left: 0, top: 0, width: 150, height: 100 };
    const { data } = await toImage(fill(inBands(background, 16), half, { ...red, red: 0, green: 255 }));
    const isGreen = (x: number, y: number) => data[(y * 300 + x) * 4 + 1] === 255;
    expect([isGreen(0, 0), isGreen(149, 99), isGreen(150, 99), isGreen(149, 100)]).toEqual([true, true, false, false]);
  });
});

describe("draw()", () => {
  it.for([
    { left: 1, top: 1, rows: ["kkkk", "krgk", "kbwk"] },
    { left: -1, top: -1, rows: ["wkkk", "kkkk", "kkkk"] },
    { left: 3, top: 2, rows: ["kkkk", "kkkk", "kkkr"] },
    { left: 4, top: 0, rows: ["kkkk", "kkkk", "kkkk"] },
    { left: 0, top: -2, rows: ["kkkk", "kkkk", "kkkk"] },
  ])("clips at the edges: $left, $top", async ({ left, top, rows }, { expect }) => {
    for (const band of [1, 2, 3]) {
      const background = inBands(drawn("kkkk", "kkkk", "kkkk"), band);
      expect(await toImage(draw(background, drawn("rg", "bw"), left, top))).toEqual(drawn(...rows));
    }
  });

  it("shows the ground through transparent pixels and keeps a transparent ground", async ({ expect }) => {
    const result = await toImage(draw(inBands(drawn("k.k."), 1), drawn("rr.."), 0, 0));
    expect(result).toEqual(drawn("rrk."));
  });

  it("is Porter-Duff over on straight alpha", async ({ expect }) => {
    const size = { width: 40, height: 40 };
    const [ground, picture] = [noise(size, createRandom(30)), noise(size, createRandom(31))];
    const { data } = await toImage(draw(inBands(ground, 7), picture, 0, 0));
    expect(data).toEqual(over(ground, picture));
  });

  it("keeps both arguments' bytes as they were", async ({ expect }) => {
    const size = { width: 8, height: 8 };
    const [ground, picture] = [noise(size, createRandom(32)), noise(size, createRandom(33))];
    const before = [ground.data.slice(), picture.data.slice()];
    const bands = async function* () {
      yield ground.data;
    };
    await toImage(draw({ ...inBands(ground, 8), bands }, picture, 1, 1));
    expect([ground.data, picture.data]).toEqual(before);
  });
});

function over(ground: RawImage, picture: RawImage): Uint8Array {
  return picture.data.map((value, at) => {
    const added = picture.data[at | 3] / 255;
    const kept = (ground.data[at | 3] / 255) * (1 - added);
    if (added === 0) return ground.data[at];
    if (at % 4 === 3) return Math.round((added + kept) * 255);
    return Math.floor((value * added + ground.data[at] * kept) / (added + kept) + 0.5 + 1e-9);
  });
}
