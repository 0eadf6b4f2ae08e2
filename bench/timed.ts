import { performance } from "node:perf_hooks";
import type { Time } from "./message.ts";

/** What came of `work`, and what it took. */
export async function timed<T>(work: () => Promise<T>): Promise<Time & { readonly result: T }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000, result };
}
