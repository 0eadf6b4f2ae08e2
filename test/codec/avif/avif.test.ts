import { expect, it } from "vitest";
import { avifDecoder } from "../../../src/codec/avif/avif.ts";
import { avifEncoder } from "../../../src/codec/avif/encoder.ts";
import { readAvif } from "../../../src/codec/avif/header.ts";
import { HttpError } from "../../../src/error.ts";
import { firstFrame, type RawImage, stillPicture, toImage, toRaster } from "../../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../../support/compare.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { quickest } from "../../support/quickest.ts";
import { createRandom } from "../../support/random.ts";
import { upright } from "../../support/upright.ts";

/** A gradient with a hole at its right half where `alpha` is asked for. */
function gradient(width: number, height: number, alpha = false): RawImage {
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at += 4) {
    const x = (at / 4) % width;
    const y = Math.floor(at / 4 / width);
    data.set([(x * 255) / width, (y * 255) / height, 128, alpha && x >= width / 2 ? 0 : 255], at);
  }
  return { width, height, data };
}

const encode = (image: RawImage, alpha: boolean, quality = 90) =>
  avifEncoder.encode(stillPicture(toRaster(image, alpha)), { quality });

async function decode(bytes: Uint8Array): Promise<RawImage> {
  const header = avifDecoder.readHeader(bytes);
  const picture = await avifDecoder.decode(bytes, header, { atLeast: undefined, frames: "all" });
  expect({ width: picture.width, height: picture.height }).toEqual({ width: header.width, height: header.height });
  return toImage(await firstFrame(picture));
}

it.for([
  [1, 1],
  [7, 3],
  [64, 200],
] as const)("decode() gives what encode() was given when the picture is %i × %i", async ([width, height]) => {
  const image = gradient(width, height);
  const bytes = await encode(image, false, 100);
  expect(avifDecoder.readHeader(bytes)).toEqual({
    format: "avif",
    ...{ width, height, orientation: 1, frameCount: 1, alpha: false, colour: "yuv", depth: 8, progressive: false },
  });
  const decoded = await decode(bytes);
  expect(meanDifference(gridMeans(decoded, 1), gridMeans(image, 1))).toBeLessThan(3);
});

it("decode() keeps alpha when there is some", async () => {
  const bytes = await encode(gradient(64, 64, true), true);
  expect(avifDecoder.readHeader(bytes).alpha).toBe(true);
  const { data } = await decode(bytes);
  expect([data[3], data[63 * 4 + 3]]).toEqual([255, 0]);
});

it("encode() makes larger files when quality is higher", async () => {
  const image = gradient(200, 200);
  const lengths = await Promise.all(
    [1, 30, 60, 85, 100].map(async (quality) => (await encode(image, false, quality)).length),
  );
  expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
});

it("encode() writes no metadata", async () => {
  const text = new TextDecoder("latin1").decode(await encode(gradient(32, 32), false));
  expect(text).not.toMatch(/Exif|xml|prof/);
});

it("decode() refuses with 422 when the header is that of another picture", async () => {
  const bytes = await encode(gradient(32, 32), false);
  const header = { ...avifDecoder.readHeader(bytes), width: 33 };
  const decoding = avifDecoder.decode(bytes, header, { atLeast: undefined, frames: "all" });
  await expect(decoding).rejects.toMatchObject({ status: 422, code: "decode_failed" });
});

it("decode() gives the same bytes again when a damaged file came in between", async () => {
  const bytes = await encode(gradient(48, 48), false);
  const before = await decode(bytes);
  await expect(decode(bytes.subarray(0, bytes.length - 60))).rejects.toThrow(HttpError);
  expect(await decode(bytes)).toEqual(before);
});

it("decode() refuses with 422 when an item holds more frames than a still may", async () => {
  const bytes = await encode(gradient(16, 16), false);
  const { data } = readAvif(bytes).colour.tiles[0];
  const frames = Array.from({ length: 20 }, () => data.subarray(2));
  const start = bytes.length - data.length;
  const video = new Uint8Array(await new Blob([bytes.subarray(0, start), data, ...frames]).arrayBuffer());
  setItemLength(video, start, video.length - start);
  expect(() => avifDecoder.readHeader(video)).toThrow(expect.objectContaining({ status: 422, code: "decode_failed" }));
});

