import { median } from "./median.ts";
import type { Time, Unable } from "./message.ts";

/** Median, and median over the rounds of the first entrant's figure ÷ this one's, both of the same round. */
interface Figure {
  readonly median: number;
  readonly ratio: number;
}

interface Figures {
  readonly name: string;
  /** Milliseconds on the clock. */
  readonly wall: Figure;
  /** Milliseconds of processor time, of all threads. */
  readonly cpu: Figure;
  /** Length of what came out; absent where that means nothing. */
  readonly bytes: number | undefined;
}

/** An entrant that took part, or the reason why it did not. */
export type Outcome = Figures | ({ readonly name: string } & Unable);

/** Times of an entrant, by round. */
export type Times = ReadonlyMap<number, Time>;

export function figuresOf(name: string, own: Times, first: Times, bytes: number | undefined): Figures {
  const figure = (kind: keyof Time): Figure => ({
    median: median([...own.values()].map((time) => time[kind])),
    ratio: median(ratios(kind, first, own)),
  });
  return { name, wall: figure("wall"), cpu: figure("cpu"), bytes };
}

/** Of the rounds in which both took part. */
function ratios(kind: keyof Time, first: Times, own: Times): number[] {
  return [...own].flatMap(([round, time]) => {
    const its = first.get(round);
    return its ? [its[kind] / time[kind]] : [];
  });
}
