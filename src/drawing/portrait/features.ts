import { hex } from "../colour.ts";
import type { Rgba, Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { both, box, circle, ellipse, path } from "../pen.ts";
import { stroke } from "../stroke.ts";

const TONGUE = hex("#ff8a94");
const BLUSH: Rgba = { ...hex("#ff6f91"), alpha: 128 };

type Feature = (inks: Palette, hair: Rgba) => readonly Shape[];

const dot = ({ ink, white }: Palette, x: number): readonly Shape[] => [
  ellipse(x, 49, 3.9, 5, ink),
  circle(x - 1.3, 47.2, 1.4, white),
];
const ball = ({ ink, white }: Palette, x: number, r: number, dx = 0, dy = 0): readonly Shape[] => [
  circle(x, 49, r, white),
  circle(x + dx, 49 + dy, r * 0.55, ink),
  circle(x + dx - r * 0.2, 49 + dy - r * 0.22, r * 0.18, white),
];
const shut = ({ ink }: Palette, x: number): Shape => stroke(`M${x - 5} 51Q${x} 45 ${x + 5} 51`, 3, ink);

export const EYES: readonly Feature[] = [
  (inks) => [...dot(inks, 39.5), ...dot(inks, 60.5)],
  (inks) => [...dot(inks, 38), ...dot(inks, 62)],
  (inks) => [...ball(inks, 39, 6.6), ...ball(inks, 61, 6.6)],
  (inks) => [...ball(inks, 39, 7.4, 0, 1.2), ...ball(inks, 61, 7.4, 0, 1.2)],
  (inks) => [...ball(inks, 38.5, 6.8, 1.6), ...ball(inks, 61.5, 6.8, 1.6)],
  (inks) => [shut(inks, 39), shut(inks, 61)],
  (inks) => [...dot(inks, 39.5), shut(inks, 61)],
  (inks) => [
    ...ball(inks, 39, 7, 0, 1),
    ...ball(inks, 61, 7, 0, 1),
    ...both(path("M31.4 49C31.4 38.5 46.6 38.5 46.6 49Z", inks.shade)),
  ],
  ({ ink }) => both(stroke("M34 49.5Q39 54 44 49.5", 3, ink)),
  (inks) => [...dot(inks, 39.5), ...dot(inks, 60.5), ...both(stroke("M36 45Q33.5 44.5 32 42.5", 2, inks.ink))],
];

export const BROWS: readonly Feature[] = [
  () => [],
  (_, hair) => both(stroke("M34 38.5Q39 35.5 44 38", 3, hair)),
  (_, hair) => both(stroke("M33.5 38L44 38", 3.2, hair)),
  (_, hair) => both(stroke("M33.5 36.5Q40 36.5 44.5 40", 3.2, hair)),
  (_, hair) => both(stroke("M33.5 39.5Q38 36 44 35.5", 3, hair)),
  (_, hair) => [stroke("M34 39Q39 37.5 44 39", 3, hair), stroke("M56 37Q61 33 66 36", 3, hair)],
];

export const NOSES: readonly Feature[] = [
  ({ shade }) => [ellipse(50, 57, 4, 3.2, shade)],
  ({ shade }) => [stroke("M46.5 57.5Q50 61.5 53.5 57.5", 2.8, shade)],
  ({ shade }) => [path("M50 49C52 53 55 57 54.5 59C54 61 46 61 45.5 59C45 57 48 53 50 49Z", shade)],
  ({ shade }) => [stroke("M51 50Q46 58 51.5 59", 2.6, shade)],
  ({ light }) => [circle(50, 57, 4.8, light)],
  () => [],
];

export const MOUTHS: readonly Feature[] = [
  ({ ink }) => [stroke("M42 66Q50 73 58 66", 3, ink)],
  ({ ink }) => [stroke("M44 67.5Q52 70.5 58 65", 3, ink)],
  ({ ink, white }) => [
    path("M40 64.5L60 64.5C60 76 40 76 40 64.5Z", ink),
    path("M42 64.5L58 64.5L57 67.4L43 67.4Z", white),
  ],
  ({ ink }) => [
    path("M41 65L59 65C59 76 41 76 41 65Z", ink),
    path("M44.5 71.4C47 68.6 53 68.6 55.5 71.4C53 73.9 47 73.9 44.5 71.4Z", TONGUE),
  ],
  ({ white }) => [path("M40 64.5L60 64.5C60 75 40 75 40 64.5Z", white)],
  ({ ink }) => [ellipse(50, 68, 3.6, 4, ink)],
  ({ ink }) => [stroke("M44 68L56 68", 3, ink)],
  ({ ink }) => [path("M49 68L56 68L56 71.5C56 76 49 76 49 71.5Z", TONGUE), stroke("M43 66.5Q50 70 57 66.5", 2.8, ink)],
  ({ ink, white }) => [box(39, 63.5, 22, 8.5, 4.25, ink), box(41, 65.5, 18, 4.5, 2.25, white)],
  ({ ink, white }) => [stroke("M42 66Q50 72 58 66", 2.8, ink), box(47.4, 68.4, 5.2, 4, 1, white)],
];

const lens = (x: number, r: number, width: number, colour: Rgba): Shape => ({
  kind: "path",
  commands: [...ringOf(x, r), ...ringOf(x, r - width)],
  rule: "evenodd",
  colour,
});

const ringOf = (x: number, r: number) => {
  const shape = ellipse(x, 49, r, r, { red: 0, green: 0, blue: 0, alpha: 255 });
  return shape.kind === "path" ? shape.commands : [];
};

export const EXTRAS: readonly Feature[] = [
  () => [],
  () => [],
  () => [],
  () => both(ellipse(32, 60.5, 5, 3.4, BLUSH)),
  ({ light }) => both(ellipse(32.5, 60, 4.6, 3.4, light)),
  ({ shade }) => both(circle(32, 58, 1.2, shade), circle(36, 60.5, 1.2, shade), circle(31.5, 62.5, 1.2, shade)),
  ({ ink }) => [lens(38.5, 10, 2.2, ink), lens(61.5, 10, 2.2, ink), stroke("M47.5 47.5Q50 46 52.5 47.5", 2.2, ink)],
  ({ accent }) => [
    lens(38.5, 10.5, 2.6, accent),
    lens(61.5, 10.5, 2.6, accent),
    stroke("M48 47.5Q50 46 52 47.5", 2.6, accent),
  ],
  ({ ink, white }) => [
    ...both(path("M25 43.5L48 43.5L47 52C46 58 31 58 29.5 52L28 46.5Z", ink), stroke("M33 46.5L30.8 51", 1.6, white)),
    stroke("M46 44.8L54 44.8", 2.6, ink),
  ],
  (_, hair) => [
    path(
      "M50 61.5C47 59.5 42 60 38.5 65.5C42.5 66.5 47 66 50 64.5C53 66 57.5 66.5 61.5 65.5C58 60 53 59.5 50 61.5Z",
      hair,
    ),
  ],
];

/** Drawn under nose and mouth. */
export const BEARDS: readonly Feature[] = [
  () => [],
  () => [],
  () => [],
  () => [],
  () => [],
  (_, hair) => [
    path(
      "M23.5 52C26 56 28 59 32 60.5C38 62.5 44 60 50 60C56 60 62 62.5 68 60.5C72 59 74 56 76.5 52C79 74 67 88 50 88C33 88 21 74 23.5 52Z",
      hair,
    ),
  ],
  (_, hair) => [path("M42.5 72.5C46 75 54 75 57.5 72.5C59.5 79 55.5 84 50 84C44.5 84 40.5 79 42.5 72.5Z", hair)],
];
