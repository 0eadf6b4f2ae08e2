import sharp from "sharp";
import { edgefit } from "../contender/edgefit.ts";
import type { Photo } from "../contender.ts";
import type { Photos } from "../photos.ts";
import { note, type Section } from "../section.ts";
import { number, table } from "../table.ts";

const PHOTOS: readonly (keyof Photos)[] = ["baseline", "small", "progressive"];
const WIDTHS = [300, 800, 1600];

export const quality: Section = {
  name: "quality",
  title: "How near to the ideal",
  async run({ photos }) {
    const rows: string[][] = [];
    for (const photo of PHOTOS)
      for (const width of WIDTHS) {
        note(`${photo} to ${width} px`);
        rows.push([`${photos[photo].name} to ${width} px`, ...(await distances(photos[photo], width))]);
      }
    return `${INTRODUCTION}\n\n${table(["", "edgefit PSNR", "edgefit MAE", "sharp PSNR", "sharp MAE"], rows)}`;
  },
};

const INTRODUCTION = `The ideal is every pixel decoded, then scaled by sharp's Lanczos3. Beside it our result and sharp's
own, both of which let the JPEG decoder shrink first. All are given both sides of the same size, since programs treat
a fraction of a row differently. PSNR in dB over red, green and blue (more is nearer), mean absolute
error in levels of 255. Before any encoding with loss.`;

async function distances(photo: Photo, width: number): Promise<string[]> {
  const result = await sharp(await edgefit.scale(photo, width, "png"))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const size = { width, height: result.info.height, fit: "fill" } as const;
  const ideal = await idealOf(photo.bytes, size);
  const sharps = await sharp(photo.bytes).resize(size).raw().toBuffer();
  return [result.data, sharps].flatMap((pixels) => {
    const { psnr, mae } = distance(ideal, pixels);
    return [number(psnr), mae.toFixed(2)];
  });
}

type Size = Parameters<ReturnType<typeof sharp>["resize"]>[0];

/** sharp shrinks while it decodes only what it scales in the same call. */
async function idealOf(bytes: Uint8Array, size: Size): Promise<Uint8Array> {
  const { data, info } = await sharp(bytes).toColourspace("srgb").raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return sharp(data, { raw }).resize(size).raw().toBuffer();
}

function distance(a: Uint8Array, b: Uint8Array): { psnr: number; mae: number } {
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
