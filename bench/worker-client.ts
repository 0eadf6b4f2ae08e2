import { performance } from "node:perf_hooks";
import { resetPeak, residentMemory, workerdBelow } from "./resident-memory.ts";
import type { DevWorker } from "./wrangler-dev.ts";

export interface Answer {
  readonly status: number;
  /** `x-cache`, or the code of the error. */
  readonly origin: string;
  readonly ms: number;
  readonly bytes: number;
}

export async function ask(url: string): Promise<Answer> {
  const start = performance.now();
  const response = await fetch(url);
  const body = await response.bytes();
  const ms = performance.now() - start;
  const origin = response.ok ? (response.headers.get("x-cache") ?? "-") : codeOf(body);
  return { status: response.status, origin, ms, bytes: body.length };
}

/** Of a problem document (RFC 9457). */
function codeOf(body: Uint8Array): string {
  try {
    return String(JSON.parse(new TextDecoder().decode(body)).code);
  } catch {
    return "-";
  }
}

/** URL of a photo of the bucket, made anew even where it is stored. */
export const freshUrl = ({ origin }: DevWorker, photo: string, width: number, format: string): string =>
  `${origin}/display?path=${photo}&op=resize&w=${width}&fmt=${format}&q=80&force=1`;

export interface Growth {
  readonly idleBytes: number;
  readonly peakBytes: number;
}

/** What `work` returns, and the memory of workerd before it and at most; absent where the system does not say. */
export async function watchingMemory<T>(worker: DevWorker, work: () => Promise<T>): Promise<[T, Growth | undefined]> {
  const pid = workerdBelow(worker.pid);
  if (pid === undefined) return [await work(), undefined];
  resetPeak(pid);
  const idleBytes = residentMemory(pid).bytes;
  const result = await work();
  return [result, { idleBytes, peakBytes: residentMemory(pid).peakBytes }];
}
