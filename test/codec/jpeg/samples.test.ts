import { describe, it } from "vitest";
import { jpegDecoder } from "../../../src/codec/jpeg/jpeg.ts";
import { firstFrame, type RawImage, toImage } from "../../../src/transform/image.ts";
import { draw, encode } from "../../support/drawings.ts";
import { readJpegBlocks } from "../../support/jpeg-blocks.ts";
import { referencePixels } from "../../support/jpeg-samples.ts";
import { createRandom, difference, noise } from "../../support/pictures.ts";
import { picture } from "../../support/webp.ts";

const SIZE = { width: 96, height: 64 };

const PICTURES: Readonly<Record<string, RawImage>> = {
  "a photograph": picture(SIZE.width, SIZE.height, false),
  noise: noise(SIZE, createRandom(5), false),
  "edges of black and white": draw(SIZE.width, SIZE.height, (x, y) =>
    ((x * 5 + y * 3) >> 4) & 1 ? [255, 255, 255] : [0, 0, 0],
  ),
  "edges of red and blue": draw(SIZE.width, SIZE.height, (x, y) =>
    ((x >> 2) ^ (y >> 3)) & 1 ? [255, 0, 0] : [0, 0, 255],
  ),
};

async function decode(bytes: Uint8Array, shrink: number): Promise<RawImage> {
  const atLeast = { width: SIZE.width / shrink, height: SIZE.height / shrink };
  const picture = await jpegDecoder.decode(bytes, jpegDecoder.readHeader(bytes), { atLeast, frames: "first" });
  return toImage(await firstFrame(picture));
}

const cases = Object.keys(PICTURES).flatMap((name) =>
  [1, 2, 4, 8].flatMap((shrink) => [20, 75, 100].map((quality) => [name, shrink, quality] as const)),
);

describe("decode() gives what the definitions give", () => {
  // A sample that lies between two levels may fall to either; its colours may then differ by two more.
  it.for(cases)("of %s at 1/%i, quality %i", async ([name, shrink, quality], { expect }) => {
    const file = await encode(PICTURES[name], "jpg", quality);
    const expected = referencePixels(readJpegBlocks(file), SIZE, shrink);
    const { mean, max } = difference(await decode(file, shrink), expected);
    expect(max).toBeLessThanOrEqual(3);
    expect(mean).toBeLessThan(0.1);
  });
});
