import { join } from "node:path";
import { median } from "../median.ts";
import { paced } from "../pace.ts";
import { note, type Section } from "../section.ts";
import { megabytes, number, paragraphs, table } from "../table.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { type Answer, ask, freshUrl, type Growth, watchingMemory } from "../worker-client.ts";
import { type DevWorker, fillBucket, ROOT, SERVICE, startWorker } from "../wrangler-dev.ts";
import { TASKS } from "./end-to-end.ts";

export const worker: Section = {
  name: "worker",
  title: "Over HTTP, in workerd",
  async run({ photos, rounds }) {
    return withTemporaryFolder(async (folder) => {
      const service = { config: SERVICE, folder };
      await fillBucket(service, Object.values(photos));
      const rows = await running(service, async (worker) => {
        const floor = [
          "healthcheck (no picture)",
          ...cells(await askOften(() => `${worker.origin}/healthcheck`, rounds)),
        ];
        const made = [floor, ...(await measureTasks(worker, photos, rounds))];
        const stored = freshUrl(worker, photos.baseline.name, 300, "jpg").replace("&force=1", "");
        return [
          ...made,
          ["14.7 MP baseline JPEG to 300 px, stored before", ...cells(await askOften(() => stored, rounds))],
        ];
      });
      const peers = await running({ config: JSQUASH, folder }, (peer) =>
        measurePeer(peer, photos.baseline.name, rounds),
      );
      return paragraphs(INTRODUCTION, table(HEAD, rows), PEER, table(HEAD.slice(0, 3), peers));
    });
  },
};

const JSQUASH = join(ROOT, "bench/jsquash-worker/wrangler.toml");

const HEAD = ["", "ms", "x-cache", "peak of memory", "growth over idle"];

const INTRODUCTION = `\`wrangler dev\`, photos in the local R2, each request with \`force=1\`, so that it is read, made and
stored again. Median of everything that a client waits for; nothing is subtracted. Memory is the resident set of the
workerd process, which also simulates R2 and KV: its peak, and by how much that is more than before the first request of
the row.`;

const PEER = "For comparison a Worker of a few lines that reads the same R2 and runs the jSquash chain:";

async function running<T>(
  options: Parameters<typeof startWorker>[0],
  use: (worker: DevWorker) => Promise<T>,
): Promise<T> {
  const worker = await startWorker(options);
  try {
    return await use(worker);
  } finally {
    await worker.stop();
  }
}

type Photos = Parameters<Section["run"]>[0]["photos"];

async function measureTasks(worker: DevWorker, photos: Photos, rounds: number): Promise<string[][]> {
  const rows: string[][] = [];
  for (const { title, photo, width, output } of TASKS) {
    note(title);
    const url = freshUrl(worker, photos[photo].name, width, output);
    const [answers, growth] = await watchingMemory(worker, () => askOften(() => url, rounds));
    rows.push([title, ...cells(answers, growth)]);
  }
  return rows;
}

async function measurePeer({ origin }: DevWorker, photo: string, rounds: number): Promise<string[][]> {
  const rows: string[][] = [];
  for (const width of [300, 800, 1600]) {
    note(`jSquash in workerd, ${width} px`);
    const answers = await askOften(() => `${origin}/${photo}?w=${width}`, rounds);
    rows.push([`14.7 MP baseline JPEG to ${width} px`, ...cells(answers).slice(0, 2)]);
  }
  return rows;
}

const askOften = (url: () => string, rounds: number): Promise<Answer[]> =>
  paced(
    rounds,
    () => ask(url()),
    ({ ms }) => ms,
  );

function cells(answers: readonly Answer[], growth?: Growth): string[] {
  const failed = answers.find(({ status }) => status !== 200);
  const said = failed
    ? `${failed.status} ${failed.origin}`
    : [...new Set(answers.map(({ origin }) => origin))].join(", ");
  const ms = failed ? "no" : number(median(answers.map((answer) => answer.ms)));
  if (!growth) return [ms, said, "-", "-"];
  return [ms, said, megabytes(growth.peakBytes), megabytes(growth.peakBytes - growth.idleBytes)];
}
