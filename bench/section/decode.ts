import { compare } from "../compare.ts";
import type { Shrink } from "../contender.ts";
import { NAMES } from "../contenders.ts";
import { PACE } from "../pace.ts";
import type { PhotoKind } from "../photos.ts";
import type { Section } from "../section.ts";
import { paragraphs, reasons, table, timeCells } from "../table.ts";

const SHRINKS: readonly Shrink[] = [8, 4, 2, 1];

const rowOf = (title: string, photo: PhotoKind, shrink: Shrink) =>
  ({ title, task: { kind: "decode", photo, shrink } }) as const;

const ROWS = [
  ...SHRINKS.map((shrink) => rowOf(`14.7 MP baseline JPEG, 1/${shrink}`, "baseline", shrink)),
  ...SHRINKS.map((shrink) => rowOf(`14.7 MP progressive JPEG, 1/${shrink}`, "progressive", shrink)),
  rowOf("14.7 MP RGBA PNG", "png", 1),
  rowOf("16.8 MP WebP", "webp", 1),
];

export const decoding: Section = {
  name: "decode",
  title: "Decode only, in Node",
  async run(bench) {
    const outcomes = await compare(bench, ROWS);
    const rows = [...outcomes].map(([title, row]) => [title, ...timeCells(row, "wall")]);
    return paragraphs(INTRODUCTION, table(["", ...NAMES], rows), reasons(outcomes));
  },
};

const INTRODUCTION = `Milliseconds until all pixels were seen, median; in brackets our time ÷ theirs. 1/8 is a decode to an
eighth of width and height. We give bands of rows and keep none; the others give the whole picture.
${PACE}`;
