import type { Command } from "../display-list.ts";
import { commands, round } from "../pen.ts";

/** A body, and where its parts go, in units of a view box of 100. */
export interface Body {
  readonly outline: readonly Command[];
  /** Height of the head's top, of the eyes and of the mouth. */
  readonly top: number;
  readonly eyes: number;
  readonly mouth: number;
  /** False where the body hides them. */
  readonly feet: boolean;
}

const body = (data: string, top: number, eyes: number, mouth: number, feet = true): Body => ({
  outline: commands(data),
  top,
  eyes,
  mouth,
  feet,
});

/** A ball of fur: tips on a circle, drawn in towards the middle between them. Rounded to be alike on every machine. */
function furry(tips: number): Body {
  const corner = (at: number): readonly [number, number] => {
    const turn = (at * Math.PI) / tips;
    const reach = at % 2 ? 28 : 37;
    return [round(50 + Math.sin(turn) * reach), round(55 - Math.cos(turn) * reach)];
  };
  const curves = Array.from({ length: tips }, (_, tip): Command => {
    return ["quadratic", ...corner(2 * tip + 1), ...corner(2 * tip + 2)];
  });
  return {
    outline: [["move", ...corner(0)], ...curves, ["close"]],
    top: 22,
    eyes: 47,
    mouth: 64,
    feet: true,
  };
}

export const BODIES: readonly Body[] = [
  body("M50 20C71 20 83 36 83 56C83 76 70 88 50 88C30 88 17 76 17 56C17 36 29 20 50 20Z", 20, 46, 66),
  body("M50 20C67 20 76 31 76 46L76 68C76 82 67 88 50 88C33 88 24 82 24 68L24 46C24 31 33 20 50 20Z", 20, 44, 63),
  body("M50 20C66 20 82 46 82 64C82 80 69 88 50 88C31 88 18 80 18 64C18 46 34 20 50 20Z", 20, 49, 68),
  body(
    "M35 22L65 22C76 22 82 28 82 39L82 71C82 82 76 88 65 88L35 88C24 88 18 82 18 71L18 39C18 28 24 22 35 22Z",
    22,
    46,
    67,
  ),
  body("M50 20C60 20 67 25 71 36L83 73C86 84 80 88 70 88L30 88C20 88 14 84 17 73L29 36C33 25 40 20 50 20Z", 20, 50, 69),
  body("M50 20C75 20 87 32 83 51C79 68 70 88 50 88C30 88 21 68 17 51C13 32 25 20 50 20Z", 20, 44, 63),
  body(
    "M50 20C71 20 81 33 81 51L81 84C81 93 72 93 69 87C66 81 61 81 59 86C56 93 44 93 41 86C39 81 34 81 31 87C28 93 19 93 19 84L19 51C19 33 29 20 50 20Z",
    20,
    46,
    64,
    false,
  ),
  body(
    "M29 42C24 28 38 19 50 24C62 19 76 28 71 42C86 44 90 60 79 68C84 81 71 91 60 85C54 92 46 92 40 85C29 91 16 81 21 68C10 60 14 44 29 42Z",
    23,
    48,
    66,
  ),
  furry(17),
  body("M50 22C73 22 85 40 87 61L93 114L7 114L13 61C15 40 27 22 50 22Z", 22, 50, 71, false),
  body("M50 30C75 30 89 42 89 60C89 79 74 88 50 88C26 88 11 79 11 60C11 42 25 30 50 30Z", 30, 53, 70),
  body(
    "M29 31C28 19 43 18 46 28C48 32 52 32 54 28C57 18 72 19 71 31C80 38 84 48 84 59C84 78 70 88 50 88C30 88 16 78 16 59C16 48 20 38 29 31Z",
    27,
    50,
    68,
  ),
];
