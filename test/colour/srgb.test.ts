import jpegWasm from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import decodeJpeg, { init as initJpeg } from "@jsquash/jpeg/decode";
import { expect, it } from "vitest";
import { avifDecoder } from "../../src/codec/avif/avif.ts";
import type { Header } from "../../src/codec/codec.ts";
import { toSrgb } from "../../src/colour/srgb.ts";
import { firstFrame, type RawImage, stillPicture, toImage, toRaster } from "../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../support/compare.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../support/corpus.ts";
import {
  buildProfile,
  gamma,
  lut8,
  p3Profile,
  parametric,
  points,
  profileOfCurve,
  srgbProfile,
} from "../support/icc.ts";
import { createRandom } from "../support/random.ts";

type Colour = Header["colour"];

/** What becomes of one pixel. */
async function convert(pixel: readonly number[], profile: Uint8Array | undefined, colour: Colour = "rgb") {
  const image = { width: 1, height: 1, data: Uint8Array.from(pixel) };
  return Array.from((await convertImage(image, profile, colour)).data);
}

async function convertImage(image: RawImage, profile: Uint8Array | undefined, colour: Colour): Promise<RawImage> {
  const space = colour === "cmyk" ? "cmyk" : "rgb";
  const picture = toSrgb(stillPicture({ ...toRaster(image), space }), profile, colour);
  const raster = await firstFrame(picture);
  expect(raster.space).toBe("rgb");
  return toImage(raster);
}

it("toSrgb() gives the very picture when there is no profile", async () => {
  const picture = stillPicture(toRaster({ width: 1, height: 1, data: new Uint8Array(4) }));
  expect(toSrgb(picture, undefined, "rgb")).toBe(picture);
});

it.for([
  ["by table", srgbProfile],
  ["by formula", profileOfCurve(parametric(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]))],
] as const)("toSrgb() gives the very picture when the profile is sRGB %s", async ([, profile]) => {
  const picture = stillPicture(toRaster({ width: 1, height: 1, data: new Uint8Array(4) }));
  expect(toSrgb(picture, profile, "rgb")).toBe(picture);
});

// By libvips' icc_transform, perceptual.
it.for([
  [
    [255, 0, 0, 255],
    [255, 0, 0, 255],
  ],
  [
    [0, 255, 0, 7],
    [0, 255, 0, 7],
  ],
  [
    [128, 128, 128, 0],
    [128, 128, 128, 0],
  ],
  [
    [255, 255, 255, 255],
    [255, 255, 255, 255],
  ],
  [
    [200, 100, 50, 9],
    [215, 93, 31, 9],
  ],
] as const)("toSrgb() turns %j of Display P3 into %j", async ([pixel, expected]) => {
  const converted = await convert(pixel, p3Profile);
  converted.forEach((value, channel) => {
    expect(Math.abs(value - expected[channel])).toBeLessThanOrEqual(1);
  });
});

// 128 of gamma g is (128/255)^g of light; sRGB encodes that.
it.for([
  ["gamma 1", gamma(1), 188],
  ["gamma 1.8", gamma(1.8), 146],
  ["two points", points([0, 65535]), 188],
  ["no points", points([]), 188],
  ["formula 0", parametric(0, [1.8]), 146],
  ["formula 1", parametric(1, [1.8, 1, 0]), 146],
  ["formula 2", parametric(2, [1.8, 1, 0, 0]), 146],
  ["formula 4", parametric(4, [1.8, 1, 0, 0, 0, 0, 0]), 146],
] as const)("toSrgb() follows a curve of %s", async ([, curve, expected]) => {
  expect(await convert([128, 128, 128, 255], profileOfCurve(curve))).toEqual([expected, expected, expected, 255]);
});

it.for([
  ["luminance", "XYZ ", 188],
  ["lightness", "Lab ", 119],
] as const)("toSrgb() reads a gray profile's curve as %s", async ([, pcs, expected]) => {
  const profile = buildProfile({ space: "GRAY", pcs, tags: { kTRC: gamma(1) } });
  expect(await convert([128, 128, 128, 255], profile, "gray")).toEqual([expected, expected, expected, 255]);
});

/** Ink takes lightness: L* 100 to 0 by the strongest ink, a* = b* = 0. */
const inkProfile = buildProfile({
  kind: "prtr",
  space: "CMYK",
  pcs: "Lab ",
  tags: { A2B0: lut8(4, (inks) => [255 * (1 - Math.max(...inks)), 128, 128]) },
});

it.for([
  [[0, 0, 0, 0], 255],
  [[255, 0, 0, 0], 0],
  [[0, 0, 0, 255], 0],
  [[0, 128, 0, 0], 118],
  [[0, 0, 128, 64], 118],
] as const)("toSrgb() turns CMYK %j into %i by a profile's table", async ([pixel, expected]) => {
  const [red, green, blue, alpha] = await convert(pixel, inkProfile, "cmyk");
  for (const value of [red, green, blue]) expect(Math.abs(value - expected)).toBeLessThanOrEqual(2);
  expect(alpha).toBe(255);
});

it("toSrgb() keeps alpha when an RGB profile has a table", async () => {
  const profile = buildProfile({
    space: "RGB ",
    pcs: "Lab ",
    tags: { A2B0: lut8(3, (rgb) => [(255 * (rgb[0] + rgb[1] + rgb[2])) / 3, 128, 128]) },
  });
  const [red, green, blue, alpha] = await convert([255, 0, 0, 77], profile);
  expect(alpha).toBe(77);
  expect(Math.max(Math.abs(red - 79), Math.abs(green - 79), Math.abs(blue - 79))).toBeLessThanOrEqual(2);
});

