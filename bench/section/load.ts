import { performance } from "node:perf_hooks";
import { setTimeout as later } from "node:timers/promises";
import { drive, type Tally } from "../load/drive.ts";
import { createRandom, hit, type LoadRequest, misses, mixture, type Random } from "../load/requests.ts";
import { drawBroken, drawSources, type Source } from "../load/sources.ts";
import { residentMemory, workerdBelow } from "../resident-memory.ts";
import { note, type Section } from "../section.ts";
import { megabytes, number, table } from "../table.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { type DevWorker, fillBucket, SERVICE, startWorker } from "../wrangler-dev.ts";

const CONCURRENCY = 16;
const SECONDS = 10;

export const load: Section = {
  name: "load",
  title: "Under load",
  run: ({ minutes }) =>
    withTemporaryFolder(async (folder) => {
      const [sources, broken] = await Promise.all([drawSources(), drawBroken()]);
      const service = { config: SERVICE, folder };
      await fillBucket(service, [...sources, ...broken]);
      const worker = await startWorker(service);
      try {
        return await measure(worker, sources, minutes);
      } finally {
        await worker.stop();
      }
    }),
};

async function measure(worker: DevWorker, sources: readonly Source[], minutes: number): Promise<string> {
  const random = createRandom(1);
  const miss = misses(sources);
  await drive(worker.origin, () => hit(sources, random), { concurrency: 1, done: (sent) => sent >= 200 });
  const rows = [
    row("hits", await during(SECONDS, worker, (dice) => hit(sources, dice), random)),
    row("misses", await during(SECONDS, worker, miss, random)),
    row("stampede: 200 at once on a new one", await stampede(worker, miss(random))),
  ];
  note(`mixture, ${minutes} minutes`);
  const memory = watchMemory(worker);
  rows.push(row(`mixture, ${minutes} min`, await during(minutes * 60, worker, mixture(sources), random)));
  const curve = await memory.end();
  return `${INTRODUCTION}\n\n${table(HEAD, rows)}\n\n${levels(curve)}`;
}

function during(seconds: number, { origin }: DevWorker, next: (random: Random) => LoadRequest, random: Random) {
  const end = Date.now() + seconds * 1_000;
  return drive(origin, () => next(random), { concurrency: CONCURRENCY, done: () => Date.now() >= end });
}

const stampede = ({ origin }: DevWorker, request: LoadRequest): Promise<Tally> =>
  drive(origin, () => request, { concurrency: 200, done: (sent) => sent >= 200 });

const HEAD = ["", "requests", "per second", "p50 ms", "p99 ms", "busy", "no answer", "errors", "wrong pictures"];

function row(name: string, { seconds, times, busy, crashes, errors, wrong }: Tally): string[] {
  const at = (share: number) => number(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const counts = [busy, crashes, errors, wrong].map(String);
  return [name, String(times.length), number(times.length / seconds), at(0.5), at(0.99), ...counts];
}

/** What workerd held at a moment of the mixture. */
interface Level {
  readonly minute: number;
  readonly bytes: number;
}

const STEP_MINUTES = 0.5;

/** Bytes that workerd holds, twice a minute. */
function watchMemory({ pid }: DevWorker) {
  const stopped = new AbortController();
  const start = performance.now();
  const curve: Level[] = [];
  const look = () => {
    const workerd = workerdBelow(pid);
    if (workerd === undefined) return;
    const level = { minute: (performance.now() - start) / 60_000, bytes: residentMemory(workerd).bytes };
    curve.push(level);
    note(`  minute ${level.minute.toFixed(1)}: ${megabytes(level.bytes)}`);
  };
  const watching = (async () => {
    for (look(); !stopped.signal.aborted; look())
      await later(STEP_MINUTES * 60_000, undefined, { signal: stopped.signal }).catch(() => undefined);
  })();
  return {
    async end(): Promise<readonly Level[]> {
      stopped.abort();
      await watching;
      return curve;
    },
  };
}

function levels(curve: readonly Level[]): string {
  if (curve.length === 0) return "Memory of workerd: not known on this system.";
  const shown = curve.map(({ bytes }) => megabytes(bytes)).join(", ");
  return `Memory of workerd during the mixture, every half minute: ${shown}.\n\n${growth(curve)}`;
}

/** By then everything is compiled and every cache is filled: what grows later is a leak. */
const SETTLED_MINUTE = 2;

function growth(curve: readonly Level[]): string {
  const end = curve.at(-1)?.minute ?? 0;
  if (end < SETTLED_MINUTE + 1) return `The mixture was too short to compare with minute ${SETTLED_MINUTE}.`;
  const [settled, last] = [levelAround(SETTLED_MINUTE, curve), levelAround(end, curve)];
  const percent = Math.round((last / settled - 1) * 100);
  const change = `${percent < 0 ? "" : "+"}${percent} %`;
  return `Around minute ${SETTLED_MINUTE}: ${megabytes(settled)}; at the end: ${megabytes(last)} (${change}).`;
}

/** Median within half a minute, since garbage goes whenever it likes. */
function levelAround(moment: number, curve: readonly Level[]): number {
  const near = curve.filter(({ minute }) => Math.abs(minute - moment) < STEP_MINUTES * 1.2);
  return near.map(({ bytes }) => bytes).toSorted((a, b) => a - b)[Math.floor(near.length / 2)] ?? 0;
}

const INTRODUCTION = `\`wrangler dev\` on the same machine as its clients, ${CONCURRENCY} of them at a time, which also check each answer: the
size of the picture and the colour of a pixel, since every source has a colour of its own; or that it is a refusal. The
mixture is 60 % stored results, 20 % new ones and 20 % hostile: paths that climb, bombs, broken and absent pictures, long
URLs, methods that are closed. "Busy" is 503 with \`Retry-After\`; an error is any other status than the right kind.`;
