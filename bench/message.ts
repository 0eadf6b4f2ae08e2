import type { Task } from "./task.ts";

/** What the process of a contender is told: to get warm for a task, which `place` names from then on, or to do it once. */
export type Order =
  | { readonly kind: "warm up"; readonly place: number; readonly task: Task }
  | { readonly kind: "turn"; readonly place: number };

/** Milliseconds on the clock, and of processor time: that of all threads of the process. */
export interface Time {
  readonly wall: number;
  readonly cpu: number;
}

/** The last time of a warm-up, or that of a turn. */
export interface Timed extends Time {
  /** Length of what came out; absent where that means nothing. */
  readonly bytes: number | undefined;
}

/** What the process answers. */
export type Report = Timed | Unable;

export interface Unable {
  /** Why, to be read after the name of the contender. */
  readonly unable: string;
}
