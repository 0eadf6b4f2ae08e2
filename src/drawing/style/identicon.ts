import { sha256 } from "../../platform/crypto.ts";
import { cellsShape } from "../grid.ts";
import { ground } from "../ground.ts";
import { PALE, shapeColour } from "../seed-colour.ts";
import { ownStyle } from "../style.ts";

const CELLS = 5;

/**
 * Five by five cells, mirrored; each is two units wide, the margin one. A cell of the left three columns is on where
 * its byte of the seed's SHA-256 is even.
 */
export const identicon = ownStyle("identicon", ({ seed, background, foreground }) => {
  const bytes = sha256(seed);
  const isOn = (row: number, column: number) => bytes[3 * row + Math.min(column, CELLS - 1 - column)] % 2 === 0;
  return {
    side: 12,
    shapes: [ground(12, background ?? PALE), cellsShape(CELLS, isOn, 2, 1, foreground ?? shapeColour(seed))],
    antialias: false,
  };
});
