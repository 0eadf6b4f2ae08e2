import type { Photos } from "./photos.ts";

/** What every part of the benchmark is given. */
export interface Bench {
  readonly photos: Photos;
  /** Where they are. */
  readonly folder: string;
  readonly rounds: number;
  /** How long the mixture of requests lasts. */
  readonly minutes: number;
  /** Numbers of the rows to measure, the first of which is 1, where contenders are compared; absent: all. */
  readonly tasks: readonly number[] | undefined;
}

/** One part of the benchmark: measures, and says what it saw in Markdown. */
export interface Section {
  /** For `--only`. */
  readonly name: string;
  readonly title: string;
  run(bench: Bench): Promise<string>;
}

/** Progress, apart from the tables on standard output. */
export const note = (text: string): void => console.error(`  ${text}`);
