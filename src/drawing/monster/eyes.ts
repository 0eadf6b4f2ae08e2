import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, circle, ellipse, path } from "../pen.ts";
import { stroke } from "../stroke.ts";

/** Eyes around the middle of the view box, at height 0. */
export type Eyes = (inks: Palette) => readonly Shape[];

const ball = (x: number, y: number, r: number, { white, ink }: Palette, dx = 0, dy = 0): readonly Shape[] => [
  circle(x, y, r, white),
  circle(x + dx, y + dy, r * 0.56, ink),
  circle(x + dx - r * 0.2, y + dy - r * 0.22, r * 0.19, white),
];

const two = (r: number, gap: number, dx = 0, dy = 0): Eyes => {
  return (inks) => [...ball(50 - gap, 0, r, inks, dx, dy), ...ball(50 + gap, 0, r, inks, dx, dy)];
};

const lids = (eyes: Eyes, lid: (inks: Palette) => readonly Shape[]): Eyes => {
  return (inks) => [...eyes(inks), ...lid(inks)];
};

export const EYES: readonly Eyes[] = [
  two(9, 12),
  two(10.5, 11.5, 0, 1),
  two(8, 14, 1.5, 0),
  two(7.5, 10, 0, -1),
  (inks) => ball(50, -3, 15, inks, 0, 1),
  (inks) => ball(50, -2, 12.5, inks, 2, 0),
  (inks) => [...ball(29, 2, 7.5, inks), ...ball(50, -4, 9, inks), ...ball(71, 2, 7.5, inks)],
  (inks) => [...ball(40, 0, 12, inks, 1.5, 1), ...ball(65, -2, 7.5, inks, 1, 1)],
  lids(two(10, 12, 0, 2), ({ shade }) => both(path("M26.5 1.5C26.5 -14 49.5 -14 49.5 1.5Z", shade))),
  lids(two(9.5, 12.5, 0, 1), ({ shade }) =>
    both(path("M25.5 -7L48.5 3C51 -7 46 -12 38 -12C31 -12 26.5 -10.5 25.5 -7Z", shade)),
  ),
  ({ ink }) => both(stroke("M31 2Q38 -9 45 2", 4.5, ink)),
  ({ ink, white }) => both(ellipse(38, 0, 5, 7, ink), circle(36.4, -2.6, 1.8, white)),
  (inks) => [...ball(50, -9, 8.5, inks), ...both(...ball(37, 5, 7, inks))],
  (inks) => [...both(...ball(41, -5, 6, inks), ...ball(33, 5, 4.5, inks))],
  lids(
    (inks) => ball(50, -3, 14.5, inks, 0, 2),
    ({ shade }) => [path("M34.5 -4C34.5 -24.5 65.5 -24.5 65.5 -4Z", shade)],
  ),
];
