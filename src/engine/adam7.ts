import type { Size } from "../transform/image.ts";

/** One pass of Adam7 (PNG 3rd edition §8): its first pixel, and the distances between its pixels. */
export interface Pass {
  readonly left: number;
  readonly top: number;
  readonly across: number;
  readonly down: number;
}

export const ADAM7: readonly Pass[] = [
  { left: 0, top: 0, across: 8, down: 8 },
  { left: 4, top: 0, across: 8, down: 8 },
  { left: 0, top: 4, across: 4, down: 8 },
  { left: 2, top: 0, across: 4, down: 4 },
  { left: 0, top: 2, across: 2, down: 4 },
  { left: 1, top: 0, across: 2, down: 2 },
  { left: 0, top: 1, across: 1, down: 2 },
];

/** Pixels of `pass` in a picture; a pass with a side of 0 is not in the file at all. */
export function passSize({ width, height }: Size, pass: Pass): Size {
  return {
    width: Math.max(0, Math.ceil((width - pass.left) / pass.across)),
    height: Math.max(0, Math.ceil((height - pass.top) / pass.down)),
  };
}
