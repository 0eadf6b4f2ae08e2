// npm run fuzz: feeds damaged files to every decoder, far more of them than the tests do.
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { FuzzAnswer, FuzzOrder } from "./fuzz/worker.ts";

const USAGE = `npm run fuzz                        100,000 damaged files, another seed each time
npm run fuzz -- --inputs 1000       so many
npm run fuzz -- --seed 7            the same files each time
npm run fuzz -- --skip 5000         without the first ones
npm run fuzz -- --drawn             no files of the test pictures, only those that are drawn`;

/** No mutant is so large that a decoder may take longer. */
const HANG_MS = 20_000;
const LOOK_MS = 1_000;

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    skip: { type: "string", default: "0" },
    drawn: { type: "boolean", default: false },
    help: { type: "boolean" },
  },
});

if (values.help) console.log(USAGE);
else
  run({
    inputs: Number(values.inputs),
    seed: Number(values.seed),
    skip: Number(values.skip),
    drawn: values.drawn,
    progress: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  });

/** Decoding is done beside this thread, which sees where it stands still. */
function run(order: FuzzOrder): void {
  console.log(`${order.inputs} inputs, seed ${order.seed}`);
  const worker = new Worker(fileURLToPath(import.meta.resolve("./fuzz/worker.ts")), { workerData: order });
  const progress = new Int32Array(order.progress);
  let [seen, since] = [-1, Date.now()];
  const looking = setInterval(() => {
    const now = Atomics.load(progress, 0);
    if (now !== seen) [seen, since] = [now, Date.now()];
    else if (Date.now() - since > HANG_MS) fail(`input ${now} takes more than ${HANG_MS} ms`);
  }, LOOK_MS);
  worker.on("error", (error) => fail(String(error)));
  worker.on("message", (answer: FuzzAnswer) => {
    clearInterval(looking);
    if ("failure" in answer) fail(`${answer.failure}\n${kept(answer)}`);
    report(answer);
  });

  function fail(what: string): never {
    console.error(`${what}\nTo repeat: npm run fuzz -- --seed ${order.seed} --inputs ${order.inputs} --skip ${seen}`);
    process.exit(1);
  }
}

/** Where the file that did it was put. */
function kept({ name, bytes }: Extract<FuzzAnswer, { failure: string }>): string {
  const folder = join(tmpdir(), "edgefit-fuzz");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

function report({ tallies, slowest, seconds }: Extract<FuzzAnswer, { tallies: unknown }>): void {
  console.table(tallies);
  for (const { ms, name } of slowest) console.log(`${ms.toFixed(0)} ms at most: ${name}`);
  console.log(`${seconds.toFixed(0)} s, nothing found`);
}
