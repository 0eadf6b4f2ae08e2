import { drive, type Tally } from "../load/drive.ts";
import { watchMemory } from "../load/memory.ts";
import { createRandom, hit, type LoadRequest, misses, mixture, type Random } from "../load/requests.ts";
import { drawBroken, drawSources, type Source } from "../load/sources.ts";
import { note, type Section } from "../section.ts";
import { number, paragraphs, table } from "../table.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { type DevWorker, fillBucket, SERVICE, startWorker } from "../wrangler-dev.ts";

const CONCURRENCY = 16;
const SECONDS = 10;
/** In megabytes: what an isolate may have on Cloudflare, and where V8 begins to collect all garbage (decision 0009). */
const V8_FLAGS = "--max-heap-size=128 --initial-heap-size=16";
/** Wrangler's collector of traces works in the process that is measured, and has no part in any answer. */
const ENV = { MINIFLARE_WORKERD_V8_FLAGS: V8_FLAGS, X_LOCAL_OBSERVABILITY: "false" };

export const load: Section = {
  name: "load",
  title: "Under load",
  run: ({ minutes }) =>
    withTemporaryFolder(async (folder) => {
      const [sources, broken] = await Promise.all([drawSources(), drawBroken()]);
      const service = { config: SERVICE, folder };
      await fillBucket(service, [...sources, ...broken]);
      const worker = await startWorker({ ...service, env: ENV });
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
  return paragraphs(INTRODUCTION, table(HEAD, rows), await memory.end());
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

const INTRODUCTION = `\`wrangler dev\` on the same machine as its clients, ${CONCURRENCY} of them at a time, which also check each answer: the
size of the picture and the colour of a pixel, since every source has a colour of its own; or that it is a refusal. The
mixture is 60 % stored results, 20 % new ones and 20 % hostile: paths that climb, bombs, broken and absent pictures, long
URLs, methods that are closed. "Busy" is 503 with \`Retry-After\`; an error is any other status than the right kind.

workerd is one process here, and simulates R2, KV and the like in two dozen isolates beside that of the Worker. Its V8
runs with \`${V8_FLAGS}\`, so that no isolate gets more than on Cloudflare, and none keeps its
garbage for minutes; Wrangler's own collector of traces is off. [Decision 0009](decisions/0009-garbage-of-the-simulation.md)
has what was measured without.`;
