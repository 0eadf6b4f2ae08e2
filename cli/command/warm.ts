import type { Edit } from "../../client/index.ts";
import { scaledTo } from "../../client/responsive.ts";
import { requiredBase } from "../base.ts";
import { command, type Values } from "../command.ts";
import { editOf } from "../edit.ts";
import type { Io } from "../io.ts";
import { parseInteger } from "../numbers.ts";
import { formatsOf, RESPONSIVE_FLAGS, responsiveOf } from "../responsive.ts";
import { SIGNING_FLAGS, signingOf } from "../signing.ts";
import { attempt } from "../warm/attempt.ts";
import { barOf, type Count, countIn, wordsOf } from "../warm/count.ts";
import { readEntries } from "../warm/entries.ts";
import { eachOf } from "../warm/pool.ts";
import { openState, type State } from "../warm/state.ts";
import { type Target, targetsOf } from "../warm/target.ts";

const MOST_AT_ONCE = 64;
const MOST_RETRIES = 100;

const FLAGS = {
  parallel: { type: "string", value: "4", about: "How many are asked for at a time, 1 to 64." },
  retries: { type: "string", value: "5", about: "How often one is asked for again while the Worker is busy." },
  state: { type: "string", value: "FILE", about: "Remembers what is done, so that the next run goes on from there." },
  ...RESPONSIVE_FLAGS,
  ...SIGNING_FLAGS,
} as const;

export const warm = command({
  name: "warm",
  about: "Has pictures made before anybody asks for them: of a list of paths and URLs, or a sitemap.",
  words: ["FILE|URL|-"],
  flags: FLAGS,
  examples: [
    "edgefit warm pictures.txt --widths 400,800 --format webp --state done.txt",
    "edgefit warm https://www.example.com/sitemap.xml --op thumbnail --width 300 --height 300",
  ],
  async run({ words: [place], flags, io }) {
    const parallel = parseInteger("parallel", flags.parallel ?? "4", 1, MOST_AT_ONCE);
    const retries = parseInteger("retries", flags.retries ?? "5", 0, MOST_RETRIES);
    const asking = { base: requiredBase(flags, io), edits: editsOf(flags), signing: await signingOf(flags, io) };
    const entries = await readEntries(place, io);
    const targets = unique((await Promise.all(entries.map((entry) => targetsOf(entry, asking)))).flat());
    const state = openState(flags.state);
    const left = targets.filter(({ name }) => !state.has(name));
    return summary(await askForAll(left, { parallel, retries, state, io }), targets.length - left.length);
  },
});

/** Pages of a sitemap often have pictures in common. */
const unique = (targets: readonly Target[]): Target[] => [
  ...new Map(targets.map((target) => [target.name, target])).values(),
];

/** What each source is asked for as: all that `srcset` with the same flags offers, or one picture. */
const editsOf = (flags: Values<typeof FLAGS>): readonly Edit[] =>
  [undefined, ...formatsOf(flags)].flatMap((format) => editsIn({ ...flags, ...(format && { format }) }));

function editsIn(flags: Values<typeof FLAGS>): readonly Edit[] {
  if (flags.widths === undefined) return [editOf(flags)];
  const edit = responsiveOf(flags, flags.widths);
  return edit.widths.map((width) => scaledTo(width, edit));
}

interface Run {
  readonly parallel: number;
  readonly retries: number;
  readonly state: State;
  readonly io: Io;
}

interface Failed {
  readonly url: string;
  readonly reason: string;
}

async function askForAll(targets: readonly Target[], { parallel, retries, state, io }: Run) {
  const count: Count = { total: targets.length, made: 0, stored: 0, failed: 0 };
  const failed: Failed[] = [];
  await eachOf(targets, parallel, async ({ name, url }) => {
    const outcome = await attempt(url, retries);
    countIn(count, outcome);
    if (outcome.kind === "failed") failed.push({ url: name, reason: outcome.reason });
    else state.add(name);
    io.progress(barOf(count));
  });
  io.progress("");
  return { count, failed };
}

function summary({ count, failed }: { readonly count: Count; readonly failed: readonly Failed[] }, before: number) {
  const lines = failed.map(({ url, reason }) => `${url}: ${reason}`);
  const skipped = before > 0 ? `, ${before} done before` : "";
  const { made, stored } = count;
  return {
    text: [...lines, `${count.total} asked for: ${wordsOf(count)}${skipped}`].join("\n"),
    json: { made, stored, failed, before },
    ok: failed.length === 0,
  };
}
