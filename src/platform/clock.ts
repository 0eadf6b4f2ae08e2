/** Where the time comes from, so that a test can set it. */
export interface Clock {
  /** Milliseconds since 1970. In a Worker it stands still while code computes. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
