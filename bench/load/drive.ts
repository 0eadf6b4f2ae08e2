import { performance } from "node:perf_hooks";
import sharp from "sharp";
import type { LoadRequest } from "./requests.ts";

/** What came of many requests. */
export interface Tally {
  readonly seconds: number;
  /** Sorted milliseconds, from the request to the last byte of its answer. */
  readonly times: readonly number[];
  /** 503 with Retry-After: it said that it was busy. */
  readonly busy: number;
  /** No answer at all. */
  readonly crashes: number;
  /** A refusal where a picture was due, or the other way round, or a status of 500. */
  readonly errors: number;
  /** Another size or colour than asked for. */
  readonly wrong: number;
}

type Verdict = "good" | "busy" | "crash" | "error" | "wrong";

/** Sends requests, `concurrency` at a time, until `done` says so; every answer is looked at. */
export async function drive(
  origin: string,
  next: () => LoadRequest,
  { concurrency, done }: { readonly concurrency: number; readonly done: (count: number) => boolean },
): Promise<Tally> {
  const times: number[] = [];
  const verdicts: Record<Verdict, number> = { good: 0, busy: 0, crash: 0, error: 0, wrong: 0 };
  const start = performance.now();
  let sent = 0;
  const client = async () => {
    while (!done(sent)) {
      sent++;
      const { verdict, ms } = await once(origin, next());
      verdicts[verdict]++;
      times.push(ms);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  const seconds = (performance.now() - start) / 1_000;
  const { busy, crash, error, wrong } = verdicts;
  return { seconds, times: times.toSorted((a, b) => a - b), busy, crashes: crash, errors: error, wrong };
}

async function once(origin: string, request: LoadRequest): Promise<{ verdict: Verdict; ms: number }> {
  const start = performance.now();
  try {
    const response = await fetch(origin + request.path, { method: request.method ?? "GET" });
    const bytes = await response.bytes();
    const ms = performance.now() - start;
    return { verdict: await verdictOn(response, bytes, request), ms };
  } catch {
    return { verdict: "crash", ms: performance.now() - start };
  }
}

async function verdictOn({ status, headers }: Response, bytes: Uint8Array, { picture }: LoadRequest): Promise<Verdict> {
  if (status === 503 && headers.has("retry-after")) return "busy";
  if (!picture) return status >= 400 && status < 500 ? "good" : "error";
  if (status !== 200) return "error";
  return (await shows(bytes, picture)) ? "good" : "wrong";
}

/** What lossy formats may be off, in levels of 255. */
const TOLERANCE = 8;

async function shows(bytes: Uint8Array, { width, height, colour }: NonNullable<LoadRequest["picture"]>) {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const centre = (Math.floor(height / 2) * width + Math.floor(width / 2)) * info.channels;
  return (
    info.width === width &&
    info.height === height &&
    colour.every((level, channel) => Math.abs(level - data[centre + channel]) <= TOLERANCE)
  );
}
