/**
 * Identical work asked for at the same time in one isolate is done once (security.md F5). Results are plain values, so
 * they may cross requests; the request that started a job keeps it alive by `keepAlive`, even when its client leaves.
 */
export interface SharedJobs<T> {
  /** `shared` says that another request did the work. A failure is shared too, but never remembered. */
  run(key: string, keepAlive: (job: Promise<unknown>) => void, job: () => Promise<T>): Promise<Shared<T>>;
  /** Jobs running now. */
  size(): number;
}

export interface Shared<T> {
  readonly value: T;
  readonly shared: boolean;
}

/** `maxWaitMs`: whoever waited that long for another's job does the work itself. */
export function createSharedJobs<T>(maxWaitMs: number): SharedJobs<T> {
  const running = new Map<string, Promise<T>>();

  async function start(key: string, keepAlive: (job: Promise<unknown>) => void, job: () => Promise<T>): Promise<T> {
    const started = job();
    running.set(key, started);
    keepAlive(started.catch(() => undefined));
    try {
      return await started;
    } finally {
      if (running.get(key) === started) running.delete(key);
    }
  }

  return {
    async run(key, keepAlive, job) {
      // Of those that waited in vain the first starts anew, and the others wait for that one.
      for (let other = running.get(key), last: typeof other; other && other !== last; other = running.get(key)) {
        const result = await withDeadline(other, maxWaitMs);
        if (result) return { value: result.value, shared: true };
        last = other;
      }
      return { value: await start(key, keepAlive, job), shared: false };
    },
    size: () => running.size,
  };
}

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
