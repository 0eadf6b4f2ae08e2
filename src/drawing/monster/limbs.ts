import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, circle, ellipse, mirrored, path } from "../pen.ts";
import { stroke } from "../stroke.ts";

/** Arms that begin behind a body whose side is at x = 20, height 58. */
export type Arms = (inks: Palette) => readonly Shape[];

/** Feet under a body that ends at height 88. */
export type Feet = (inks: Palette) => readonly Shape[];

const raised = ({ shade }: Palette): readonly Shape[] => [
  stroke("M28 64Q10 62 9 44", 8, shade),
  circle(9, 41, 5.6, shade),
];
const hanging = ({ shade }: Palette): readonly Shape[] => [
  stroke("M28 58Q11 62 11 76", 8, shade),
  circle(11, 78, 5.6, shade),
];

export const ARMS: readonly Arms[] = [
  (inks) => both(...raised(inks)),
  (inks) => both(...hanging(inks)),
  (inks) => [...raised(inks), ...hanging(inks).map(mirrored)],
  (inks) => [...hanging(inks), ...raised(inks).map(mirrored)],
  ({ shade }) => both(ellipse(18, 63, 8.5, 6.5, shade)),
  ({ accent }) => both(path("M30 50C20 34 10 32 3 38C8 42 8 46 6 51C11 51 13 55 12 60C17 59 22 63 24 70Z", accent)),
  ({ shade }) => both(stroke("M28 64Q16 70 12 62Q8 54 14 50", 6.5, shade)),
  () => [],
];

export const FEET: readonly Feet[] = [
  ({ shade }) => both(ellipse(37, 88.5, 10, 6, shade)),
  ({ accent }) => both(ellipse(36, 88.5, 11, 5.5, accent)),
  ({ shade, white }) =>
    both(
      path("M26 93C26 84 32 80 38 80C44 80 47 86 47 93Z", shade),
      circle(30.5, 92, 2.4, white),
      circle(36.5, 92, 2.4, white),
      circle(42.5, 92, 2.4, white),
    ),
  ({ shade }) => [...both(stroke("M34 82Q34 88 34 92", 8, shade)), stroke("M50 84Q50 88 50 92", 8, shade)],
  ({ shade }) => both(stroke("M38 80Q38 86 38 91", 8.5, shade), stroke("M37 92Q33 92 29 92", 6.5, shade)),
];
