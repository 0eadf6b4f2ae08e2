import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, circle, ellipse, path, polygon } from "../pen.ts";
import { stroke } from "../stroke.ts";

/** What grows behind the head, whose top is at height 20. */
export type Crown = (inks: Palette) => readonly Shape[];

export const CROWNS: readonly Crown[] = [
  ({ accent }) => both(path("M44 30C34 30 26 24 24 8C32 10 40 14 46 20Z", accent)),
  ({ accent, shade }) => both(stroke("M42 26Q38 14 30 9", 3.4, shade), circle(29.5, 8.5, 5, accent)),
  ({ accent }) => [path("M42 26L50 2L58 26Z", accent)],
  ({ body, light }) => both(circle(29, 24, 12, body), circle(29, 24, 6.5, light)),
  ({ shade, accent }) => both(polygon([22, 38, 24, 6, 46, 24], shade), polygon([27, 30, 28, 14, 39, 23], accent)),
  ({ accent }) => [polygon([31, 26, 34, 11, 41, 20, 45, 6, 50, 18, 55, 6, 59, 20, 66, 11, 69, 26], accent)],
  ({ shade }) => [
    stroke("M50 26Q49 14 40 9", 4, shade),
    stroke("M51 26Q53 12 62 8", 4, shade),
    stroke("M50 26Q50 16 51 5", 4, shade),
  ],
  ({ accent, shade }) => [
    stroke("M50 26L50 16", 3, shade),
    path("M50 14C42 14 36 10 34 3C43 2 49 6 50 14Z", accent),
    path("M50 14C58 14 64 9 65 2C56 1 51 6 50 14Z", accent),
  ],
  ({ shade, accent }) => [stroke("M50 28Q50 16 50 9", 3.6, shade), circle(50, 8.5, 6, accent)],
  ({ accent }) => both(path("M30 36C18 30 12 18 17 7C21 16 30 17 42 22Z", accent)),
  ({ body, accent }) => both(ellipse(34, 14, 7, 17, body), ellipse(34, 12, 3.4, 11, accent)),
  ({ accent, shade }) => [
    path("M50 4C62 4 66 14 64 30L36 30C34 14 38 4 50 4Z", accent),
    path("M50 4C54 4 56 14 55 30L45 30C44 14 46 4 50 4Z", shade),
  ],
  () => [],
];
