import { expect, it } from "vitest";
import { gifDecoder, gifEncoder } from "../../../src/codec/gif/gif.ts";
import type { Picture, RawImage } from "../../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../../support/compare.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { decodeAll, differingPixels, paint, toPicture } from "../../support/frames.ts";
import { createRandom } from "../../support/mutants.ts";

const encode = (picture: Picture): Promise<Uint8Array> => gifEncoder.encode(picture, { quality: 80 });

const again = async (picture: Picture) => decodeAll(gifDecoder, await encode(picture));

/** A smooth picture of far more than 256 colours. */
const photo = (width: number, height: number, shift = 0): RawImage =>
  paint(width, height, (x, y) => {
    const red = 128 + 100 * Math.sin((x + shift) / 17);
    const green = 128 + 90 * Math.cos(y / 23);
    const blue = 128 + 80 * Math.sin((x + y + shift) / 31);
    return ((red << 24) | (green << 16) | (blue << 8) | 255) >>> 0;
  });

const few = (colours: number, shift = 0) =>
  paint(40, 30, (x, y) => {
    const index = (x + y * 40 + shift) % colours;
    return ((index << 24) | ((255 - index) << 16) | ((index * 7) << 8) | 255) >>> 0;
  });

it.for([1, 2, 3, 4, 5, 16, 17, 255, 256])("encode() keeps %i colours exactly", async (colours) => {
  const { header, frames } = await again(toPicture([few(colours)], { alpha: false }));
  expect(header).toMatchObject({ width: 40, height: 30, frameCount: 1, alpha: false });
  expect(differingPixels(frames[0], few(colours))).toBe(0);
});

it.for([
  [1, 1],
  [1, 300],
  [300, 1],
  [257, 3],
])("encode() writes %i × %i", async ([width, height]) => {
  const image = paint(width, height, (x, y) => (((x % 16) << 28) | ((y % 16) << 20) | 255) >>> 0);
  expect(differingPixels((await again(toPicture([image], { alpha: false }))).frames[0], image)).toBe(0);
});

it("encode() keeps long runs and noise through many full code tables", async () => {
  const random = createRandom(3);
  const image = paint(400, 300, (x) => (x < 200 ? 255 : ((Math.floor(random() * 256) << 24) | 255) >>> 0));
  expect(differingPixels((await again(toPicture([image], { alpha: false }))).frames[0], image)).toBe(0);
});

it("encode() shows what is at least half opaque and drops the rest", async () => {
  const image = paint(4, 1, (x) => 0xff000000 | [0, 127, 128, 255][x]);
  const { header, frames } = await again(toPicture([image]));
  expect(header.alpha).toBe(true);
  expect([3, 7, 11, 15].map((at) => frames[0].data[at])).toEqual([0, 0, 255, 255]);
});

it("encode() keeps 255 colours beside transparency, and a wholly transparent picture", async () => {
  const image = paint(16, 17, (x, y) => (y === 0 ? 0 : (((x + (y - 1) * 16 || 1) << 16) | 255) >>> 0));
  expect(differingPixels((await again(toPicture([image]))).frames[0], image)).toBe(0);
  const nothing = paint(3, 3, () => 0);
  expect(differingPixels((await again(toPicture([nothing]))).frames[0], nothing)).toBe(0);
});

it("encode() comes near to a photograph, seen from a distance and pixel by pixel", async () => {
  const image = photo(160, 120);
  const { frames } = await again(toPicture([image], { alpha: false }));
  expect(meanDifference(gridMeans(frames[0], 10), gridMeans(image, 10))).toBeLessThan(1.5);
  expect(meanDifference([...frames[0].data], [...image.data])).toBeLessThan(6);
});

it("encode() writes the same bytes each time", async () => {
  expect(await encode(toPicture([photo(60, 50)]))).toEqual(await encode(toPicture([photo(60, 50)])));
});

/** A dot that wanders over a still background. */
const wander = (step: number, background: (x: number, y: number) => number) =>
  paint(30, 20, (x, y) => (Math.hypot(x - step * 3, y - 10) < 4 ? 0xff2010ff : background(x, y)));

