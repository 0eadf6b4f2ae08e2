import { readFile, writeFile } from "node:fs/promises";
import { replaceSections } from "./document.ts";
import { drawPhotos } from "./draw-photos.ts";
import { beside, machine, versions } from "./machine.ts";
import { PACE } from "./pace.ts";
import { loadPhotos } from "./photos.ts";
import { big } from "./section/big.ts";
import { decoding } from "./section/decode.ts";
import { effort } from "./section/effort.ts";
import { encoding } from "./section/encode.ts";
import { endToEnd } from "./section/end-to-end.ts";
import { load } from "./section/load.ts";
import { memory } from "./section/memory.ts";
import { quality } from "./section/quality.ts";
import { stages } from "./section/stages.ts";
import { worker } from "./section/worker.ts";
import { note, type Section } from "./section.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** In the order in which they run; `memory` comes first, while nothing keeps an instance yet. */
const SECTIONS: readonly Section[] = [
  ...[memory, endToEnd, stages, decoding, encoding, effort, quality],
  ...[worker, big, load],
];

export const SECTION_NAMES: readonly string[] = SECTIONS.map(({ name }) => name);

export interface RunOptions {
  /** A folder of photos; absent: they are drawn. */
  readonly photos: string | undefined;
  readonly rounds: number;
  readonly minutes: number;
  /** Names of sections; absent: all. */
  readonly only: readonly string[] | undefined;
  /** Of some sections: puts them into docs/benchmarks.md, whose others stay. */
  readonly write: boolean;
  /** Numbers of rows; absent: all. Where some are left out, nothing is written. */
  readonly tasks: readonly number[] | undefined;
}

const REPORT = beside("../docs/benchmarks.md");

/** Measures, prints, and writes docs/benchmarks.md where everything was measured, or where that is asked for. */
export async function run(options: RunOptions): Promise<void> {
  const { photos, only } = options;
  const unknown = only?.filter((name) => !SECTION_NAMES.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`Cannot run ${unknown.join(", ")}: expected ${SECTION_NAMES.join(", ")}`);
  const measured = photos === undefined ? await measureDrawn(options) : await measureAll(options, photos);
  if (!options.tasks && (!only || options.write)) await write(options, measured);
}

const measureDrawn = (options: RunOptions) =>
  withTemporaryFolder(async (folder) => {
    await drawPhotos(folder);
    return measureAll(options, folder);
  });

/** What each section says, by its title; printed as soon as it is there. */
async function measureAll({ only, ...options }: RunOptions, folder: string): Promise<ReadonlyMap<string, string>> {
  const bench = { ...options, photos: await loadPhotos(folder), folder };
  const measured = new Map<string, string>();
  for (const { name, title, run } of SECTIONS) {
    if (only && !only.includes(name)) continue;
    note(`${title}:`);
    const text = await run(bench).catch(reasonOf);
    measured.set(title, text);
    console.log(`\n## ${title}\n\n${text}`);
  }
  return measured;
}

async function write({ only, photos }: RunOptions, measured: ReadonlyMap<string, string>): Promise<void> {
  const before = only ? await readFile(REPORT, "utf8") : "";
  const order = SECTIONS.map(({ title }) => title);
  await writeFile(REPORT, replaceSections(introduction(photos !== undefined), measured, before, order));
}

/** One section that fails must not cost the figures of the others. */
const reasonOf = (thrown: unknown): string => `Not measured: ${thrown instanceof Error ? thrown.message : thrown}.`;

const introduction = (real: boolean): string => `# Benchmarks

Written by \`npm run bench\`, last on ${new Date().toISOString().slice(0, 10)}, on ${machine()}.

Against ${versions()}.

- 15 rounds a row, or more, after a warm-up; medians. Everyone runs once a round, in turns, so that other work on the machine
  hits all alike. Ratios are made round by round: trust them more than the times.
- ${PACE} All rounds would take minutes more.
- In Node, everyone has a process of its own, lives there through all rows of a table, and times itself there. So everyone
  pays for its own garbage and its own compiler, and for nobody else's; processor time is that of all its threads.
- sharp has one thread and no cache (\`concurrency(1)\`, \`cache(false)\`), since a Worker has one thread.
- jSquash runs at its cheapest settings that work: baseline JPEG, no linear light, no premultiplication.
- The photos are ${real ? "real ones: desktop wallpapers under free licences, not part of the project" : "drawn by the project's own code"}.
- To repeat: \`npm run bench\`, with \`-- --photos DIR\` for photos of your own by the same names, \`-- --runs N\`,
  \`-- --only ${SECTION_NAMES.join(",")}\`. Without photos it draws some.`;
