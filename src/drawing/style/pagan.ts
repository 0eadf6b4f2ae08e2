import { hex, WHITE } from "../colour.ts";
import { createDice, type Dice } from "../dice.ts";
import type { Rgba, Shape } from "../display-list.ts";
import { cellsShape } from "../grid.ts";
import { ground } from "../ground.ts";
import { CLOTHES as CLOTH, GLOWS, HAIRS, METALS, SCENES, SKINS, TRIMS } from "../hero/colours.ts";
import { BEARDS, CAPES, CLOTHES, EYES, HEAD, HEADGEAR, LEGS, OFFHAND, type Sprite, WEAPONS } from "../hero/sprites.ts";
import { blend } from "../palette.ts";
import { type DrawRequest, ownStyle } from "../style.ts";

const SIDE = 16;
const INK = hex("#2a2038");
const WOOD = hex("#8a5a34");

/** What is held has a softer outline than who holds it: this part of the way from the floor to ink. */
const SOFT = 55;

type Pixels = readonly (readonly string[])[];

const EMPTY = ".";
const BLANK: Pixels = Array.from({ length: SIDE }, () => Array.from({ length: SIDE }, () => EMPTY));

/** A hero of a game on sixteen by sixteen pixels, outlined in ink. */
export const pagan = ownStyle("pagan", (request) => {
  const dice = createDice("pagan", request.seed);
  const [sky, floor] = dice.pick(SCENES);
  const inks = { ...pickInks(dice, request), o: blend(floor, INK, SOFT) };
  const { worn, held } = throwSprites(dice);
  const behind = outlined(stack(BLANK, held), "o");
  const body = outlined(stack(BLANK, worn), "k");
  const pixels = stack(behind, [{ row: 0, lines: body.map((line) => line.join("")) }, ...held]);
  const figure = Object.entries(inks).flatMap(([letter, colour]): Shape[] => {
    const shape = cellsShape(SIDE, (row, column) => pixels[row][column] === letter, 1, 0, colour);
    return shape.kind === "path" && shape.commands.length > 0 ? [shape] : [];
  });
  const lower: Shape = { kind: "polygon", points: [0, 12, 16, 12, 16, 16, 0, 16], colour: request.background ?? floor };
  return { side: SIDE, shapes: [ground(SIDE, request.background ?? sky), lower, ...figure], antialias: false };
});

function throwSprites(dice: Dice): { worn: readonly Sprite[]; held: readonly Sprite[] } {
  const [cape, legs, clothes, eyes] = [CAPES, LEGS, CLOTHES, EYES].map((sprites) => dice.pick(sprites));
  const [beard, headgear, weapon, offhand] = [BEARDS, HEADGEAR, WEAPONS, OFFHAND].map((sprites) => dice.pick(sprites));
  return { worn: [cape, legs, clothes, HEAD, eyes, beard, headgear], held: [weapon, offhand] };
}

function pickInks(dice: Dice, { foreground }: DrawRequest): Readonly<Record<string, Rgba>> {
  const [s, S] = dice.pick(SKINS);
  const [h, H] = dice.pick(HAIRS);
  const [a, A] = dice.pick(CLOTH);
  const [m, M] = dice.pick(METALS);
  return {
    k: INK,
    s,
    S,
    h,
    H,
    a: foreground ?? a,
    A,
    m,
    M,
    t: dice.pick(TRIMS),
    g: dice.pick(GLOWS),
    n: WOOD,
    w: WHITE,
  };
}

/** The letters of `pixels` under those of the sprites, the last on top. */
function stack(pixels: Pixels, sprites: readonly Sprite[]): Pixels {
  return pixels.map((line, row) =>
    line.map((under, column) =>
      sprites.reduce((letter, sprite) => {
        const over = sprite.lines[row - sprite.row]?.[column] ?? EMPTY;
        return over === EMPTY ? letter : over;
      }, under),
    ),
  );
}

/** With `outline` wherever nothing touches something. */
function outlined(pixels: Pixels, outline: string): Pixels {
  const isOn = (row: number, column: number) => (pixels[row]?.[column] ?? EMPTY) !== EMPTY;
  return pixels.map((line, row) =>
    line.map((letter, column) => {
      const beside = isOn(row - 1, column) || isOn(row + 1, column) || isOn(row, column - 1) || isOn(row, column + 1);
      return letter === EMPTY && beside ? outline : letter;
    }),
  );
}
