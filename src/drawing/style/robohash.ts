import { createDice, type Dice } from "../dice.ts";
import type { Shape } from "../display-list.ts";
import { ground } from "../ground.ts";
import { type Palette, pickPalette } from "../palette.ts";
import { PATTERNS } from "../pattern.ts";
import { mirrored, path, placed } from "../pen.ts";
import { BOLTED_EYES, BOLTED_MOUTHS, LIT_EYES, LIT_MOUTHS, screen } from "../robot/faces.ts";
import { ANTENNAS, CHESTS, EARS, NECKS, RIVETS, TORSOS } from "../robot/fittings.ts";
import { FRAMES } from "../robot/frames.ts";
import { ownStyle } from "../style.ts";

/** How far a head's lower edge shows under its front. */
const THICKNESS = 3.5;

/** A robot down to its chest, with lights on a screen or with bolted parts for a face. */
export const robohash = ownStyle("robohash", (request) => {
  const dice = createDice("robohash", request.seed);
  const inks = pickPalette(dice, request);
  const wall = dice.pick(PATTERNS)(inks.pattern);
  return {
    side: 100,
    shapes: [ground(100, inks.ground), ...wall, ...torso(dice, inks), ...head(dice, inks)],
    antialias: true,
  };
});

function torso(dice: Dice, inks: Palette): readonly Shape[] {
  const neck = dice.pick(NECKS)(inks);
  return [...neck, path(dice.pick(TORSOS), inks.body), ...dice.pick(CHESTS)(inks)];
}

function head(dice: Dice, inks: Palette): readonly Shape[] {
  const { side, top, shape } = dice.pick(FRAMES);
  const antenna = dice
    .pick(ANTENNAS)(inks)
    .map((part) => placed(part, 1, 0, top - 24));
  const ear = dice
    .pick(EARS)(inks)
    .map((part) => placed(part, 1, 29 - side, 0));
  const front = shape(inks.body);
  const rivets = dice
    .pick(RIVETS)(inks)
    .map((part) => placed(part, 1, 0, top - 24));
  const rim = placed(shape(inks.shade), 1, 0, THICKNESS);
  return [...antenna, ...ear, ...ear.map(mirrored), rim, front, ...rivets, ...face(dice, inks)];
}

function face(dice: Dice, inks: Palette): readonly Shape[] {
  if (dice.chance(50)) return [...dice.pick(BOLTED_EYES)(inks), ...dice.pick(BOLTED_MOUTHS)(inks)];
  const glow = dice.pick([inks.accent, inks.light, inks.white]);
  return [...screen(inks), ...dice.pick(LIT_EYES)(glow), ...dice.pick(LIT_MOUTHS)(glow)];
}