/** Rewrites the length that `iloc` gives for the item at `start`: 4 bytes each, the offset first. */
function setItemLength(bytes: Uint8Array, start: number, length: number): void {
  const view = new DataView(bytes.buffer);
  let at = 0;
  while (view.getUint32(at) !== start) at++;
  view.setUint32(at + 4, length);
}

it.for([0, 1, 2, 3, 7, 12, 40, 100, 200])("readHeader() refuses with 422 when the file ends at %i", async (end) => {
  const bytes = (await encode(gradient(16, 16), false)).subarray(0, end);
  expect(() => avifDecoder.readHeader(bytes)).toThrow(expect.objectContaining({ status: 422 }));
});

it("readHeader() throws nothing but HttpError, and soon, when bytes are changed at random", async () => {
  const seeds = [await encode(gradient(16, 16), false), await encode(gradient(16, 16, true), true)];
  const random = createRandom(1);
  const attemptHeader = (bytes: Uint8Array) => {
    try {
      avifDecoder.readHeader(bytes);
    } catch (error) {
      if (!(error instanceof HttpError && error.status < 500)) throw error;
    }
  };
  for (let round = 0; round < 12_000; round++) {
    const bytes = mutate(seeds[round % seeds.length], random);
    expect(await quickest(50, () => attemptHeader(bytes))).toBeLessThan(50);
  }
});

it("decode() throws nothing but HttpError when bytes are changed at random", async () => {
  const seeds = [await encode(gradient(16, 16), false), await encode(gradient(16, 16, true), true)];
  const random = createRandom(2);
  for (let round = 0; round < 300; round++) {
    const decoding = decode(mutate(seeds[round % seeds.length], random));
    await decoding.catch((error) => {
      if (!(error instanceof HttpError && error.status < 500)) throw error;
    });
  }
});

/** A copy with a few bytes changed, and sometimes cut or stretched. */
function mutate(source: Uint8Array, random: () => number): Uint8Array {
  const below = (end: number) => Math.floor(random() * end);
  const bytes = Uint8Array.from(source);
  for (let left = 1 + below(4); left > 0; left--) {
    const special = [0, 1, 127, 128, 255];
    bytes[below(bytes.length)] = random() < 0.5 ? below(256) : special[below(special.length)];
  }
  return random() < 0.2 ? bytes.subarray(0, below(bytes.length)) : bytes;
}

/**
 * Where the reference and we differ, and why. `pitm`: libvips shows the first item, the format asks for the primary one.
 * `extended_pixi`: chroma of 2 × 2 samples, which the reference repeats and libavif blends. The others need more memory
 * than an instance has.
 */
const DEVIATIONS = ["pitm", "extended_pixi", "hato", "bbb_4k", "bbb_alpha_inverted"];

const corpus = await corpusFiles(
  ({ format, file }) => format === "avif" && !DEVIATIONS.some((name) => file.includes(name)),
);

it.skipIf(!hasCorpus).for(corpus)(
  "decode() meets the reference when it reads $file",
  { timeout: 60_000 },
  async (row) => {
    const bytes = await readCorpus(row.file);
    const image = await attempt(bytes);
    if (image instanceof HttpError) {
      expect(image.status).toBe(422);
      expect(["decode-or-error", "decode-or-limit"]).toContain(row.expected);
      return;
    }
    expect({ width: image.width, height: image.height }).toEqual({ width: row.width, height: row.height });
    const reference = row.ref_rgb_no_icc ?? row.ref_rgb;
    if (!reference) return;
    expect(meanDifference(gridMeans(image, row.ref_grid ?? 1), reference)).toBeLessThan(row.tolerance ?? 4);
  },
);

async function attempt(bytes: Uint8Array): Promise<RawImage | HttpError> {
  try {
    return upright(await decode(bytes), avifDecoder.readHeader(bytes).orientation);
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
}
