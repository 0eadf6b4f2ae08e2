// The thread of `npm run fuzz` that decodes.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import "../wasm-modules.ts";

export interface FuzzOrder {
  readonly inputs: number;
  readonly seed: number;
  /** Inputs that are made, since the others depend on them, but not decoded. */
  readonly skip: number;
  readonly drawn: boolean;
  /** One number: the input that is being decoded. */
  readonly progress: SharedArrayBuffer;
}

export type FuzzAnswer =
  | { readonly failure: string; readonly name: string; readonly bytes: Uint8Array }
  | {
      readonly tallies: Readonly<Record<string, unknown>>;
      readonly slowest: readonly { readonly name: string; readonly ms: number }[];
      readonly seconds: number;
    };

const { drawnSeeds } = await import("../../test/support/fuzz/seeds.ts");
const { FuzzFailure, fuzz, mutantsOf } = await import("../../test/support/fuzz/run.ts");
const { sniffFormat } = await import("../../src/codec/sniff.ts");

type Seeds = Awaited<ReturnType<typeof drawnSeeds>>;
type Mutant = ReturnType<typeof mutantsOf> extends Generator<infer T> ? T : never;

const CORPUS = fileURLToPath(import.meta.resolve("../../../shared/corpus"));
/** Larger files would take most of the time, and most damage to them is damage to pixels. */
const MAX_FILE_BYTES = 30_000;
const SLOWEST = 5;

/** The drawn files, and the small ones among the test pictures where there are any. */
async function seedsOf({ drawn }: FuzzOrder): Promise<Seeds> {
  const seeds = new Map([...(await drawnSeeds())].map(([format, files]) => [format, [...files]]));
  if (drawn || !existsSync(CORPUS)) return seeds;
  const { files } = JSON.parse(readFileSync(join(CORPUS, "MANIFEST.json"), "utf8"));
  for (const { file, bytes } of files as readonly { file: string; bytes: number }[]) {
    if (bytes > MAX_FILE_BYTES) continue;
    const content = Uint8Array.from(readFileSync(join(CORPUS, file)));
    const format = sniffFormat(content);
    if (format) seeds.get(format)?.push(content);
  }
  return seeds;
}

async function run(order: FuzzOrder): Promise<FuzzAnswer> {
  const start = performance.now();
  const progress = new Int32Array(order.progress);
  const slowest: { name: string; ms: number }[] = [];
  let current: { name: string; since: number } | undefined;
  const watch = ({ index, format }: Mutant) => {
    const now = performance.now();
    if (current) slowest.push({ name: current.name, ms: now - current.since });
    slowest.sort((a, b) => b.ms - a.ms).splice(SLOWEST);
    Atomics.store(progress, 0, index);
    current = { name: `${format} ${index}`, since: now };
  };
  try {
    const mutants = mutantsOf(await seedsOf(order), order.inputs, order.seed).filter(
      ({ index }) => index >= order.skip,
    );
    const tallies = await fuzz(mutants, watch);
    return { tallies: Object.fromEntries(tallies), slowest, seconds: (performance.now() - start) / 1000 };
  } catch (error) {
    if (!(error instanceof FuzzFailure)) throw error;
    const { index, format, bytes } = error.mutant;
    return { failure: error.message, name: `${order.seed}-${index}.${format}`, bytes };
  }
}

parentPort?.postMessage(await run(workerData as FuzzOrder));
