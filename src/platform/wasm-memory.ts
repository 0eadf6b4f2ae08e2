import { AsyncLocalStorage } from "node:async_hooks";
import { busy } from "./busy.ts";

/** security.md L15: no instance may grow beyond. */
export const MAX_INSTANCE_BYTES: number = 96 * 1024 * 1024;
/** security.md L15: all live instances of the isolate together. */
const MAX_LIVE_BYTES = 100 * 1024 * 1024;
/** A page of memory (WebAssembly core specification §4.2.8). */
export const WASM_PAGE_BYTES = 65_536;

/** What one instance takes of the isolate's WASM memory. */
export interface WasmLease {
  /**
   * Asks before the instance's memory becomes `bytes` large.
   * @throws HttpError 503 busy where other jobs hold what is missing
   * @throws WebAssembly.RuntimeError where there would not be enough without them
   */
  claim(bytes: number): void;
  /** The instance is not used any more. */
  end(): void;
}

/** Leases of a job; what it did not end itself ends with it. */
interface Job {
  readonly leases: Set<WasmLease>;
  bytes: number;
}

const jobs = new AsyncLocalStorage<Job>();
let live = 0;
let peak = 0;

/** Bytes that live instances hold. */
export const liveWasmBytes = (): number => live;

/** The most that they held at once since the isolate started. */
export const peakWasmBytes = (): number => peak;

/** Runs `work` as one job: when it is done, so are all instances that it made. */
export async function runWasmJob<T>(work: () => Promise<T>): Promise<T> {
  const job: Job = { leases: new Set(), bytes: 0 };
  try {
    return await jobs.run(job, work);
  } finally {
    for (const lease of job.leases) lease.end();
  }
}

/**
 * A lease for an instance that begins with `bytes`. Outside of jobs nothing is counted.
 * @throws as `claim` does
 */
export function leaseWasm(bytes: number): WasmLease {
  const job = jobs.getStore();
  if (!job) return { claim: () => undefined, end: () => undefined };
  let held = 0;
  const add = (more: number) => {
    held += more;
    job.bytes += more;
    live += more;
    peak = Math.max(peak, live);
  };
  const lease: WasmLease = {
    claim(wanted) {
      if (!job.leases.has(lease)) throw new WebAssembly.RuntimeError("An instance was used after its end");
      verifyRoom(wanted - held, job);
      add(wanted - held);
    },
    end() {
      add(-held);
      job.leases.delete(lease);
    },
  };
  job.leases.add(lease);
  lease.claim(bytes);
  return lease;
}

function verifyRoom(more: number, job: Job): void {
  if (live + more <= MAX_LIVE_BYTES) return;
  if (job.bytes + more > MAX_LIVE_BYTES) throw new WebAssembly.RuntimeError("WASM memory limit reached");
  throw busy();
}
