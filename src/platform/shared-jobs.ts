import { HttpError } from "../error.ts";
import { createWatchers, type Watchers } from "./watchers.ts";

/**
 * Identical work asked for at the same time in one isolate is done once (security.md F5). Results are plain values, so
 * they may cross requests.
 */
export interface SharedJobs<T> {
  /**
   * `shared` says that another request did the work. A failure is shared too, but never remembered. The job's signal
   * aborts when all who asked for it have gone (F6).
   */
  run(key: string, caller: Caller, job: (signal: AbortSignal) => Promise<T>): Promise<Shared<T>>;
  /** Jobs running now. */
  size(): number;
}

/** A request that asks for work. */
export interface Caller {
  /** Lets a job that this request started go on when its client leaves: others may wait for it. */
  readonly keepAlive: (job: Promise<unknown>) => void;
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal;
}

export interface Shared<T> {
  readonly value: T;
  readonly shared: boolean;
}

/** `maxWaitMs`: whoever waited that long for another's job does the work itself. */
export function createSharedJobs<T>(maxWaitMs: number): SharedJobs<T> {
  const running = new Map<string, Running<T>>();

  const forget = (key: string, started: Running<T>) => {
    if (running.get(key) === started) running.delete(key);
  };

  async function start(key: string, caller: Caller, job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const watchers = createWatchers();
    watchers.join(caller.signal);
    const started = { result: job(controller.signal), watchers };
    running.set(key, started);
    caller.keepAlive(started.result.catch(() => undefined));
    watchers.allGone.then(() => {
      forget(key, started);
      controller.abort(abandoned());
    });
    try {
      return await started.result;
    } finally {
      forget(key, started);
    }
  }

  return {
    async run(key, caller, job) {
      // Of those that waited in vain the first starts anew, and the others wait for that one.
      for (let other = running.get(key), last: typeof other; other && other !== last; other = running.get(key)) {
        other.watchers.join(caller.signal);
        const result = await withDeadline(other.result, maxWaitMs);
        if (result) return { value: result.value, shared: true };
        last = other;
      }
      return { value: await start(key, caller, job), shared: false };
    },
    size: () => running.size,
  };
}

interface Running<T> {
  readonly result: Promise<T>;
  readonly watchers: Watchers;
}

/** Nobody is there to read it, except who came at the very moment. */
const abandoned = () =>
  new HttpError(503, "busy", "Cannot go on with a picture that nobody waits for: try again", {
    headers: { "retry-after": "1" },
  });

/** The value of `job`, boxed, or undefined when it takes too long. Rejects as `job` does. */
async function withDeadline<T>(job: Promise<T>, ms: number): Promise<{ value: T } | undefined> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([job.then((value) => ({ value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
