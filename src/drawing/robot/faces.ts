import type { Rgba, Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, box, circle, ellipse, path, polygon } from "../pen.ts";
import { stroke } from "../stroke.ts";

type Lights = (glow: Rgba) => readonly Shape[];
type Fittings = (inks: Palette) => readonly Shape[];

/** A dark screen over the face, to show lights on. */
export const screen = ({ ink, shade }: Palette): readonly Shape[] => [
  box(27, 32.5, 46, 35, 9.5, shade),
  box(28.5, 34, 43, 32, 8, ink),
];

export const LIT_EYES: readonly Lights[] = [
  (glow) => both(circle(40, 46, 4.6, glow)),
  (glow) => both(box(36.5, 40, 7, 12, 3.5, glow)),
  (glow) => both(stroke("M35 48.5Q40 40 45 48.5", 3.4, glow)),
  (glow) => both(box(35, 43, 10, 5, 2.5, glow)),
  (glow) => both(path("M34.5 41L45 45.500L45 50L36 50C34.5 50 34.5 48 34.5 46Z", glow)),
  (glow) => both(box(35, 45, 10, 3.2, 1, glow), box(38.4, 41.6, 3.2, 10, 1, glow)),
  (glow) => both(path("M40 52L34.6 46.2C32 43 37 39.5 40 43.2C43 39.5 48 43 45.4 46.2Z", glow)),
  (glow) => [box(33, 42, 34, 7.5, 3.75, glow)],
  (glow) => [circle(40, 46, 4.6, glow), stroke("M55.5 46.500L64.5 46.5", 3.4, glow)],
  (glow) => [circle(50, 45.5, 7.5, glow)],
  (glow) =>
    both(
      box(35.5, 41, 4, 4, 0.5, glow),
      box(39.5, 45, 4, 4, 0.5, glow),
      box(35.5, 45, 4, 4, 0.5, glow),
      box(39.5, 41, 4, 4, 0.5, glow),
    ).slice(0, 6),
];

export const LIT_MOUTHS: readonly Lights[] = [
  (glow) => [stroke("M42.5 57Q50 63.5 57.5 57", 2.8, glow)],
  (glow) => [stroke("M43 59L57 59", 2.8, glow)],
  (glow) => [41, 46, 51, 56].map((x) => box(x, 57, 3, 3, 0.4, glow)),
  (glow) => [stroke("M40 59Q43.3 54 46.6 58.500Q50 63 53.4 58.500Q56.7 54 60 59", 2.4, glow)],
  (glow) => [ellipse(50, 58.5, 3.6, 3, glow)],
  (glow) =>
    [41.5, 45.5, 49.5, 53.5, 57.5].map((x, at) =>
      box(x - 1, 59 - [1.5, 3, 2, 3.5, 1.5][at], 2.4, 2 * [1.5, 3, 2, 3.5, 1.5][at], 0.6, glow),
    ),
  (glow) => [path("M42 56L58 56C58 64.5 42 64.5 42 56Z", glow)],
];

const lamp = (x: number, r: number, { ink, white, accent }: Palette): readonly Shape[] => [
  circle(x, 45, r, ink),
  circle(x, 45, r * 0.78, white),
  circle(x, 45, r * 0.46, accent),
  circle(x, 45, r * 0.26, ink),
];

const pupil = (x: number, y: number, r: number, { white, ink }: Palette): readonly Shape[] => [
  circle(x, y, r, white),
  circle(x, y, r * 0.52, ink),
];

export const BOLTED_EYES: readonly Fittings[] = [
  (inks) => [...lamp(38.5, 9, inks), ...lamp(61.5, 9, inks)],
  (inks) => [box(44, 42, 12, 6, 0, inks.ink), ...lamp(38, 10, inks), ...lamp(62, 10, inks)],
  (inks) => lamp(50, 13.5, inks),
  ({ ink, accent }) => [box(27, 38.5, 46, 13, 6.5, ink), circle(40, 45, 3.6, accent), circle(60, 45, 3.6, accent)],
  ({ ink, accent, white }) => [
    box(27, 38.5, 46, 13, 6.5, ink),
    box(46, 41, 15, 8, 4, accent),
    circle(57, 45, 1.8, white),
  ],
  ({ white, ink }) => both(box(31, 37.5, 14, 14, 3, white), box(35.5, 42, 6, 6, 1, ink)),
  (inks) => [...lamp(38, 10.5, inks), ...lamp(62, 7.5, inks)],
  (inks) => [
    ...lamp(38.5, 9.5, inks),
    ...lamp(61.5, 9.5, inks),
    ...both(path("M28.5 45C28.5 32 48.5 32 48.5 45Z", inks.shade)),
  ],
  (inks) => both(circle(38.5, 45, 9, inks.light)).concat(both(...pupil(38.5, 45, 6.5, inks))),
  (inks) => [...lamp(38.5, 9, inks), ...lamp(61.5, 9, inks), ...both(stroke("M29.5 34L46 36.5", 3.2, inks.ink))],
];

export const BOLTED_MOUTHS: readonly Fittings[] = [
  ({ ink, light }) => [box(36, 58, 28, 9, 3, ink), ...[41, 46.5, 52, 57.5].map((x) => box(x, 58, 2, 9, 0, light))],
  ({ ink }) => [38, 44, 50, 56, 62].flatMap((x) => [circle(x, 60, 1.7, ink), circle(x, 65, 1.7, ink)]),
  ({ ink }) => [stroke("M39 60Q50 68 61 60", 3.4, ink)],
  ({ ink, accent }) => [box(36, 59, 28, 7, 3.5, ink), box(38, 61, 15, 3, 1.5, accent)],
  ({ ink, white }) => [
    box(36, 58, 28, 9, 2.5, ink),
    ...[37.7, 44, 50.3, 56.6].map((x) => box(x, 59.6, 5.4, 5.8, 0.8, white)),
  ],
  ({ ink }) => [box(40, 61, 20, 3.6, 1.8, ink)],
  ({ ink }) => [stroke("M38 62Q41 58 44 62Q47 66 50 62Q53 58 56 62Q59 66 62 62", 2.6, ink)],
  ({ ink, white }) => [
    path("M38 58L62 58C62 70 38 70 38 58Z", ink),
    polygon([40, 58, 60, 58, 58.5, 61.5, 41.5, 61.5], white),
  ],
  ({ shade, ink }) => [box(34, 56, 32, 12, 6, shade), box(38, 60.5, 24, 3, 1.5, ink)],
];
