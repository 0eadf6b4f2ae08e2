import type { Clock } from "./clock.ts";

/** Lets something happen once in a while for each key, as far as this isolate knows. */
export interface Throttle {
  /** True when it was not true for `key` within the interval. */
  allows(key: string): boolean;
}

/** More keys than that are not told apart for long: forgetting one costs a repetition, nothing else. */
const MAX_KEYS = 10_000;

export function createThrottle(intervalMs: number, clock: Clock): Throttle {
  const allowedAt = new Map<string, number>();
  return {
    allows(key) {
      const now = clock.now();
      if (now - (allowedAt.get(key) ?? Number.NEGATIVE_INFINITY) < intervalMs) return false;
      if (allowedAt.size >= MAX_KEYS) allowedAt.clear();
      allowedAt.set(key, now);
      return true;
    },
  };
}
