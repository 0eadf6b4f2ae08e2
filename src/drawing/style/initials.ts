import { WHITE } from "../colour.ts";
import type { Command, Rgba, Shape } from "../display-list.ts";
import { BOLD, type Face, type Glyph, REGULAR } from "../glyphs.ts";
import { ground } from "../ground.ts";
import { lettersOf } from "../letters.ts";
import { moved } from "../pen.ts";
import { groundColour } from "../seed-colour.ts";
import { ownStyle } from "../style.ts";

const SIDE = 100;

/** Height of the em for one, two and three letters. */
const EM = [56, 46, 36] as const;

/** No line of letters is wider: it keeps clear of a round mask. */
const WIDEST = 70;

/** White letters on the seed's colour, as outlines; undefined without letters, or where the font lacks one. */
export const initials = ownStyle("initials", (request) => {
  const letters = lettersOf(request);
  const face = request.bold ? BOLD : REGULAR;
  const glyphs = letters.flatMap((letter) => face.glyph(letter) ?? []);
  if (letters.length === 0 || glyphs.length < letters.length) return undefined;
  const background = request.background ?? groundColour(request.seed);
  const text = write(glyphs, face, request.foreground ?? WHITE);
  return { side: SIDE, shapes: [ground(SIDE, background), text], antialias: true };
});

/** The glyphs side by side; what is seen of them is in the middle. */
function write(glyphs: readonly Glyph[], face: Face, colour: Rgba): Shape {
  const starts = glyphs.map((_, at) => glyphs.slice(0, at).reduce((sum, { advance }) => sum + advance, 0));
  const left = glyphs[0].box.left;
  const right = starts[glyphs.length - 1] + glyphs[glyphs.length - 1].box.right;
  const scale = Math.min(EM[glyphs.length - 1] / face.em, WIDEST / (right - left));
  const x = (SIDE - (left + right) * scale) / 2;
  const y = (SIDE - middle(glyphs, face) * scale) / 2;
  const commands = glyphs.flatMap((glyph, at): readonly Command[] =>
    moved(glyph.commands, scale, x + starts[at] * scale, y),
  );
  return { kind: "path", commands, rule: "nonzero", colour };
}

/**
 * Twice the height at which the middle of the line lies. Accents and tails do not count where there is a capital: the
 * letters of ÉB stand as high as those of EB.
 */
function middle(glyphs: readonly Glyph[], { capHeight }: Face): number {
  const top = Math.max(Math.min(...glyphs.map(({ box }) => box.top)), -capHeight);
  const bottom = Math.max(...glyphs.map(({ box }) => box.bottom));
  const hasCapital = top < -0.9 * capHeight;
  return hasCapital ? -capHeight : top + bottom;
}
