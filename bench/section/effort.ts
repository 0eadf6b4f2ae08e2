import type { RawImage } from "../../src/transform/image.ts";
import { QUALITY, type Writer } from "../contender.ts";
import { loadContender } from "../contenders.ts";
import { type Crew, withCrew } from "../crew.ts";
import { measure } from "../measure.ts";
import type { PhotoKind } from "../photos.ts";
import { pixelsOf } from "../pixels-of.ts";
import { note, type Section } from "../section.ts";
import { ssim } from "../ssim.ts";
import { kilobytes, number, paragraphs, table } from "../table.ts";

/** One of a contender's writers. */
interface Variant {
  readonly contender: string;
  readonly writer: string;
}

const own = (writer: string): Variant => ({ contender: "edgefit", writer: `edgefit ${writer}` });

/** Ours first: the others are held against it. */
const JPEGS: readonly Variant[] = [
  own("jpg, normal"),
  own("jpg, max"),
  { contender: "jSquash", writer: "mozjpeg, baseline, tables of K.1" },
  { contender: "jSquash", writer: "mozjpeg, progressive, its own tables" },
  { contender: "sharp", writer: "sharp" },
  { contender: "sharp", writer: "sharp, mozjpeg" },
];
const PNGS = [own("png, normal"), own("png, max")];
const WEBPS = [own("webp, normal"), own("webp, max")];

const PHOTOS: readonly PhotoKind[] = ["baseline", "small"];
const WIDTHS = [300, 1000];

export const effort: Section = {
  name: "effort",
  title: "What effort=max saves",
  run: ({ folder, photos, rounds }) =>
    withCrew(folder, async (crew) => {
      const jpegs: string[][] = [];
      const others: string[][] = [];
      for (const photo of PHOTOS)
        for (const width of WIDTHS) {
          const image = await pixelsOf(photos[photo].bytes, width);
          const picture = `${photos[photo].name}, ${image.width} × ${image.height}`;
          note(picture);
          jpegs.push(...(await compare(crew, picture, image, JPEGS, rounds)));
          for (const variants of [PNGS, WEBPS]) others.push(...(await compare(crew, picture, image, variants, rounds)));
        }
      return paragraphs(INTRODUCTION, table(HEAD, jpegs), OTHERS, table(HEAD, others));
    }),
};

const INTRODUCTION = `JPEG by other means. Each is given the lowest quality at which the picture is as near to the original
as ours of quality ${QUALITY}: the same structural similarity of luma (SSIM, windows of 8 × 8, 1 = the same). Then bytes, also
as a share of ours, and milliseconds of processor time, median of a third of the rounds. Beside it the bytes and the
similarity at quality ${QUALITY} itself.`;

const OTHERS = "The same for our other formats; PNG has no quality.";

const HEAD = ["", "", "quality", "bytes", "share", "ms", `bytes at ${QUALITY}`, `SSIM at ${QUALITY}`];

async function compare(
  crew: Crew,
  picture: string,
  image: RawImage,
  variants: readonly Variant[],
  rounds: number,
): Promise<string[][]> {
  const writers = await Promise.all(variants.map(writerOf));
  const given = await writers[0](image, QUALITY);
  const least = await similarity(image, given);
  const qualities = await Promise.all(writers.map((write) => equalQuality(image, write, least)));
  const entrants = variants.map(({ contender, writer }, index) => ({
    ...{ name: writer, contender },
    task: { kind: "write", writer, image, quality: qualities[index] } as const,
  }));
  const rows: string[][] = [];
  for (const [index, outcome] of (await measure(crew, entrants, Math.ceil(rounds / 3))).entries()) {
    if ("unable" in outcome) throw new Error(`${outcome.name} ${outcome.unable}`);
    const bytes = outcome.bytes ?? 0;
    const there = await writers[index](image, QUALITY);
    const near = await similarity(image, there);
    rows.push([
      ...[index === 0 ? picture : "", outcome.name, near === 1 ? "-" : String(qualities[index]), kilobytes(bytes)],
      ...[number(bytes / given.length), number(outcome.cpu.median)],
      ...[kilobytes(there.length), near.toFixed(4)],
    ]);
  }
  return rows;
}

async function writerOf({ contender, writer }: Variant): Promise<Writer> {
  const found = (await loadContender(contender)).writers?.[writer];
  if (!found) throw new Error(`${contender} has no writer named ${writer}`);
  return found;
}

/** The lowest quality from 20 on that is as near to `image` as `least`. */
async function equalQuality(image: RawImage, write: Writer, least: number): Promise<number> {
  let [low, high] = [20, 100];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await similarity(image, await write(image, middle))) >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}

const similarity = async (image: RawImage, file: Uint8Array): Promise<number> =>
  ssim(image, await pixelsOf(file, image.width));
