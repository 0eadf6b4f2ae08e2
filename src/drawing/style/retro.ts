import { hex } from "../colour.ts";
import { createDice } from "../dice.ts";
import { cellsShape } from "../grid.ts";
import { ground } from "../ground.ts";
import { ownStyle } from "../style.ts";

const CELLS = 8;

/** Left halves, from the outer column to the middle; rows are parted by spaces. */
const TOPS = [
  "...# ..##",
  "..## .###",
  ".### ####",
  ".##. ####",
  ".#.. #.##",
  ".##. .###",
  ".#.. ..##",
  ".#.. ####",
  "..#. .###",
  ".#.# ####",
  "..#. ####",
  ".#.# .###",
  "..## ####",
  "...# .###",
];
const EYES = [
  "#### ##.# ####",
  "#### #..# ####",
  "#### #..# #..#",
  ".### .#.# .###",
  "#### #.## ####",
  "##.# #### ####",
  "#..# #..# ####",
  "#### #... ####",
  ".### #..# ####",
  "#### ##.# ##.#",
  "#### .#.# ####",
  "#.## ##.# ####",
];
const MOUTHS = [
  "#### #... .###",
  "#### ##.. .###",
  "##.. ###. .###",
  "###. ##.. .###",
  "#.## ##.. .###",
  "##.# ###. .###",
  "#.#. #### .###",
  "#### ##.# .#.#",
  "#### ###. .###",
  ".### .#.. ..##",
  "#### #.#. .#.#",
  "#... ##.. .###",
  "###. #..# .###",
  "#.## ##.. ..##",
];

/** A dark screen and what glows on it. */
const SCREENS = [
  ["#1d1b3a", "#ffcf3f"],
  ["#1d1b3a", "#5ef2c2"],
  ["#2b1233", "#ff6f91"],
  ["#2b1233", "#ffb347"],
  ["#0f2a3d", "#4fd8ff"],
  ["#0f2a3d", "#ffe66d"],
  ["#12321f", "#8df06a"],
  ["#12321f", "#f7f3c6"],
  ["#3a1414", "#ff8a5c"],
  ["#3a1414", "#ffd9a0"],
  ["#20242e", "#c6d0e6"],
  ["#20242e", "#ff7a7a"],
  ["#251a4d", "#b79bff"],
  ["#251a4d", "#7ce0ff"],
  ["#06302e", "#3fe0b8"],
  ["#06302e", "#ffb3c6"],
  ["#33210d", "#ffc46b"],
  ["#33210d", "#9be8a0"],
];

/** An eight by eight face in two colours, its right half the mirror of the left, with a margin of one cell. */
export const retro = ownStyle("retro", ({ seed, background, foreground }) => {
  const dice = createDice("retro", seed);
  const rows = [TOPS, EYES, MOUTHS].flatMap((parts) => dice.pick(parts).split(" "));
  const [screen, glow] = dice.pick(SCREENS).map(hex);
  const isOn = (row: number, column: number) => rows[row][Math.min(column, CELLS - 1 - column)] === "#";
  return {
    side: CELLS + 2,
    shapes: [ground(CELLS + 2, background ?? screen), cellsShape(CELLS, isOn, 1, 1, foreground ?? glow)],
    antialias: false,
  };
});
