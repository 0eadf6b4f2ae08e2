/** Watches over one piece of work: its whole time, and the time between two signs of life. */
export interface Deadline {
  /** Aborts, with the error given at the start, when time is up; or with the reason of the outer signal. */
  readonly signal: AbortSignal;
  /** A sign of life came; the next must come within `ms`. */
  expect(ms: number): void;
  /** Time stands still: what is waited for is ours to give. The next sign of life is expected anew. */
  pausedFor<T>(wait: () => Promise<T>): Promise<T>;
  /** The work is over: no timer fires any more, unless a sign of life is expected again. */
  end(): void;
}

/**
 * @param totalMs absent: only silence ends the work
 * @param late makes the error that the work fails with when it takes longer than `totalMs` or falls silent
 */
export function startDeadline(totalMs: number | undefined, late: () => Error, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const startTimer = (ms: number) => {
    const timer = setTimeout(() => controller.abort(late()), ms);
    return () => clearTimeout(timer);
  };
  let [leftMs, sinceMs] = [totalMs, 0];
  let [stopTotal, stopSilence] = [nothing, nothing];
  const run = () => {
    sinceMs = Date.now();
    if (leftMs !== undefined) stopTotal = startTimer(leftMs);
  };
  const stop = () => {
    stopTotal();
    stopSilence();
  };
  run();
  return {
    signal: outer ? AbortSignal.any([controller.signal, outer]) : controller.signal,
    expect(ms) {
      stopSilence();
      stopSilence = startTimer(ms);
    },
    async pausedFor(wait) {
      stop();
      if (leftMs !== undefined) leftMs -= Date.now() - sinceMs;
      try {
        return await wait();
      } finally {
        run();
      }
    },
    end() {
      leftMs = undefined;
      stop();
    },
  };
}

const nothing = () => {};
