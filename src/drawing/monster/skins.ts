import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, circle, ellipse, path } from "../pen.ts";
import { stroke } from "../stroke.ts";

/** What a body wears under its face, whose mouth is at height 0 and whose eyes are at -19. */
export type Skin = (inks: Palette) => readonly Shape[];

export const SKINS: readonly Skin[] = [
  () => [],
  () => [],
  ({ light }) => [ellipse(50, 3, 23, 14, light)],
  ({ shade }) => [
    circle(30, 7, 3.6, shade),
    circle(37, 13.5, 2.4, shade),
    circle(70, 8, 3.2, shade),
    circle(63, 14, 2, shade),
  ],
  ({ shade }) => [stroke("M43 -35.5Q50 -33.5 57 -35.5", 2.4, shade), stroke("M45 -40Q50 -38.5 55 -40", 2.4, shade)],
  ({ light }) => both(circle(28, -4, 4.4, light)),
  ({ accent }) => both(circle(28, -4, 4, accent)),
  ({ light }) => [path("M50 -16C66 -16 71 -2 67 9C63 16 37 16 33 9C29 -2 34 -16 50 -16Z", light)],
  ({ light }) => [circle(37, -36, 3, light), circle(43, -39.5, 1.8, light)],
  ({ shade }) => both(stroke("M24 -2Q27 -1 30 -3", 2.2, shade), stroke("M24 3Q27 4 30 2", 2.2, shade)),
];
