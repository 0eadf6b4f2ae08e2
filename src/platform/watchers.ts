/** Counts those who wait for one piece of work. */
export interface Watchers {
  /** One more waits, until `signal` aborts. */
  join(signal: AbortSignal): void;
  /**
   * Resolves when everybody has gone. A promise, since whoever goes last may be another request than the one that does
   * the work, and only a promise hands over from one to the other in a Worker.
   */
  readonly allGone: Promise<void>;
}

export function createWatchers(): Watchers {
  const { promise: allGone, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  const leave = () => {
    if (--waiting === 0) resolve();
  };
  return {
    join(signal) {
      waiting++;
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    },
    allGone,
  };
}
