import type { Shape } from "../display-list.ts";
import type { Palette } from "../palette.ts";
import { box, circle, path } from "../pen.ts";

/** A head in one colour, whose face lies between x 28 and 72, y 34 and 68, and whose sides are `side` from the middle. */
export interface Frame {
  readonly side: number;
  readonly top: number;
  shape(colour: Palette["body"]): Shape;
}

const frame = (side: number, top: number, shape: Frame["shape"]): Frame => ({ side, top, shape });

export const FRAMES: readonly Frame[] = [
  frame(29, 24, (colour) => box(21, 24, 58, 50, 11, colour)),
  frame(34, 27, (colour) => box(16, 27, 68, 46, 15, colour)),
  frame(25, 22, (colour) => box(25, 22, 50, 53, 8, colour)),
  frame(28, 21, (colour) =>
    path("M22 69L22 48C22 30 34 21 50 21C66 21 78 30 78 48L78 69C78 72 76 74 73 74L27 74C24 74 22 72 22 69Z", colour),
  ),
  frame(28, 24, (colour) =>
    path(
      "M34 24L66 24C69 24 71 25 72 28L81 68C82 72 80 74 76 74L24 74C20 74 18 72 19 68L28 28C29 25 31 24 34 24Z",
      colour,
    ),
  ),
  frame(31, 24, (colour) =>
    path(
      "M36 24L64 24C67 24 69 25 70.5 27.5L82 46C83.5 48.5 83.5 50.5 82 53L70.5 70.5C69 73 67 74 64 74L36 74C33 74 31 73 29.5 70.5L18 53C16.5 50.5 16.5 48.5 18 46L29.5 27.5C31 25 33 24 36 24Z",
      colour,
    ),
  ),
  frame(29, 20, (colour) => circle(50, 49, 28.5, colour)),
  frame(33, 29, (colour) => box(16, 29, 68, 43, 21.5, colour)),
  frame(30, 24, (colour) =>
    path(
      "M24 24L76 24C80 24 82 27 81 31L73.5 70C73 73 71 74 68 74L32 74C29 74 27 73 26.5 70L19 31C18 27 20 24 24 24Z",
      colour,
    ),
  ),
  frame(29, 23, (colour) =>
    path(
      "M33 23L67 23C75 23 79 28 79 35L79 50C79 56 76 58 72 59L72 70C72 73 70 75 67 75L33 75C30 75 28 73 28 70L28 59C24 58 21 56 21 50L21 35C21 28 25 23 33 23Z",
      colour,
    ),
  ),
];
