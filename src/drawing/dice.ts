import { sha256 } from "../platform/crypto.ts";

/** Throws whose results follow from the seed, in the order in which they are asked for. */
export interface Dice {
  /** An integer from 0 to before `count`, at most 65,536. */
  below(count: number): number;
  pick<T>(choices: readonly T[]): T;
  /** True in `percent` of all cases. */
  chance(percent: number): boolean;
}

/** Dice of their own for each `style`, so that a seed's drawings in two styles have nothing to do with each other. */
export function createDice(style: string, seed: string): Dice {
  let bytes = new Uint8Array();
  let block = 0;
  let at = 0;
  const below = (count: number): number => {
    if (at === bytes.length) {
      bytes = Uint8Array.from(sha256(`${style} ${block++} ${seed}`));
      at = 0;
    }
    const value = bytes[at] * 256 + bytes[at + 1];
    at += 2;
    return Math.floor((value * count) / 65_536);
  };
  return {
    below,
    pick: (choices) => choices[below(choices.length)],
    chance: (percent) => below(100) < percent,
  };
}
