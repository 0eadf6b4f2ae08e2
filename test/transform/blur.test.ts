import { describe, it } from "vitest";
import { blur, blurSigma } from "../../src/transform/blur.ts";
import { type RawImage, type Size, toImage } from "../../src/transform/image.ts";
import { areEqual, createRandom, difference, inBands, noise, plain } from "../support/pictures.ts";
import { referenceBlur } from "../support/reference-filter.ts";

const sizes: readonly (readonly [number, number])[] = [
  [20, 20],
  [45, 30],
  [60, 40],
  [79, 60],
  [80, 50],
  [100, 1],
  [1, 300],
  [160, 90],
  [90, 400],
];
const named = sizes.flatMap(([width, height]) => [false, true].map((alpha) => ({ width, height, alpha })));

describe("blur()", () => {
  it.for(named)(
    "is a Gaussian to half a level: $width x $height, alpha $alpha",
    async ({ alpha, ...size }, { expect }) => {
      for (const image of [noise(size, createRandom(size.width), alpha), edges(size, alpha)]) {
        const blurred = await toImage(blur(inBands(image, 7, alpha)));
        const { mean, max } = difference(blurred, referenceBlur(image, blurSigma(size)));
        expect(mean).toBeLessThanOrEqual(0.3);
        expect(max).toBeLessThanOrEqual(2);
      }
    },
  );

  it.for(named)(
    "leaves a plain picture plain: $width x $height, alpha $alpha",
    async ({ alpha, ...size }, { expect }) => {
      const image = plain(size, alpha ? [200, 10, 77, 130] : [200, 10, 77, 255]);
      expect(areEqual(await toImage(blur(inBands(image, 16, alpha))), image)).toBe(true);
    },
  );

  it("never lets the colour of a transparent pixel through", async ({ expect }) => {
    const image = plain({ width: 120, height: 90 }, [0, 200, 0, 255]);
    for (let at = 0; at < image.data.length; at += 12) image.data.set([255, 0, 255, 0], at);
    const { data } = await toImage(blur(inBands(image, 16)));
    expect(data.every((value, at) => at % 2 === 1 || value === 0 || at % 4 === 3)).toBe(true);
  });

  it("returns its argument when both sides are below 20 pixels", ({ expect }) => {
    const raster = inBands(noise({ width: 19, height: 19 }, createRandom(1)), 4);
    expect(blur(raster)).toBe(raster);
  });
});

describe("blurSigma()", () => {
  it.for([
    [19, 19, 0],
    [20, 1, 1],
    [300, 200, 15],
    [200, 319, 15],
    [999, 10, 49],
    [4000, 3000, 50],
  ])("of %i x %i is %i", ([width, height, sigma], { expect }) => {
    expect(blurSigma({ width, height })).toBe(sigma);
  });
});

/** Steps near the edges, a slope and squares: what shows errors that noise averages out. */
function edges(size: Size, alpha: boolean): RawImage {
  const { width, height } = size;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const square = (((x >> 4) + (y >> 4)) & 1) * 255;
      data.set(
        [(x * 255) / width, x > width / 8 ? 255 : 0, square, alpha ? (y * 255) / height : 255],
        (y * width + x) * 4,
      );
    }
  return { width, height, data };
}
