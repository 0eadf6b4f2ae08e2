import { compare } from "../compare.ts";
import type { PhotoFormat } from "../contender.ts";
import { NAMES } from "../contenders.ts";
import type { Outcome } from "../outcome.ts";
import { PACE } from "../pace.ts";
import type { PhotoKind } from "../photos.ts";
import type { Section } from "../section.ts";
import { paragraphs, reasons, table, timeCells } from "../table.ts";

/** A photo, and what is made of it. */
interface Scaling {
  readonly title: string;
  readonly photo: PhotoKind;
  readonly width: number;
  readonly output: PhotoFormat;
}

export const TASKS: readonly Scaling[] = [
  { title: "14.7 MP baseline JPEG to 300 px", photo: "baseline", width: 300, output: "jpg" },
  { title: "14.7 MP baseline JPEG to 800 px", photo: "baseline", width: 800, output: "jpg" },
  { title: "14.7 MP baseline JPEG to 1600 px", photo: "baseline", width: 1600, output: "jpg" },
  { title: "4.1 MP baseline JPEG to 300 px", photo: "small", width: 300, output: "jpg" },
  { title: "14.7 MP progressive JPEG to 300 px", photo: "progressive", width: 300, output: "jpg" },
  { title: "14.7 MP progressive JPEG to 1600 px", photo: "progressive", width: 1600, output: "jpg" },
  { title: "14.7 MP RGBA PNG to 300 px", photo: "png", width: 300, output: "png" },
  { title: "16.8 MP WebP to 300 px", photo: "webp", width: 300, output: "webp" },
];

export const endToEnd: Section = {
  name: "node",
  title: "Decode, scale, encode, in Node",
  async run(bench) {
    const rows = TASKS.map(({ title, ...scaling }) => ({ title, task: { kind: "scale", ...scaling } as const }));
    const outcomes = await compare(bench, rows);
    return paragraphs(
      INTRODUCTION,
      timesOf("wall", outcomes),
      "The same runs in milliseconds of processor time, which other work on the machine disturbs less:",
      timesOf("cpu", outcomes),
      reasons(outcomes),
    );
  },
};

function timesOf(kind: "wall" | "cpu", outcomes: ReadonlyMap<string, readonly Outcome[]>): string {
  const rows = [...outcomes].map(([title, row]) => [title, ...timeCells(row, kind)]);
  return table(["", ...NAMES], rows);
}

const INTRODUCTION = `Milliseconds, median. In brackets: our time ÷ theirs, median over the rounds, so 0.40 says that we
take 40 % of their time. Output has the format of the source; JPEG and WebP have quality 80.
${PACE}`;
