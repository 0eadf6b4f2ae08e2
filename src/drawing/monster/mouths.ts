import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { box, ellipse, path, polygon } from "../pen.ts";
import { stroke } from "../stroke.ts";

/** A mouth around the middle of the view box, at height 0. */
export type Mouth = (inks: Palette) => readonly Shape[];

const OPEN = "M33 -5C33 13 67 13 67 -5C67 -7 33 -7 33 -5Z";

const open: Mouth = ({ ink }) => [path(OPEN, ink)];

const fang = (x: number, y: number, { white }: Palette, up = false): Shape =>
  polygon([x - 3.2, y, x + 3.2, y, x, y + (up ? -7 : 7)], white);

export const MOUTHS: readonly Mouth[] = [
  ({ ink }) => [stroke("M36 -3Q50 10 64 -3", 4, ink)],
  (inks) => [...open(inks), path("M41 5.6C44 1 56 1 59 5.6C55 9.4 45 9.4 41 5.6Z", inks.accent)],
  (inks) => [...open(inks), path("M36 -6.4L64 -6.4L62 -1.5C62 -.6 38 -.6 38 -1.5Z", inks.white)],
  (inks) => [stroke("M34 0L66 0", 4, inks.ink), fang(41, 1, inks), fang(59, 1, inks)],
  (inks) => [stroke("M35 1Q50 4 65 1", 4, inks.ink), fang(42, 1.5, inks, true), fang(58, 1.5, inks, true)],
  ({ ink }) => [ellipse(50, 1, 6, 7, ink)],
  ({ ink, accent }) => [ellipse(50, 1, 7.5, 8, ink), ellipse(50, 5, 4.6, 3.4, accent)],
  ({ ink, white }) => [
    box(32, -6, 36, 13, 6.5, ink),
    polygon([35, -3.6, 40, 1.4, 45, -3.6, 50, 1.4, 55, -3.6, 60, 1.4, 65, -3.6, 62, -4, 38, -4], white),
    polygon([40, 4.6, 45, -0.4, 50, 4.6, 55, -0.4, 60, 4.6, 58, 5, 42, 5], white),
  ],
  ({ ink, accent }) => [path("M47 0L60 0L60 7C60 15 47 15 47 7Z", accent), stroke("M36 -2Q50 4 64 -2", 4, ink)],
  ({ ink, white }) => [
    box(33, -5, 34, 11, 5.5, ink),
    ...[36, 43.3, 50.6, 57.9].map((x) => box(x, -2.5, 6, 6, 1.2, white)),
  ],
  (inks) => [stroke("M38 1Q50 4 62 -4", 4, inks.ink), fang(57, 0.5, inks)],
  ({ ink }) => [stroke("M40 3Q45 -4 50 1Q55 6 60 -1", 3.8, ink)],
  (inks) => [...open(inks), fang(40, -6.4, inks), fang(60, -6.4, inks)],
  ({ ink, white }) => [
    stroke("M36 -2Q50 9 64 -2", 4, ink),
    box(45, 2, 5, 6.5, 1, white),
    box(50.6, 2, 5, 6.5, 1, white),
  ],
];
