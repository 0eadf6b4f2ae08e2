import { blank } from "./style/blank.ts";
import { color } from "./style/color.ts";
import { identicon } from "./style/identicon.ts";
import { initials } from "./style/initials.ts";
import { monsterid } from "./style/monsterid.ts";
import { mp } from "./style/mp.ts";
import { pagan } from "./style/pagan.ts";
import { retro } from "./style/retro.ts";
import { robohash } from "./style/robohash.ts";
import { wavatar } from "./style/wavatar.ts";
import type { Style } from "./style.ts";

export type { DrawRequest, Style } from "./style.ts";

/** Every style that can be asked for. */
export const STYLES: readonly Style[] = [
  mp,
  blank,
  color,
  initials,
  identicon,
  retro,
  monsterid,
  wavatar,
  robohash,
  pagan,
];

/** The style called `name`, or with that alias. Names are in lower case. */
export const findStyle = (name: string): Style | undefined =>
  STYLES.find((style) => style.name === name || style.aliases.includes(name));
