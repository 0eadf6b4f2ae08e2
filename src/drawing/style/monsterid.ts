import { createDice } from "../dice.ts";
import { ground } from "../ground.ts";
import { BODIES } from "../monster/bodies.ts";
import { CROWNS } from "../monster/crowns.ts";
import { EYES } from "../monster/eyes.ts";
import { ARMS, FEET } from "../monster/limbs.ts";
import { MOUTHS } from "../monster/mouths.ts";
import { SKINS } from "../monster/skins.ts";
import { pickPalette } from "../palette.ts";
import { filled, moved, placed } from "../pen.ts";
import { ownStyle } from "../style.ts";

/** A friendly monster: body, limbs, horns, eyes and mouth, each thrown on its own. */
export const monsterid = ownStyle("monsterid", (request) => {
  const dice = createDice("monsterid", request.seed);
  const inks = pickPalette(dice, request);
  const body = dice.pick(BODIES);
  const crown = dice
    .pick(CROWNS)(inks)
    .map((shape) => placed(shape, 1, 0, body.top - 20));
  const arms = dice.pick(ARMS)(inks);
  const feet = dice.pick(FEET)(inks);
  const skin = dice
    .pick(SKINS)(inks)
    .map((shape) => placed(shape, 1, 0, body.mouth));
  const eyes = dice
    .pick(EYES)(inks)
    .map((shape) => placed(shape, 1, 0, body.eyes));
  const mouth = dice
    .pick(MOUTHS)(inks)
    .map((shape) => placed(shape, 1, 0, body.mouth));
  const rim = filled(body.outline, inks.shade);
  const front = filled(moved(body.outline, 0.95, 2.5, 1.4), inks.body);
  const figure = [...(body.feet ? feet : []), ...arms, ...crown, rim, front, ...skin, ...eyes, ...mouth];
  return {
    side: 100,
    shapes: [ground(100, inks.ground), ...figure.map((shape) => placed(shape, 0.94, 3, 4))],
    antialias: true,
  };
});
