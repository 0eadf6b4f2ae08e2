import encodeJpeg, { type MozjpegOptions } from "@jsquash/jpeg/encode.js";
import sharp from "sharp";
import type { Effort } from "../../src/codec/codec.ts";
import { ENCODERS } from "../../src/codec/codecs.ts";
import { type RawImage, stillPicture, toRaster } from "../../src/transform/image.ts";
import { Pixels } from "../contender/pixels.ts";
import { type PhotoFormat, QUALITY } from "../contender.ts";
import { measure } from "../measure.ts";
import type { Photos } from "../photos.ts";
import { pixelsOf } from "../pixels-of.ts";
import { note, type Section } from "../section.ts";
import { ssim } from "../ssim.ts";
import { kilobytes, number, paragraphs, table } from "../table.ts";
// Starts the encoders of jSquash.
import "../contender/jsquash.ts";

/** A way to write a picture. */
interface Variant {
  readonly name: string;
  encode(image: RawImage, quality: number): Promise<Uint8Array>;
}

const PHOTOS: readonly (keyof Photos)[] = ["baseline", "small"];
const WIDTHS = [300, 1000];

export const effort: Section = {
  name: "effort",
  title: "What effort=max saves",
  async run({ photos, rounds }) {
    const jpegs: string[][] = [];
    const others: string[][] = [];
    for (const photo of PHOTOS)
      for (const width of WIDTHS) {
        const image = await pixelsOf(photos[photo].bytes, width);
        const picture = `${photos[photo].name}, ${image.width} × ${image.height}`;
        note(picture);
        jpegs.push(...(await compare(picture, image, JPEGS, rounds)));
        for (const format of ["png", "webp"] as const)
          others.push(...(await compare(picture, image, [own(format, "normal"), own(format, "max")], rounds)));
      }
    return paragraphs(INTRODUCTION, table(HEAD, jpegs), OTHERS, table(HEAD, others));
  },
};

const INTRODUCTION = `JPEG by other means. Each is given the lowest quality at which the picture is as near to the original
as ours of quality ${QUALITY}: the same structural similarity of luma (SSIM, windows of 8 × 8, 1 = the same). Then bytes, also
as a share of ours, and milliseconds of processor time, median. Beside it the bytes and the similarity at quality ${QUALITY} itself.`;

const OTHERS = "The same for our other formats; PNG has no quality.";

const HEAD = ["", "", "quality", "bytes", "share", "ms", `bytes at ${QUALITY}`, `SSIM at ${QUALITY}`];

const own = (format: PhotoFormat, effort: Effort): Variant => ({
  name: `edgefit ${format}, ${effort}`,
  encode: (image, quality) => ENCODERS[format].encode(stillPicture(toRaster(image, false)), { quality, effort }),
});

const mozjpeg = (name: string, options: Omit<MozjpegOptions, "quality">): Variant => ({
  name: `mozjpeg, ${name}`,
  async encode({ data, width, height }, quality) {
    const pixels = new Pixels(new Uint8ClampedArray(data), width, height);
    return new Uint8Array(await encodeJpeg(pixels, { ...HALVED, ...options, quality }));
  },
});

const HALVED = { auto_subsample: false, chroma_subsample: 2 };

const nativeJpeg = (name: string, mozjpeg: boolean): Variant => ({
  name,
  encode: ({ data, width, height }, quality) =>
    sharp(data, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .jpeg({ quality, mozjpeg })
      .toBuffer(),
});

/** Ours first: the others are held against it. */
const JPEGS: readonly Variant[] = [
  own("jpg", "normal"),
  own("jpg", "max"),
  mozjpeg("baseline, tables of K.1", { progressive: false, quant_table: 0 }),
  mozjpeg("progressive, its own tables", {}),
  nativeJpeg("sharp", false),
  nativeJpeg("sharp, mozjpeg", true),
];

async function compare(picture: string, image: RawImage, variants: readonly Variant[], rounds: number) {
  const [first] = variants;
  const given = await first.encode(image, QUALITY);
  const least = await similarity(image, given);
  const qualities = await Promise.all(variants.map((variant) => equalQuality(image, variant, least)));
  const runners = variants.map(({ name, encode }, index) => ({ name, run: () => encode(image, qualities[index]) }));
  const rows: string[][] = [];
  for (const [index, outcome] of (await measure(runners, rounds)).entries()) {
    if ("unable" in outcome) throw new Error(outcome.unable);
    const bytes = outcome.bytes ?? 0;
    const there = await variants[index].encode(image, QUALITY);
    const near = await similarity(image, there);
    rows.push([
      ...[index === 0 ? picture : "", outcome.name, near === 1 ? "-" : String(qualities[index]), kilobytes(bytes)],
      ...[number(bytes / given.length), number(outcome.cpu.median)],
      ...[kilobytes(there.length), near.toFixed(4)],
    ]);
  }
  return rows;
}

/** The lowest quality from 20 on that is as near to `image` as `least`. */
async function equalQuality(image: RawImage, { encode }: Variant, least: number): Promise<number> {
  let [low, high] = [20, 100];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await similarity(image, await encode(image, middle))) >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}

const similarity = async (image: RawImage, file: Uint8Array): Promise<number> =>
  ssim(image, await pixelsOf(file, image.width));
