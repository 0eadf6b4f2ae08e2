import type { Outcome } from "./attempt.ts";

/** How far a run is. */
export interface Count {
  readonly total: number;
  made: number;
  stored: number;
  failed: number;
}

const BAR = 24;

export const doneOf = ({ made, stored, failed }: Count): number => made + stored + failed;

/** One line for a terminal. */
export function barOf(count: Count): string {
  const filled = count.total === 0 ? BAR : Math.floor((BAR * doneOf(count)) / count.total);
  return `[${"#".repeat(filled).padEnd(BAR, ".")}] ${doneOf(count)}/${count.total}  ${wordsOf(count)}`;
}

export const wordsOf = ({ made, stored, failed }: Count): string => `${made} made, ${stored} stored, ${failed} failed`;

export function countIn(count: Count, { kind }: Outcome): void {
  count[kind]++;
}
