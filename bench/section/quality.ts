import sharp from "sharp";
import { edgefit, scaleAt } from "../contender/edgefit.ts";
import type { Photo } from "../contender.ts";
import { type Rgb, scaleExactly } from "../lanczos.ts";
import { median as medianOf } from "../median.ts";
import type { Photos } from "../photos.ts";
import { note, type Section } from "../section.ts";
import { number, paragraphs, table } from "../table.ts";

const PHOTOS: readonly (keyof Photos)[] = ["baseline", "small", "progressive"];
const WIDTHS = [300, 800, 1600];

export const quality: Section = {
  name: "quality",
  title: "How near to the ideal",
  async run({ photos }) {
    const exact: Row[] = [];
    const sharps: Row[] = [];
    const asJpeg: Row[] = [];
    for (const photo of PHOTOS)
      for (const width of WIDTHS) {
        note(`${photo} to ${width} px`);
        const name = `${photos[photo].name} to ${width} px`;
        const size = await sizeOf(photos[photo], width);
        const source = await decoded(photos[photo].bytes);
        const ideal = scaleExactly(source, size);
        const results = await resultsOf(photos[photo], size);
        exact.push({ name, distances: results.map((pixels) => distance(ideal, pixels)) });
        const sharpest = await scaledBySharp(source, size);
        sharps.push({ name, distances: results.map((pixels) => distance(sharpest, pixels)) });
        asJpeg.push({ name, distances: await distancesAsJpeg(photos[photo], size, ideal) });
      }
    const pixels = ["edgefit PSNR", "edgefit MAE", "sharp PSNR", "sharp MAE"];
    const planes = ["edgefit luma", "edgefit MAE", "edgefit RGB", "sharp luma", "sharp MAE", "sharp RGB"];
    return paragraphs(
      INTRODUCTION,
      table(["", ...pixels], exact.map(pixelCells)),
      `Median: edgefit ${median(exact, 0)}, sharp ${median(exact, 1)}.`,
      BY_SHARP,
      table(["", ...pixels], sharps.map(pixelCells)),
      `Median: edgefit ${median(sharps, 0)}, sharp ${median(sharps, 1)}.`,
      AS_JPEG,
      table(["", ...planes], asJpeg.map(planeCells)),
    );
  },
};

const INTRODUCTION = `The ideal is every pixel decoded, then scaled by Lanczos3 in double precision, rounded once. Beside it
our result and sharp's, both of which let the JPEG decoder shrink first. All are given both sides of the same size, since
programs treat a fraction of a row differently. PSNR in dB over red, green and blue (more is nearer), mean absolute
error in levels of 255. Before any encoding with loss.`;

const BY_SHARP = `The same against what sharp makes of every decoded pixel, which is not quite Lanczos3: it takes means of
blocks first, where it makes much smaller.`;

const AS_JPEG = `The same photos to JPEG of quality 100 with chroma of half the density, which edgefit makes from planes,
against Lanczos3 in double precision: PSNR and mean absolute error of luma alone, which loses next to nothing by being
written, and PSNR of red, green and blue, where most of the distance is the chroma that such a file cannot hold.`;

interface Row {
  readonly name: string;
  /** Ours, then sharp's; as JPEG each of luma, then of all. */
  readonly distances: readonly Distance[];
}

const pixelCells = ({ name, distances }: Row): string[] => [
  name,
  ...distances.flatMap(({ psnr, mae }) => [number(psnr), mae.toFixed(2)]),
];

const planeCells = ({ name, distances: [luma, rgb, sharpLuma, sharpRgb] }: Row): string[] => [
  name,
  ...[number(luma.psnr), luma.mae.toFixed(2), number(rgb.psnr)],
  ...[number(sharpLuma.psnr), sharpLuma.mae.toFixed(2), number(sharpRgb.psnr)],
];

const median = (rows: readonly Row[], whose: number): string =>
  `${number(medianOf(rows.map(({ distances }) => distances[whose].psnr)))} dB`;

/** What we make of `photo`. */
async function sizeOf(photo: Photo, width: number): Promise<Size> {
  const result = sharp(await edgefit.scale(photo, width, "png"));
  const { height } = (await result.raw().toBuffer({ resolveWithObject: true })).info;
  return { width, height, fit: "fill" };
}

/** Ours, then sharp's. */
async function resultsOf(photo: Photo, size: Size): Promise<Uint8Array[]> {
  const ours = await pixelsOf(await edgefit.scale(photo, size.width, "png"));
  return [ours, await sharp(photo.bytes).resize(size).raw().toBuffer()];
}

async function distancesAsJpeg(photo: Photo, size: Size, ideal: Uint8Array): Promise<Distance[]> {
  const ours = await pixelsOf(await scaleAt(photo, size.width, "jpg", 100));
  const sharps = await pixelsOf(await sharp(photo.bytes).resize(size).jpeg({ quality: 100 }).toBuffer());
  return [ours, sharps].flatMap((pixels) => [distance(lumaOf(ideal), lumaOf(pixels)), distance(ideal, pixels)]);
}

const pixelsOf = (file: Uint8Array): Promise<Uint8Array> => sharp(file).removeAlpha().raw().toBuffer();

/** JFIF 1.02 §"Conversion", not rounded. */
function lumaOf(rgb: Uint8Array): Float32Array {
  const luma = new Float32Array(rgb.length / 3);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3)
    luma[pixel] = 0.299 * rgb[at] + 0.587 * rgb[at + 1] + 0.114 * rgb[at + 2];
  return luma;
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly fit: "fill";
}

async function decoded(bytes: Uint8Array): Promise<Rgb> {
  const { data, info } = await sharp(bytes).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** sharp shrinks while it decodes only what it scales in the same call. */
const scaledBySharp = ({ data, width, height }: Rgb, size: Size): Promise<Uint8Array> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .resize(size)
    .raw()
    .toBuffer();

interface Distance {
  readonly psnr: number;
  readonly mae: number;
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): Distance {
  if (a.length !== b.length) throw new Error(`Cannot compare ${a.length} with ${b.length} samples`);
  let squares = 0;
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const difference = Math.abs(a[at] - b[at]);
    squares += difference * difference;
    sum += difference;
  }
  return { psnr: 10 * Math.log10(255 ** 2 / (squares / a.length)), mae: sum / a.length };
}
