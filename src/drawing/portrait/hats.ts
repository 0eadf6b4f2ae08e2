import type { Rgba, Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, box, circle, commands, path, polygon } from "../pen.ts";
import { stroke } from "../stroke.ts";

/** What is worn on the head, in `cloth`. */
export type Hat = (inks: Palette, cloth: Rgba) => readonly Shape[];

const DOME = "M22 42C20 22 33 12 50 12C67 12 80 22 78 42Z";

export const HATS: readonly Hat[] = [
  ({ white }, cloth) => [circle(50, 11, 7, white), path(DOME, cloth), box(19, 34, 62, 10, 5, white)],
  ({ ink }, cloth) => [path(DOME, cloth), box(18, 35, 64, 9, 4.5, ink)],
  ({ ink }, cloth) => [
    path("M23 37C22 20 34 12 50 12C66 12 78 20 77 37Z", cloth),
    path("M22 36C38 31 70 31 94 41C96 45 92 47 88 46C68 40 42 39 24 42C19 42 18 37 22 36Z", ink),
    circle(50, 12, 2.6, ink),
  ],
  ({ ink }, cloth) => [box(30, 2, 40, 36, 4, ink), box(30, 26, 40, 7, 0, cloth), box(16, 33, 68, 7, 3.5, ink)],
  ({ white }, cloth) => [
    polygon([50, -2, 69, 34, 31, 34], cloth),
    polygon([43.8, 9.7, 59.3, 15.6, 61.7, 20.2, 41.3, 14.4], white),
    polygon([37.8, 21.2, 65.5, 27.4, 68, 32, 35.3, 26], white),
    circle(50, 1, 5, white),
  ],
  (_, cloth) => [
    polygon([27, 34, 22, 10, 36, 20, 50, 5, 64, 20, 78, 10, 73, 34], cloth),
    ...[22, 50, 78].map((x, at) => circle(x, at === 1 ? 5 : 10, 3, cloth)),
  ],
  ({ ink }, cloth) => [
    stroke("M21 52Q19 11 50 11", 5, ink),
    stroke("M79 52Q81 11 50 11", 5, ink),
    ...both(box(14, 43, 13, 20, 6, cloth)),
  ],
  (_, cloth) => [
    path(
      "M20.5 42C21.5 36 23 32 25.5 28.5C42 33 58 33 74.5 28.5C77 32 78.5 36 79.5 42C60 45.5 40 45.5 20.5 42Z",
      cloth,
    ),
  ],
  ({ white }, cloth) => [
    path("M68 22L54 13C50 11 48 15 49 20L51 30C52 34 56 34 58 31Z", cloth),
    path("M68 22L80 11C83 8 87 10 87 14L86 26C86 30 82 31 79 29Z", cloth),
    circle(68, 22, 4.4, white),
  ],
  ({ white }, cloth) => [
    ...both(
      path("M24 30C22 20 21.5 12 23 7C24 4 26 4 28 5.5C33 9 37 13 40 17Z", cloth),
      path("M27 24C26 18 26 14 26.5 11C30 13 33 16 35 18.5Z", white),
      stroke("M22.5 44Q24 15 50 15", 4.5, cloth),
    ),
  ],
  (_, cloth) => [
    {
      kind: "path",
      commands: commands(
        "M50 9C77 9 86 32 82 56C80 78 70 94 50 94C30 94 20 78 18 56C14 32 23 9 50 9ZM50 28C36 28 28 38 28 52C28 68 38 79 50 79C62 79 72 68 72 52C72 38 64 28 50 28Z",
      ),
      rule: "evenodd",
      colour: cloth,
    },
  ],
  ({ white }, cloth) => [
    path(DOME, cloth),
    path("M20 38C36 29 64 29 80 38L79 45C64 37 36 37 21 45Z", cloth),
    circle(50, 27, 4, white),
  ],
];
