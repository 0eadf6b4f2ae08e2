import { describe, it } from "vitest";
import { toImage } from "../../src/transform/image.ts";
import { transpose } from "../../src/transform/transpose.ts";
import { createRandom, drawn, inBands, noise } from "../support/pictures.ts";

describe("transpose()", () => {
  it("makes rows of columns", async ({ expect }) => {
    expect(await toImage(transpose(inBands(drawn("rgk", "bw."), 1)))).toEqual(drawn("rb", "gw", "k."));
  });

  it.for([
    [1, 50],
    [50, 1],
    [16, 32],
    [17, 33],
    [31, 15],
  ])("gives the picture back when done twice: %i x %i", async ([width, height], { expect }) => {
    const image = noise({ width, height }, createRandom(width));
    expect(await toImage(transpose(transpose(inBands(image, 6))))).toEqual(image);
  });
});
