import type { Shrink } from "../contender.ts";
import { CONTENDERS, NAMES } from "../contenders.ts";
import { measure, type Outcome } from "../measure.ts";
import type { Photos } from "../photos.ts";
import { note, type Section } from "../section.ts";
import { paragraphs, reasons, table, timeCell } from "../table.ts";

interface Task {
  readonly title: string;
  readonly photo: keyof Photos;
  readonly shrink: Shrink;
}

const SHRINKS: readonly Shrink[] = [8, 4, 2, 1];

const TASKS: readonly Task[] = [
  ...SHRINKS.map((shrink): Task => ({ title: `14.7 MP baseline JPEG, 1/${shrink}`, photo: "baseline", shrink })),
  ...SHRINKS.map((shrink): Task => ({ title: `14.7 MP progressive JPEG, 1/${shrink}`, photo: "progressive", shrink })),
  { title: "14.7 MP RGBA PNG", photo: "png", shrink: 1 },
  { title: "16.8 MP WebP", photo: "webp", shrink: 1 },
];

export const decoding: Section = {
  name: "decode",
  title: "Decode only, in Node",
  async run({ photos, rounds }) {
    const outcomes = new Map<string, Outcome[]>();
    for (const { title, photo, shrink } of TASKS) {
      note(title);
      const runners = CONTENDERS.map(({ name, decode }) => ({
        name,
        run: async () => void (await decode(photos[photo], shrink)),
      }));
      outcomes.set(title, await measure(runners, rounds));
    }
    const rows = [...outcomes].map(([title, row]) => [
      title,
      ...row.map((it, index) => timeCell(it, "wall", index === 0)),
    ]);
    return paragraphs(INTRODUCTION, table(["", ...NAMES], rows), reasons(outcomes));
  },
};

const INTRODUCTION = `Milliseconds until all pixels were seen, median; in brackets our time ÷ theirs. 1/8 is a decode to an
eighth of width and height. We give bands of rows and keep none; the others give the whole picture.`;
