import { contrastOf, hex } from "../colour.ts";
import { createDice, type Dice } from "../dice.ts";
import type { Rgba, Shape } from "../display-list.ts";
import { ground } from "../ground.ts";
import { type Palette, pickPalette } from "../palette.ts";
import { PATTERNS } from "../pattern.ts";
import { BEARDS, BROWS, EXTRAS, EYES, MOUTHS, NOSES } from "../portrait/features.ts";
import { HAIRS } from "../portrait/hair.ts";
import { HATS } from "../portrait/hats.ts";
import { HEADS, SHIRTS } from "../portrait/heads.ts";
import { ownStyle } from "../style.ts";

const HAIR_COLOURS = [
  "#231c35",
  "#4a2c22",
  "#7a3b1e",
  "#c4552d",
  "#e8b23f",
  "#f6e0a0",
  "#f4f1f8",
  "#a9a7bd",
  "#3d5a80",
  "#d9579b",
].map(hex);
const CLOTH_COLOURS = ["#ff7b5f", "#ffc145", "#3bb6a5", "#3d7fd6", "#8b5bd1", "#f178a8", "#5a6b7b", "#57b45c"].map(hex);

/** Hair stands out from face and ground, cloth from the ground: 1.5 is as much as two neighbouring areas need. */
const APART = 1.5;

/** A person of any colour before a patterned wall. */
export const wavatar = ownStyle("wavatar", (request) => {
  const dice = createDice("wavatar", request.seed);
  const inks = pickPalette(dice, request);
  const apart = (colours: readonly Rgba[], from: readonly Rgba[]) =>
    dice.pick(colours.filter((colour) => from.every((other) => contrastOf(colour, other) >= APART)));
  const hairColour = apart(HAIR_COLOURS, [inks.body, inks.ground]);
  const cloth = apart(CLOTH_COLOURS, [inks.ground, inks.body]);
  const wall = dice.pick(PATTERNS)(inks.pattern);
  return {
    side: 100,
    shapes: [ground(100, inks.ground), ...wall, ...person(dice, inks, hairColour, cloth)],
    antialias: true,
  };
});

function person(dice: Dice, inks: Palette, hairColour: Rgba, cloth: Rgba): readonly Shape[] {
  const hair = dice.pick(HAIRS);
  const shirt = dice.pick(SHIRTS)(inks, cloth);
  const head = dice.pick(HEADS)(inks);
  const face = [BEARDS, EYES, BROWS, NOSES, MOUTHS, EXTRAS].flatMap((features) =>
    dice.pick(features)(inks, hairColour),
  );
  const hat = dice.chance(25) ? dice.pick(HATS)(inks, cloth) : [];
  return [...hair.back(hairColour), ...shirt, ...head, ...face, ...hair.front(hairColour), ...hat];
}
