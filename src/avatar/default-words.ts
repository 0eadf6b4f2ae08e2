/** What `d` and `DEFAULT_AVATAR` may say besides an address. */
export const DEFAULT_WORDS = [
  "404",
  "blank",
  "mp",
  "mm",
  "mystery",
  "color",
  "initials",
  "identicon",
  "retro",
  "monsterid",
  "wavatar",
  "robohash",
  "pagan",
] as const;
export type DefaultWord = (typeof DEFAULT_WORDS)[number];