// By libvips with the profile that it falls back to; the formula comes near.
it.for([
  [
    [0, 0, 0, 0],
    [255, 255, 255],
  ],
  [
    [255, 0, 0, 0],
    [0, 153, 227],
  ],
  [
    [0, 255, 0, 0],
    [234, 0, 128],
  ],
  [
    [0, 0, 255, 0],
    [255, 240, 0],
  ],
  [
    [0, 0, 0, 255],
    [20, 5, 0],
  ],
  [
    [0, 255, 255, 0],
    [232, 0, 0],
  ],
] as const)("toSrgb() turns CMYK %j into about %j without a profile", async ([pixel, expected]) => {
  const converted = await convert(pixel, undefined, "cmyk");
  expect(meanDifference(converted, [...expected, 255])).toBeLessThan(20);
});

const ignored: readonly (readonly [string, Uint8Array, Colour])[] = [
  ["empty", new Uint8Array(), "rgb"],
  ["cut in its header", p3Profile.subarray(0, 100), "rgb"],
  ["cut in its tags", p3Profile.subarray(0, 300), "rgb"],
  ["without its signature", p3Profile.with(36, 0), "rgb"],
  ["a link between devices", buildProfile({ kind: "link", space: "RGB ", tags: {} }), "rgb"],
  ["of version 5", p3Profile.with(8, 5), "rgb"],
  ["without tags", buildProfile({ space: "RGB ", tags: {} }), "rgb"],
  ["for gray", buildProfile({ space: "GRAY", tags: { kTRC: gamma(1) } }), "rgb"],
  ["for CMYK", inkProfile, "rgb"],
  ["for RGB", p3Profile, "gray"],
  ["a table that is none", buildProfile({ space: "RGB ", tags: { A2B0: [1, 2, 3, 4, 5, 6, 7, 8] } }), "rgb"],
];

it.for(ignored)("toSrgb() ignores a profile that is %s", async ([, profile, colour]) => {
  expect(await convert([200, 200, 200, 9], profile, colour)).toEqual([200, 200, 200, 9]);
});

it("toSrgb() falls back to the formula when a CMYK profile is broken", async () => {
  const broken = await convert([0, 255, 0, 0], inkProfile.subarray(0, 200), "cmyk");
  expect(broken).toEqual(await convert([0, 255, 0, 0], undefined, "cmyk"));
});

it("toSrgb() never fails, and soon, when bytes of a profile are changed at random", async () => {
  const random = createRandom(3);
  const below = (end: number) => Math.floor(random() * end);
  for (let round = 0; round < 2_000; round++) {
    const table = round % 100 === 0;
    const profile = Uint8Array.from(table ? inkProfile : [p3Profile, srgbProfile][round % 2]);
    for (let left = 1 + below(8); left > 0; left--) profile[below(table ? profile.length : 300)] = below(256);
    const before = performance.now();
    await convert([1, 2, 3, 4], profile, table ? "cmyk" : "rgb");
    expect(performance.now() - before).toBeLessThan(2_000);
  }
});

it("toSrgb() leaves the decoder's bytes alone", async () => {
  const data = Uint8Array.of(200, 100, 50, 255);
  await convertImage({ width: 1, height: 1, data }, p3Profile, "rgb");
  expect(data).toEqual(Uint8Array.of(200, 100, 50, 255));
});

const jpegs = await corpusFiles(({ category, features }) => category === "jpeg-icc" && features.includes("icc"));

it.skipIf(!hasCorpus).for(jpegs)("toSrgb() meets the reference when it reads $file", async (row) => {
  await initJpeg(jpegWasm);
  const bytes = await readCorpus(row.file);
  const { width, height, data } = await decodeJpeg(bytes.buffer as ArrayBuffer);
  const image = { width, height, data: new Uint8Array(data.buffer) };
  const colour = row.features.includes("gray") ? "gray" : "rgb";
  const converted = await convertImage(image, jpegProfile(bytes), colour);
  expect(meanDifference(gridMeans(converted, row.ref_grid ?? 1), row.ref_rgb ?? [])).toBeLessThan(row.tolerance ?? 3);
});

/** The first `ICC_PROFILE` segment; the files of this category have but one. */
function jpegProfile(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 2; at + 4 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2))
    if (bytes[at + 1] === 0xe2 && bytes[at + 4] === 0x49)
      return bytes.subarray(at + 18, at + 2 + view.getUint16(at + 2));
  return undefined;
}

/** The reference of `red-at-12-oclock` holds values of Display P3: that is where sharp works on more than 8 bits. */
const avifs = await corpusFiles(
  ({ file, format, features }) => format === "avif" && features.includes("icc") && !file.includes("red-at-12-oclock"),
);

it.skipIf(!hasCorpus).for(avifs)("toSrgb() meets the reference when it reads $file", async (row) => {
  const bytes = await readCorpus(row.file);
  const header = avifDecoder.readHeader(bytes);
  const picture = await avifDecoder.decode(bytes, header, { atLeast: undefined, frames: "all" });
  const converted = toSrgb(picture, await avifDecoder.readProfile(bytes), header.colour);
  const means = gridMeans(await toImage(await firstFrame(converted)), row.ref_grid ?? 1);
  expect(meanDifference(means, row.ref_rgb ?? [])).toBeLessThan(row.tolerance ?? 4);
});
