import type { Rgba, Shape } from "../display-list.ts";
import { both, circle, path } from "../pen.ts";
import { stroke } from "../stroke.ts";

/** Hair in two layers, behind and before the head. */
export interface Hair {
  back(colour: Rgba): readonly Shape[];
  front(colour: Rgba): readonly Shape[];
}

const NOTHING = (): readonly Shape[] => [];

const CAP = "M22 47C18 26 31 14 50 14C69 14 82 26 78 47C75 40 72 36 68 33C56 36 44 36 32 33C28 36 25 40 22 47Z";
const PARTED = "M22 48C17 24 33 13 52 14C71 15 83 28 78 48C76 41 73 37 69 35C57 35 44 31 38 25C36 33 26 38 22 48Z";
const FRINGE = "M21 52C17 26 31 13 50 13C69 13 83 26 79 52L74.5 52L74.5 39C58 41.5 42 41.5 25.5 39L25.5 52Z";
const CURTAINS = "M21 54C16 27 31 13 50 13C69 13 84 27 79 54C77 41 66 38 50 25C34 38 23 41 21 54Z";
const SWEPT = "M78 48C82 24 68 11 47 13C26 14 17 30 22 48C24 43 25 40 28 37C44 38 60 33 66 27C68 33 75 40 78 48Z";

const front =
  (data: string) =>
  (colour: Rgba): readonly Shape[] => [path(data, colour)];

const CURLS = [
  [26, 38, 8],
  [28, 27, 9],
  [37, 19, 9.5],
  [50, 15.5, 10.5],
  [63, 19, 9.5],
  [72, 27, 9],
  [74, 38, 8],
] as const;

const LONG = "M19 50C16 24 31 11 50 11C69 11 84 24 81 50L84 84C84 92 66 94 50 94C34 94 16 92 16 84Z";
const BOB = "M18 52C14 24 31 11 50 11C69 11 86 24 82 52L83 70C83 78 74 78 70 74L30 74C26 78 17 78 17 70Z";

export const HAIRS: readonly Hair[] = [
  { back: NOTHING, front: NOTHING },
  { back: NOTHING, front: front(CAP) },
  { back: NOTHING, front: front(PARTED) },
  { back: NOTHING, front: front(FRINGE) },
  { back: NOTHING, front: front(SWEPT) },
  {
    back: NOTHING,
    front: front(
      "M22 45L16 31L25 32L23 17L35 22L40 8L49 18L59 8L64 21L76 16L75 31L84 31L78 45C74 37 63 32 50 32C37 32 26 37 22 45Z",
    ),
  },
  { back: NOTHING, front: (colour) => CURLS.map(([x, y, r]) => circle(x, y, r, colour)) },
  {
    back: (colour) => [circle(50, 38, 35, colour)],
    front: front("M24 44C24 28 34 19 50 19C66 19 76 28 76 44C70 34 62 31 50 31C38 31 30 34 24 44Z"),
  },
  { back: NOTHING, front: front("M40 31C36 14 42 4 52 3C62 5 63 16 60 31C54 28 46 28 40 31Z") },
  { back: (colour) => both(circle(26, 17, 10.5, colour)), front: front(CURTAINS) },
  { back: (colour) => [path(LONG, colour)], front: front(PARTED) },
  { back: (colour) => [path(LONG, colour)], front: front(CURTAINS) },
  { back: (colour) => [path(BOB, colour)], front: front(FRINGE) },
  { back: (colour) => [path(BOB, colour)], front: front(SWEPT) },
  {
    back: NOTHING,
    front: front(
      "M22 46C20 36 20 30 25 25C20 11 42 2 61 7C72 5 81 15 76 25C80 31 80 37 78 46C76 39 72 34 67 32C54 34 40 33 33 32C27 35 24 39 22 46Z",
    ),
  },
  {
    back: (colour) => [path("M66 20C84 10 98 24 94 44C92 56 88 64 82 70C84 56 80 44 70 38Z", colour)],
    front: front(SWEPT),
  },
  { back: (colour) => [circle(50, 10, 10.5, colour)], front: front(CAP) },
  {
    back: (colour) => both(path("M26 36C14 40 8 56 12 78C13 86 22 86 22 78C22 66 24 58 30 52Z", colour)),
    front: front(CURTAINS),
  },
  {
    back: NOTHING,
    front: (colour) => both(path("M21.5 54C17 40 22 29 34 25C30 32 27.5 40 27 54Z", colour)),
  },
  {
    back: NOTHING,
    front: (colour) => [stroke("M50 23Q47 14 39 12", 3.4, colour), stroke("M51 23Q54 13 61 13", 3.4, colour)],
  },
];
