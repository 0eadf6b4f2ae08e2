import { performance } from "node:perf_hooks";
import { setTimeout as later } from "node:timers/promises";
import { liveBytes } from "../inspector.ts";
import { residentMemory, workerdBelow } from "../resident-memory.ts";
import { note } from "../section.ts";
import { megabytes, paragraphs } from "../table.ts";
import type { DevWorker } from "../wrangler-dev.ts";

/** What workerd held at a moment. */
interface Level {
  readonly minute: number;
  readonly bytes: number;
}

const STEP_MINUTES = 0.5;
/** By then everything is compiled and every cache is filled: what grows later is a leak. */
const SETTLED_MINUTE = 2;

/** Watches the memory of workerd until `end`, which says what became of it. */
export function watchMemory(worker: DevWorker): { end(): Promise<string> } {
  const stopped = new AbortController();
  const curve = watchProcess(worker, stopped.signal);
  const settled = later(SETTLED_MINUTE * 60_000, undefined, { signal: stopped.signal }).then(
    () => isolateBytes(worker),
    () => undefined,
  );
  return {
    async end() {
      stopped.abort();
      return describe(await curve, [await settled, await isolateBytes(worker)]);
    },
  };
}

/** Resident bytes, twice a minute and at the end. */
async function watchProcess({ pid }: DevWorker, stopped: AbortSignal): Promise<readonly Level[]> {
  const start = performance.now();
  const curve: Level[] = [];
  const look = () => {
    const workerd = workerdBelow(pid);
    if (workerd === undefined) return;
    const level = { minute: (performance.now() - start) / 60_000, bytes: residentMemory(workerd).bytes };
    curve.push(level);
    note(`  minute ${level.minute.toFixed(1)}: ${megabytes(level.bytes)}`);
  };
  for (look(); !stopped.aborted; look())
    await later(STEP_MINUTES * 60_000, undefined, { signal: stopped }).catch(() => undefined);
  return curve;
}

/** Absent where the system does not tell. */
async function isolateBytes({ pid, origin }: DevWorker): Promise<number | undefined> {
  const workerd = workerdBelow(pid);
  try {
    return workerd === undefined ? undefined : await liveBytes(workerd, origin);
  } catch (cause) {
    note(`  the isolate's memory is not known: ${cause}`);
    return undefined;
  }
}

function describe(curve: readonly Level[], [settled, last]: readonly (number | undefined)[]): string {
  if (curve.length === 0) return "Memory of workerd: not known on this system.";
  const shown = curve.map(({ bytes }) => megabytes(bytes)).join(", ");
  const isolate =
    settled === undefined || last === undefined
      ? ""
      : `The Worker's own isolate, its garbage collected: ${change(settled, last)}.`;
  return paragraphs(`Memory of workerd during the mixture, every half minute: ${shown}.`, growth(curve), isolate);
}

function growth(curve: readonly Level[]): string {
  const end = curve.at(-1)?.minute ?? 0;
  if (end < SETTLED_MINUTE + 1) return `The mixture was too short to compare with minute ${SETTLED_MINUTE}.`;
  return `All of workerd: ${change(levelAround(SETTLED_MINUTE, curve), levelAround(end, curve))}.`;
}

function change(settled: number, last: number): string {
  const percent = Math.round((last / settled - 1) * 100);
  return `${megabytes(settled)} at minute ${SETTLED_MINUTE}, ${megabytes(last)} at the end (${percent < 0 ? "" : "+"}${percent} %)`;
}

/** Median within half a minute, since garbage goes whenever it likes. */
function levelAround(moment: number, curve: readonly Level[]): number {
  const near = curve.filter(({ minute }) => Math.abs(minute - moment) < STEP_MINUTES * 1.2);
  return near.map(({ bytes }) => bytes).toSorted((a, b) => a - b)[Math.floor(near.length / 2)] ?? 0;
}
