import sharp from "sharp";
import { edgefit, scaleAt } from "../contender/edgefit.ts";
import type { Photo } from "../contender.ts";
import type { Photos } from "../photos.ts";
import { note, type Section } from "../section.ts";
import { number, paragraphs, table } from "../table.ts";

const PHOTOS: readonly (keyof Photos)[] = ["baseline", "small", "progressive"];
const WIDTHS = [300, 800, 1600];

export const quality: Section = {
  name: "quality",
  title: "How near to the ideal",
  async run({ photos }) {
    const pixels: string[][] = [];
    const planes: string[][] = [];
    for (const photo of PHOTOS)
      for (const width of WIDTHS) {
        note(`${photo} to ${width} px`);
        const title = `${photos[photo].name} to ${width} px`;
        const size = await sizeOf(photos[photo], width);
        const ideal = await idealOf(photos[photo].bytes, size);
        pixels.push([title, ...(await distances(photos[photo], size, ideal))]);
        planes.push([title, ...(await distancesAsJpeg(photos[photo], size, ideal))]);
      }
    return paragraphs(
      INTRODUCTION,
      table(["", "edgefit PSNR", "edgefit MAE", "sharp PSNR", "sharp MAE"], pixels),
      AS_JPEG,
      table(["", "edgefit luma", "edgefit MAE", "edgefit RGB", "sharp luma", "sharp MAE", "sharp RGB"], planes),
    );
  },
};

const INTRODUCTION = `The ideal is every pixel decoded, then scaled by sharp's Lanczos3. Beside it our result and sharp's
own, both of which let the JPEG decoder shrink first. All are given both sides of the same size, since programs treat
a fraction of a row differently. PSNR in dB over red, green and blue (more is nearer), mean absolute
error in levels of 255. Before any encoding with loss.`;

const AS_JPEG = `The same photos to JPEG of quality 100 with chroma of half the density, which edgefit makes from planes:
PSNR and mean absolute error of luma alone, which loses next to nothing by being written, and PSNR of red, green and
blue, where most of the distance is the chroma that such a file cannot hold.`;

/** What we make of `photo`. */
async function sizeOf(photo: Photo, width: number): Promise<Size> {
  const result = sharp(await edgefit.scale(photo, width, "png"));
  const { height } = (await result.raw().toBuffer({ resolveWithObject: true })).info;
  return { width, height, fit: "fill" };
}

async function distances(photo: Photo, size: Size, ideal: Uint8Array): Promise<string[]> {
  const ours = await pixelsOf(await edgefit.scale(photo, size.width, "png"));
  const sharps = await sharp(photo.bytes).resize(size).raw().toBuffer();
  return [ours, sharps].flatMap((pixels) => {
    const { psnr, mae } = distance(ideal, pixels);
    return [number(psnr), mae.toFixed(2)];
  });
}

async function distancesAsJpeg(photo: Photo, size: Size, ideal: Uint8Array): Promise<string[]> {
  const ours = await pixelsOf(await scaleAt(photo, size.width, "jpg", 100));
  const sharps = await pixelsOf(await sharp(photo.bytes).resize(size).jpeg({ quality: 100 }).toBuffer());
  return [ours, sharps].flatMap((pixels) => {
    const { psnr, mae } = distance(lumaOf(ideal), lumaOf(pixels));
    return [number(psnr), mae.toFixed(2), number(distance(ideal, pixels).psnr)];
  });
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

/** sharp shrinks while it decodes only what it scales in the same call. */
async function idealOf(bytes: Uint8Array, size: Size): Promise<Uint8Array> {
  const { data, info } = await sharp(bytes).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return sharp(data, { raw }).resize(size).raw().toBuffer();
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): { psnr: number; mae: number } {
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
