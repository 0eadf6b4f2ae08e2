import type { Rgba, Shape } from "./display-list.ts";

/** The whole view box of `side` units in one colour. */
export const ground = (side: number, colour: Rgba): Shape => ({
  kind: "polygon",
  points: [0, 0, side, 0, side, side, 0, side],
  colour,
});
