import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** One of those who do the same task. */
export interface Runner {
  readonly name: string;
  /** @throws Error whose message says why it cannot */
  run(): Promise<Uint8Array | undefined>;
}

/** Median, and median over the rounds of the first runner's figure ÷ this one's, both of the same round. */
export interface Figure {
  readonly median: number;
  readonly ratio: number;
}

export interface Figures {
  readonly name: string;
  /** Milliseconds on the clock. */
  readonly wall: Figure;
  /** Milliseconds of processor time, of all threads. */
  readonly cpu: Figure;
  /** Length of what came out; absent where that means nothing. */
  readonly bytes: number | undefined;
}

/** A runner that took part, or the reason why it did not. */
export type Outcome = Figures | { readonly name: string; readonly unable: string };

/** Four pictures at least; more of the quick ones, since V8 takes dozens to see that a small job is worth optimising. */
const WARM_UP = { rounds: 4, ms: 1_000, mostRounds: 50 };

/**
 * Times `runners` in turns, so that whatever else the machine does hits them alike: in each round everyone runs once,
 * and each round begins with the next one. Whoever fails in the warm-up is left out.
 */
export async function measure(runners: readonly Runner[], rounds: number): Promise<Outcome[]> {
  const trials = await warmUp(runners);
  const able = runners.filter(({ name }) => !(trials.get(name) instanceof Error));
  const times = new Map<string, Time[]>(able.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < able.length; turn++) {
      const runner = able[(round + turn) % able.length];
      times.get(runner.name)?.push(await timed(runner));
    }
  const first = times.get(runners[0].name) ?? [];
  return runners.map(({ name }) => outcomeOf(name, trials.get(name), times.get(name) ?? [], first));
}

interface Time {
  readonly wall: number;
  readonly cpu: number;
}

/** What others left behind must not be collected in this one's time: some leave 60 MB a picture. */
const collectGarbage: () => void = (() => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
})();

async function timed({ run }: Runner): Promise<Time> {
  collectGarbage();
  const before = process.cpuUsage();
  const start = performance.now();
  await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}

type Trial = Uint8Array | undefined | Error;

async function warmUp(runners: readonly Runner[]): Promise<Map<string, Trial>> {
  const trials = new Map<string, Trial>();
  for (const runner of runners) trials.set(runner.name, await warmUpOne(runner).catch(toError));
  return trials;
}

async function warmUpOne({ run }: Runner): Promise<Trial> {
  const { rounds, ms, mostRounds } = WARM_UP;
  const start = performance.now();
  let trial: Trial = await run();
  for (let round = 1; round < mostRounds && (round < rounds || performance.now() - start < ms); round++)
    trial = await run();
  return trial;
}

/** WASM may throw anything. */
const toError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(`failed in its WASM code (${String(thrown)})`);

function outcomeOf(name: string, trial: Trial, own: readonly Time[], first: readonly Time[]): Outcome {
  if (trial instanceof Error) return { name, unable: trial.message };
  const figure = (kind: keyof Time): Figure => ({
    median: median(own.map((time) => time[kind])),
    ratio: median(first.map((time, round) => time[kind] / own[round][kind])),
  });
  return { name, wall: figure("wall"), cpu: figure("cpu"), bytes: trial?.length };
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
