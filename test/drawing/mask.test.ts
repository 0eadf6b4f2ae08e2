import { describe, it } from "vitest";
import { roundCorners } from "../../src/drawing/mask.ts";
import { toImage, toRaster } from "../../src/transform/image.ts";
import { createRandom, inBands, noise } from "../support/pictures.ts";

const picture = (width: number, height: number) => noise({ width, height }, createRandom(7));
const opaque = (width: number, height: number) => ({
  width,
  height,
  data: new Uint8Array(width * height * 4).fill(255),
});
const kept = (data: Uint8Array): number => data.reduce((sum, value, at) => (at % 4 === 3 ? sum + value / 255 : sum), 0);

describe("roundCorners()", () => {
  it("is nothing to do at 0", ({ expect }) => {
    const raster = toRaster(opaque(4, 4));
    expect(roundCorners(raster, 0)).toBe(raster);
  });

  it.for([1, 2, 31, 80, 400])("leaves of a square of %i a circle at 50", async (side, { expect }) => {
    const { data } = await toImage(roundCorners(toRaster(opaque(side, side), false), 50));
    expect(Math.abs(kept(data) / ((Math.PI * side ** 2) / 4) - 1)).toBeLessThan(side < 10 ? 0.025 : 0.001);
  });

  it("takes the radius from the shorter side", async ({ expect }) => {
    const { data } = await toImage(roundCorners(toRaster(opaque(200, 100)), 20));
    const corners = 20 ** 2 * (4 - Math.PI);
    expect(Math.abs(kept(data) - (200 * 100 - corners))).toBeLessThan(1);
    expect(data[3]).toBe(0);
    expect(data[(200 * 99 + 199) * 4 + 3]).toBe(0);
  });

  it("multiplies alpha and leaves colours, however the rows arrive", async ({ expect }) => {
    const image = picture(30, 30);
    const whole = await toImage(roundCorners(toRaster(image), 50));
    expect(await toImage(roundCorners(inBands(image, 7), 50))).toEqual(whole);
    const middle = (15 * 30 + 15) * 4;
    expect(whole.data.subarray(middle, middle + 4)).toEqual(image.data.subarray(middle, middle + 4));
    for (let at = 0; at < image.data.length; at++)
      if (at % 4 === 3) expect(whole.data[at]).toBeLessThanOrEqual(image.data[at]);
      else expect(whole.data[at]).toBe(image.data[at]);
  });

  it("says that the result is not opaque", ({ expect }) => {
    expect(roundCorners(toRaster(opaque(4, 4), false), 10).alpha).toBe(true);
  });
});
