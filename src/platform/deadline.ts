/** Watches over one piece of work: its whole time, and the time between two signs of life. */
export interface Deadline {
  /** Aborts, with the error given at the start, when time is up; or with the reason of the outer signal. */
  readonly signal: AbortSignal;
  /** A sign of life came; the next must come within `ms`. */
  expect(ms: number): void;
  /** The work is over: no timer fires any more. */
  end(): void;
}

/** @param late makes the error that the work fails with when it takes longer than `totalMs` or falls silent */
export function startDeadline(totalMs: number, late: () => Error, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const fire = () => controller.abort(late());
  const total = setTimeout(fire, totalMs);
  let silence: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: outer ? AbortSignal.any([controller.signal, outer]) : controller.signal,
    expect(ms) {
      if (silence !== undefined) clearTimeout(silence);
      silence = setTimeout(fire, ms);
    },
    end() {
      clearTimeout(total);
      if (silence !== undefined) clearTimeout(silence);
    },
  };
}