it.for([
  ["stay", (x: number, y: number) => ((x * 8) << 24) | ((y * 12) << 16) | 255, false],
  ["are erased", () => 0, true],
  ["come and go on half a background", (x: number) => (x < 15 ? 0x336699ff : 0), true],
] as const)("encode() keeps frames whose pixels %s", async ([, background, alpha]) => {
  // 255 colours at most, so that everything must be exact.
  const images = Array.from({ length: 9 }, (_, step) => wander(step, (x, y) => background(x & ~1, y & ~1)));
  const { frames, picture } = await again(toPicture(images, { alpha, delayMs: 70, loop: 4 }));
  expect(frames.map((frame, i) => differingPixels(frame, images[i]))).toEqual(images.map(() => 0));
  expect(frames.every(({ delayMs }) => delayMs === 70)).toBe(true);
  expect(picture.loop).toBe(4);
});

it("encode() keeps random animations, transparent and not", async () => {
  const random = createRandom(11);
  const pick = (count: number) => Math.floor(random() * count);
  for (let round = 0; round < 60; round++) {
    const alpha = round % 2 === 0;
    const colours = Array.from({ length: 1 + pick(300) }, () => ((pick(0x1000000) << 8) | 255) >>> 0).slice(0, 250);
    let last = paint(9, 7, () => colours[0]);
    const images = Array.from({ length: 6 }, () => {
      const before = new DataView(last.data.buffer);
      const changing = random();
      last = paint(9, 7, (x, y) => {
        if (random() > changing) return before.getUint32((y * 9 + x) * 4);
        return alpha && random() < 0.3 ? 0 : colours[pick(colours.length)];
      });
      return last;
    });
    const { frames } = await again(toPicture(images, { alpha }));
    expect(frames.map((frame, i) => differingPixels(frame, images[i]))).toEqual([0, 0, 0, 0, 0, 0]);
  }
});

it("encode() keeps 256 colours in a frame that follows another", async () => {
  const images = [few(256), few(256, 1), few(200, 9)];
  const { frames } = await again(toPicture(images, { alpha: false }));
  expect(frames.map((frame, i) => differingPixels(frame, images[i]))).toEqual([0, 0, 0]);
});

it("encode() clears a frame of 256 colours by giving up one of them", async () => {
  const hole = few(256);
  hole.data.fill(0, 400, 800);
  const { frames } = await again(toPicture([few(256), hole]));
  expect(differingPixels(frames[0], few(256))).toBeLessThan(10);
  expect(frames[1].data.subarray(400, 800).every((byte) => byte === 0)).toBe(true);
});

it("encode() leaves every pixel alone that does not change, dithered or not", async () => {
  const first = photo(80, 60);
  const second = paint(80, 60, (x, y) =>
    x > 50
      ? new DataView(photo(80, 60, 9).data.buffer).getUint32((y * 80 + x) * 4)
      : new DataView(first.data.buffer).getUint32((y * 80 + x) * 4),
  );
  const { frames } = await again(toPicture([first, second], { alpha: false }));
  const left = ({ data }: RawImage) => paint(51, 60, (x, y) => new DataView(data.buffer).getUint32((y * 80 + x) * 4));
  expect(differingPixels(left(frames[0]), left(frames[1]))).toBe(0);
});

it("encode() keeps frames that change nothing", async () => {
  const { frames } = await again(toPicture([photo(20, 20), photo(20, 20), photo(20, 20)], { alpha: false }));
  expect(frames.length).toBe(3);
  expect(differingPixels(frames[0], frames[2])).toBe(0);
});

it("encode() makes up for delays that are no hundredths of a second", async () => {
  const images = Array.from({ length: 6 }, (_, i) => few(3, i));
  const { frames } = await again(toPicture(images, { alpha: false, delayMs: 33 }));
  expect(frames.reduce((sum, { delayMs }) => sum + delayMs, 0)).toBe(200);
});

it("encode() refuses a side above 65535", async () => {
  const picture = { ...toPicture([few(2)]), width: 65536, height: 1 };
  await expect(encode(picture)).rejects.toThrow(expect.objectContaining({ status: 422, code: "output_too_large" }));
});

it
  .skipIf(!hasCorpus)
  .for(
    await corpusFiles(({ format, expected, frames = 1 }) => format === "gif" && expected === "decode" && frames <= 60),
  )("encode() keeps the frames, delays and loop of $file", async ({ file }) => {
  const bytes = await readCorpus(file);
  const before = await decodeAll(gifDecoder, bytes);
  const request = { atLeast: undefined, frames: "all" } as const;
  const after = await again(await gifDecoder.decode(bytes, before.header, request));
  expect(after.picture.loop).toBe(before.picture.loop);
  expect(after.frames.map(({ delayMs }) => delayMs)).toEqual(before.frames.map(({ delayMs }) => delayMs));
  expect(after.frames.filter((frame, i) => differingPixels(frame, before.frames[i]) > 0)).toEqual([]);
});
