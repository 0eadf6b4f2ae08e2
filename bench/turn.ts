// One contender in a process of its own, so that nobody pays for the garbage or the threads of another: it does what it
// is told, one thing at a time, times itself, and says what it took.
import "../tools/wasm-modules.ts";
import { once } from "../src/platform/once.ts";
import { loadContender } from "./contenders.ts";
import type { Order, Report, Timed, Unable } from "./message.ts";
import { TURN_MS, warmUp } from "./pace.ts";
import { loadPhotos } from "./photos.ts";
import { type Work, workOf } from "./task.ts";
import { timed } from "./timed.ts";

const [name, folder] = process.argv.slice(2);

/** Loaded for the first order, so that there is someone to tell if it fails. */
const load = once(() => Promise.all([loadContender(name), loadPhotos(folder)]));

const works: Work[] = [];

process.on("message", async (order: Order) => process.send?.(await obey(order).catch(reasonOf)));
// The parent has what it wanted, or is gone. wasm-vips keeps threads that would live on.
process.on("disconnect", () => process.exit());

async function obey(order: Order): Promise<Report> {
  if (order.kind === "turn") return timedTurn(works[order.place]);
  const work = workOf(order.task, ...(await load()));
  works[order.place] = work;
  return warmUp(
    () => timedFile(work),
    ({ cpu }) => cpu,
  );
}

/**
 * The mean of as many times as a turn has room for, and of one at least. The first is not counted: a process that slept
 * since its last turn needs a millisecond or two to come up to speed, whoever it is.
 */
async function timedTurn(work: Work): Promise<Timed> {
  await work();
  const times: Timed[] = [];
  for (let spent = 0; spent < TURN_MS; spent += times[times.length - 1].wall) times.push(await timedFile(work));
  const mean = (of: "wall" | "cpu") => times.reduce((sum, time) => sum + time[of], 0) / times.length;
  return { ...times[0], wall: mean("wall"), cpu: mean("cpu") };
}

async function timedFile(work: Work): Promise<Timed> {
  const { result, ...time } = await timed(work);
  return { ...time, bytes: result?.length };
}

/** WASM may throw anything. */
const reasonOf = (thrown: unknown): Unable => ({
  unable: thrown instanceof Error ? thrown.message : `failed in its WASM code (${String(thrown)})`,
});
