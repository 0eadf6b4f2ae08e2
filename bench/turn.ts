// One contender in a process of its own, so that nobody pays for the garbage or the threads of another: it does what it
// is told, one thing at a time, times itself, and says what it took.
import { performance } from "node:perf_hooks";
import "../tools/wasm-modules.ts";
import { once } from "../src/platform/once.ts";
import { loadContender } from "./contenders.ts";
import type { Order, Report, Timed, Unable } from "./message.ts";
import { isWarm } from "./pace.ts";
import { loadPhotos } from "./photos.ts";
import { type Work, workOf } from "./task.ts";

const [name, folder] = process.argv.slice(2);

/** Loaded for the first order, so that there is someone to tell if it fails. */
const load = once(() => Promise.all([loadContender(name), loadPhotos(folder)]));

const works: Work[] = [];

process.on("message", async (order: Order) => process.send?.(await obey(order).catch(reasonOf)));
// The parent has what it wanted, or is gone. wasm-vips keeps threads that would live on.
process.on("disconnect", () => process.exit());

async function obey(order: Order): Promise<Report> {
  if (order.kind === "turn") return timed(works[order.place]);
  const work = workOf(order.task, ...(await load()));
  works[order.place] = work;
  return warmUp(work);
}

async function warmUp(work: Work): Promise<Timed> {
  let last = await timed(work);
  for (let times = 1, ms = last.cpu; !isWarm(times, ms); times++, ms += last.cpu) last = await timed(work);
  return last;
}

async function timed(work: Work): Promise<Timed> {
  const before = process.cpuUsage();
  const start = performance.now();
  const file = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000, bytes: file?.length };
}

/** WASM may throw anything. */
const reasonOf = (thrown: unknown): Unable => ({
  unable: thrown instanceof Error ? thrown.message : `failed in its WASM code (${String(thrown)})`,
});
