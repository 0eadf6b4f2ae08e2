// Memory of workerd as Linux counts it (proc_pid_status(5), proc_pid_clear_refs(5)); elsewhere nothing is known.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

export interface ResidentMemory {
  readonly bytes: number;
  /** The most since `resetPeak`. */
  readonly peakBytes: number;
}

/** The workerd process below `wrangler dev` that holds the most: the other one only passes requests on. */
export function workerdBelow(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const workers = descendants(pid).filter((child) => readFileSync(`/proc/${child}/comm`, "utf8").trim() === "workerd");
  return workers.toSorted((a, b) => residentMemory(b).bytes - residentMemory(a).bytes)[0];
}

export function residentMemory(pid: number): ResidentMemory {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) => Number(new RegExp(`^${name}:\\s*([0-9]+) kB`, "m").exec(status)?.[1] ?? 0) * 1024;
  return { bytes: field("VmRSS"), peakBytes: field("VmHWM") };
}

/** From here on the peak is that of what comes. */
export const resetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, "5");

function descendants(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").match(/[0-9]+/g));
  return children.flatMap((child) => (child === null ? [] : [Number(child), ...descendants(Number(child))]));
}
