import type { Rgba, Shape } from "./display-list.ts";
import { circle, path, polygon } from "./pen.ts";

/** What lies between the ground and the figure, all in one colour. */
export const PATTERNS: readonly ((colour: Rgba) => readonly Shape[])[] = [
  () => [],
  (colour) => [circle(50, 52, 42, colour)],
  (colour) => [
    path(
      "M50 50L-20 20L-20 -10ZM50 50L0 -30L32 -30ZM50 50L68 -30L100 -30ZM50 50L120 -10L120 20ZM50 50L120 48L120 80ZM50 50L-20 80L-20 48ZM50 50L100 130L66 130ZM50 50L34 130L0 130Z",
      colour,
    ),
  ],
  (colour) => [-60, -20, 20, 60, 100].map((x) => polygon([x, 0, x + 20, 0, x + 120, 100, x + 100, 100], colour)),
  (colour) =>
    [10, 30, 50, 70, 90].flatMap((y, row) =>
      (row % 2 ? [0, 20, 40, 60, 80, 100] : [10, 30, 50, 70, 90]).map((x) => circle(x, y, 3.6, colour)),
    ),
  (colour) => [path("M0 58C18 44 34 44 50 56C66 68 82 66 100 52L100 100L0 100Z", colour)],
  (colour) => [polygon([0, 100, 100, 0, 100, 100], colour)],
  (colour) => [0, 40, 80].map((y) => polygon([0, y, 100, y, 100, y + 20, 0, y + 20], colour)),
];
