import type { PhotoFormat } from "../contender.ts";
import { CONTENDERS, NAMES } from "../contenders.ts";
import { measure, type Outcome } from "../measure.ts";
import { pixelsOf } from "../pixels-of.ts";
import { note, type Section } from "../section.ts";
import { paragraphs, reasons, table, timeAndBytesCell } from "../table.ts";

const WIDTHS = [300, 1000];
const FORMATS: readonly PhotoFormat[] = ["jpg", "png", "webp"];

export const encoding: Section = {
  name: "encode",
  title: "Encode only, in Node",
  async run({ photos, rounds }) {
    const outcomes = new Map<string, Outcome[]>();
    for (const format of FORMATS)
      for (const width of WIDTHS) {
        const image = await pixelsOf(photos.baseline.bytes, width);
        const title = `${format} of ${image.width} × ${image.height}`;
        note(title);
        const runners = CONTENDERS.map(({ name, encode }) => ({ name, run: () => encode(image, format) }));
        outcomes.set(title, await measure(runners, rounds));
      }
    const rows = [...outcomes].map(([title, row]) => [
      title,
      ...row.map((it, index) => timeAndBytesCell(it, index === 0)),
    ]);
    return paragraphs(INTRODUCTION, table(["", ...NAMES], rows), reasons(outcomes));
  },
};

const INTRODUCTION = `The baseline photo, scaled. Milliseconds, median; in brackets our time ÷ theirs; length of the file.
Quality 80 where there is one, everything else as each program does it when it is not told.`;
