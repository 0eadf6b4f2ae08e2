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

/** Bytes that workerd holds, twice a minute. */
function watchMemory({ pid }: DevWorker) {
  const stopped = new AbortController();
  const curve: number[] = [];
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      await later(30_000, undefined, { signal: stopped.signal }).catch(() => undefined);
      const workerd = workerdBelow(pid);
      if (workerd !== undefined) curve.push(residentMemory(workerd).bytes);
    }
  })();
  return {
    async end(): Promise<readonly number[]> {
      stopped.abort();
      await watching;
      return curve;
    },
  };
}

const levels = (curve: readonly number[]): string =>
  curve.length === 0
    ? "Memory of workerd: not known on this system."
    : `Memory of workerd during the mixture, every half minute: ${curve.map(megabytes).join(", ")}.`;

const INTRODUCTION = `\`wrangler dev\` on the same machine as its clients, ${CONCURRENCY} of them at a time, which also check each answer: the
size of the picture and the colour of a pixel, since every source has a colour of its own; or that it is a refusal. The
mixture is 60 % stored results, 20 % new ones and 20 % hostile: paths that climb, bombs, broken and absent pictures, long
URLs, methods that are closed. "Busy" is 503 with \`Retry-After\`; an error is any other status than the right kind.`;
