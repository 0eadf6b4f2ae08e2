import { describe, it } from "vitest";
import { crop } from "../../src/transform/crop.ts";
import { type RawImage, toImage } from "../../src/transform/image.ts";
import { createRandom, cutOut, inBands, noise } from "../support/pictures.ts";

const image = noise({ width: 23, height: 31 }, createRandom(12));

describe("crop()", () => {
  it.for([
    { left: 0, top: 0, width: 5, height: 5 },
    { left: 4, top: 9, width: 10, height: 13 },
    { left: 0, top: 30, width: 23, height: 1 },
    { left: 22, top: 0, width: 1, height: 31 },
    { left: 0, top: 8, width: 23, height: 8 },
  ])("cuts out $width x $height at $left, $top, whatever the bands", async (rect, { expect }) => {
    for (const rows of [1, 4, 31]) expect(await toImage(crop(inBands(image, rows), rect))).toEqual(cutOut(image, rect));
  });

  it("returns its argument when the part is the whole", ({ expect }) => {
    const raster = inBands(image, 8);
    expect(crop(raster, { left: 0, top: 0, width: 23, height: 31 })).toBe(raster);
  });

  it("reads no band after the last row that it needs", async ({ expect }) => {
    const counted = countBands(image);
    await toImage(crop(counted.raster, { left: 3, top: 2, width: 4, height: 7 }));
    expect(counted).toMatchObject({ bandsRead: 9, stopped: true });
  });

  it("moves the extent along", ({ expect }) => {
    const raster = { ...inBands(image, 8), extent: { width: 22.5, height: 30.25 } };
    expect(crop(raster, { left: 20, top: 1, width: 3, height: 4 }).extent).toEqual({ width: 2.5, height: 4 });
  });
});

function countBands(image: RawImage) {
  const count = { bandsRead: 0, stopped: false };
  const bands = async function* () {
    try {
      for await (const band of inBands(image, 1).bands()) {
        count.bandsRead++;
        yield band;
      }
    } finally {
      count.stopped = true;
    }
  };
  return Object.assign(count, { raster: { ...inBands(image, 1), bands } });
}
