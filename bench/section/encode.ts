import { compare } from "../compare.ts";
import type { Photo, PhotoFormat } from "../contender.ts";
import { NAMES } from "../contenders.ts";
import { pixelsOf } from "../pixels-of.ts";
import type { Section } from "../section.ts";
import { paragraphs, reasons, table, timeAndBytesCells } from "../table.ts";

const WIDTHS = [300, 1000];
const FORMATS: readonly PhotoFormat[] = ["jpg", "png", "webp"];

export const encoding: Section = {
  name: "encode",
  title: "Encode only, in Node",
  async run(bench) {
    const outcomes = await compare(bench, await rowsOf(bench.photos.baseline));
    const rows = [...outcomes].map(([title, row]) => [title, ...timeAndBytesCells(row)]);
    return paragraphs(INTRODUCTION, table(["", ...NAMES], rows), reasons(outcomes));
  },
};

async function rowsOf({ bytes }: Photo) {
  const images = await Promise.all(WIDTHS.map((width) => pixelsOf(bytes, width)));
  return FORMATS.flatMap((output) =>
    images.map((image) => ({
      title: `${output} of ${image.width} × ${image.height}`,
      task: { kind: "encode", image, output } as const,
    })),
  );
}

const INTRODUCTION = `The baseline photo, scaled. Milliseconds, median; in brackets our time ÷ theirs; length of the file.
Quality 80 where there is one, everything else as each program does it when it is not told.`;
