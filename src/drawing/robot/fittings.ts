import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, box, circle, ellipse, path, polygon } from "../pen.ts";
import { stroke } from "../stroke.ts";

type Fittings = (inks: Palette) => readonly Shape[];

/** On a head whose top is at height 24; drawn behind it. */
export const ANTENNAS: readonly Fittings[] = [
  ({ shade, accent }) => [stroke("M50 26L50 12", 3.4, shade), circle(50, 10, 5.4, accent)],
  ({ shade, accent }) => both(stroke("M40 28L32 12", 3, shade), circle(31.5, 10.5, 4.2, accent)),
  ({ accent, shade, white }) => [
    path("M39 25C39 8 61 8 61 25Z", accent),
    path("M43 21C43 15 45 13 48 12.500C46 15 46 18 46 21Z", white),
    box(35, 21, 30, 6, 2, shade),
  ],
  ({ shade, accent }) => [
    stroke("M50 26L50 14", 3.2, shade),
    ellipse(38, 12, 12, 3.6, accent),
    ellipse(62, 12, 12, 3.6, accent),
    circle(50, 12, 3.6, shade),
  ],
  ({ shade }) => [box(45, 15, 10, 12, 1, shade), box(40, 10.5, 20, 7, 3, shade)],
  ({ shade, accent }) => [
    stroke("M50 26L50 18", 3.2, shade),
    path("M32 6C32 22 68 22 68 6Z", accent),
    circle(50, 8, 2.8, shade),
    stroke("M50 14L50 8", 2, shade),
  ],
  ({ accent }) => [
    polygon([44, 26, 47, 6, 53, 6, 56, 26], accent),
    ...both(polygon([28, 30, 32, 14, 37, 14, 40, 28], accent)),
  ],
  ({ shade, accent }) => [stroke("M50 26Q42 22 50 19Q58 16 50 12", 2.8, shade), circle(50, 9.5, 4.6, accent)],
  ({ accent, shade }) => both(box(33, 14, 9, 14, 3, shade), box(31.5, 11.5, 12, 5.5, 2.5, accent)),
  () => [],
];

/** On the left of a head whose side is at x = 21; drawn behind it, and mirrored for the right. */
export const EARS: readonly Fittings[] = [
  ({ shade }) => [box(14, 40, 14, 18, 4, shade)],
  ({ shade, accent }) => [circle(20, 49, 9, shade), circle(18.5, 49, 4, accent)],
  ({ accent, shade }) => [box(13, 44, 12, 10, 2, shade), box(9.5, 38, 6, 22, 3, accent)],
  ({ shade, accent }) => [stroke("M24 47L19 47Q14 47 14 42L14 30", 3, shade), circle(14, 28, 3.6, accent)],
  ({ accent }) => [polygon([26, 36, 10, 28, 13, 50, 26, 58], accent)],
  ({ shade }) => [box(16, 42, 10, 5, 1.5, shade), box(16, 51, 10, 5, 1.5, shade)],
  () => [],
];

export const NECKS: readonly Fittings[] = [
  ({ shade }) => [box(41, 68, 18, 18, 0, shade)],
  ({ shade }) => [
    box(43, 68, 14, 18, 0, shade),
    box(37, 76.5, 26, 3.6, 1.8, shade),
    box(37, 81.5, 26, 3.6, 1.8, shade),
  ],
  ({ shade }) => both(box(38, 68, 6, 18, 0, shade)),
];

const TORSO = "M30 82L70 82C82 82 88 88 89 98L90 106L10 106L11 98C12 88 18 82 30 82Z";
const BOX = "M24 82L76 82C80 82 82 84 82 88L82 106L18 106L18 88C18 84 20 82 24 82Z";
const BELL = "M38 81L62 81C74 82 82 92 85 106L15 106C18 92 26 82 38 81Z";

export const TORSOS = [TORSO, BOX, BELL] as const;

export const CHESTS: readonly Fittings[] = [
  ({ accent, white }) => [circle(50, 94, 6, white), circle(50, 94, 4, accent)],
  ({ accent, light, white }) => [circle(40, 93, 3, accent), circle(50, 93, 3, light), circle(60, 93, 3, white)],
  ({ accent }) => [path("M50 100L43 93C40 89 45.5 85.5 50 90C54.5 85.5 60 89 57 93Z", accent)],
  ({ ink, accent }) => [
    box(36, 88, 28, 12, 3, ink),
    stroke("M39 94L44 94Q47 88 49 94Q51 100 54 94L61 94", 1.8, accent),
  ],
  ({ shade }) => [88.5, 92.5, 96.5].map((y) => box(38, y, 24, 2, 1, shade)),
  ({ light, shade }) => [
    box(37, 87, 26, 14, 3, light),
    circle(40.5, 90.5, 1.3, shade),
    circle(59.5, 90.5, 1.3, shade),
    circle(50, 94, 2.6, shade),
  ],
  () => [],
];

/** On the head, for those who like it riveted. */
export const RIVETS: readonly Fittings[] = [
  () => [],
  () => [],
  ({ shade }) => both(circle(36.5, 30.5, 1.7, shade)),
  ({ light }) => [stroke("M32 29.500L40 29.5", 2.6, light), circle(45.5, 29.5, 1.3, light)],
  ({ shade }) => [stroke("M42 29L58 29", 2.2, shade)],
  ({ accent }) => both(ellipse(31, 60, 3.2, 2.4, accent)),
];
