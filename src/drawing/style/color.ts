import { ground } from "../ground.ts";
import { groundColour } from "../seed-colour.ts";
import { ownStyle } from "../style.ts";

/** One colour all over: the one on which `initials` writes. */
export const color = ownStyle("color", ({ seed, background }) => ({
  side: 1,
  shapes: [ground(1, background ?? groundColour(seed))],
  antialias: true,
}));
