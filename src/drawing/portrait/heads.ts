import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { circle, path } from "../pen.ts";

/** Heads alike down to the eyes, so that any hair fits; they differ in cheeks and chin. Eyes at 49, mouth at 66. */
const OUTLINES = [
  "M50 21C67 21 76 33 76 50C76 68 65 79 50 79C35 79 24 68 24 50C24 33 33 21 50 21Z",
  "M50 21C67 21 76 33 76 49C76 64 66 83 50 83C34 83 24 64 24 49C24 33 33 21 50 21Z",
  "M50 21C67 21 76 32 76 46L76 62C76 74 68 80 58 80L42 80C32 80 24 74 24 62L24 46C24 32 33 21 50 21Z",
  "M50 21C66 21 75 33 75 46C80 54 80 80 50 80C20 80 20 54 25 46C25 33 34 21 50 21Z",
  "M50 21C67 21 77 33 77 48C77 61 64 82 50 82C36 82 23 61 23 48C23 33 33 21 50 21Z",
] as const;

const ear = (x: number, { body, shade }: Palette): readonly Shape[] => [
  circle(x, 53, 7, body),
  circle(x + (x < 50 ? -0.5 : 0.5), 53, 3.2, shade),
];

export const HEADS = OUTLINES.map((outline) => (inks: Palette): readonly Shape[] => [
  ...ear(23, inks),
  ...ear(77, inks),
  path(outline, inks.body),
]);

/** Neck and shoulders; the shirt has the second colour. */
export type Shirt = (inks: Palette, cloth: Palette["body"]) => readonly Shape[];

const SHOULDERS = "M10 104C10 89 26 84 40 83L60 83C74 84 90 89 90 104Z";
const neck = ({ shade }: Palette): Shape => path("M41 70L59 70L59 84C59 91 41 91 41 84Z", shade);

export const SHIRTS: readonly Shirt[] = [
  (inks, cloth) => [path(SHOULDERS, cloth), neck(inks)],
  (inks, cloth) => [path(SHOULDERS, cloth), path("M36 83L64 83L50 99Z", inks.white), neck(inks)],
  (inks, cloth) => [
    path(SHOULDERS, cloth),
    neck(inks),
    path("M38 82L50 92L41 99L32 84Z", inks.white),
    path("M62 82L50 92L59 99L68 84Z", inks.white),
  ],
  (inks, cloth) => [path(SHOULDERS, cloth), path("M34 84C30 74 70 74 66 84C66 96 34 96 34 84Z", inks.ink), neck(inks)],
  (inks, cloth) => [path(SHOULDERS, inks.white), path("M12 95L88 95L90 104L10 104Z", cloth), neck(inks)],
  (inks, cloth) => [
    path(SHOULDERS, inks.white),
    neck(inks),
    path("M50 90L37 84L37 97Z", cloth),
    path("M50 90L63 84L63 97Z", cloth),
    circle(50, 90.5, 3, cloth),
  ],
];
