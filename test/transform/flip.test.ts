import { describe, it } from "vitest";
import { flip } from "../../src/transform/flip.ts";
import { toImage } from "../../src/transform/image.ts";
import { orient } from "../../src/transform/orient.ts";
import { createRandom, drawn, inBands, noise } from "../support/pictures.ts";

describe("flip()", () => {
  it.for<["h" | "v", string[]]>([
    ["h", ["gr", "wb"]],
    ["v", ["bw", "rg"]],
  ])("mirrors along %s", async ([axis, rows], { expect }) => {
    expect(await toImage(flip(inBands(drawn("rg", "bw"), 1), axis))).toEqual(drawn(...rows));
  });

  it.for(["h", "v"] as const)("gives the picture back when done twice: %s", async (axis, { expect }) => {
    const image = noise({ width: 31, height: 44 }, createRandom(4));
    expect(await toImage(flip(flip(inBands(image, 3), axis), axis))).toEqual(image);
  });

  it("both ways is half a turn", async ({ expect }) => {
    const image = noise({ width: 31, height: 44 }, createRandom(5));
    const both = flip(flip(inBands(image, 3), "h"), "v");
    expect(await toImage(both)).toEqual(await toImage(orient(inBands(image, 3), 3)));
  });

  it("keeps its argument's bytes as they were", async ({ expect }) => {
    const image = noise({ width: 9, height: 9 }, createRandom(6));
    const before = image.data.slice();
    const bands = async function* () {
      yield image.data;
    };
    for (const axis of ["h", "v"] as const) await toImage(flip({ ...inBands(image, 9), bands }, axis));
    expect(image.data).toEqual(before);
  });
});
