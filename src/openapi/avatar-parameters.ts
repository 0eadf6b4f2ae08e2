import { RATINGS } from "../avatar/fields.ts";
import { MAX_PX, PICTURE_FORMATS } from "../avatar/parameters.ts";
import { inPath, type Parameter, query } from "./route-doc.ts";
import { integer, text, word } from "./schema.ts";

/** 32, 40 or 64 hexadecimal digits. */
export const HASH = "^([0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$";

/** Of reads: what cannot be understood counts as absent, so the schemas say what is understood. */
export const READ_PARAMETERS: readonly Parameter[] = [
  ...["s", "size"].map((name) => query(name, "Side in pixels; 80 where absent.", integer(undefined, 1, MAX_PX))),
  ...["d", "default"].map((name) => query(name, "What to show where there is no avatar: a chain with commas.", text())),
  ...["f", "forcedefault"].map((name) => query(name, "y shows that even where there is one.", text())),
  ...["r", "rating"].map((name) => query(name, "The strictest rating that may be shown.", word(RATINGS))),
  query("format", "Of the picture; an extension in the path wins.", word([...PICTURE_FORMATS, "jpeg"])),
  query("q", "Quality.", integer(undefined, 1, 100)),
  query("radius", "Of round corners, in percent of the side.", integer(undefined, 0, 50)),
  ...["bg", "fg"].map((name) => query(name, "Colour as rgb, rrggbb or rrggbbaa.", text())),
  query("name", "Whose initials are drawn.", text()),
  query("initials", "The letters themselves.", text()),
  query("length", "The most letters.", integer(undefined, 1, 3)),
  query("uppercase", "false leaves letters as they are.", text()),
];

/** Of `/api`, whose names are those of UI-Avatars. */
export const INITIALS_PARAMETERS: readonly Parameter[] = [
  query("name", "Whose initials are drawn.", text()),
  query("size", "Side in pixels; 64 where absent.", integer(undefined, 1, MAX_PX)),
  ...["background", "color"].map((name) => query(name, "Colour in hex, with or without #.", text())),
  ...["rounded", "bold", "uppercase"].map((name) => query(name, "true or false.", text())),
  query("length", "The most letters.", integer(undefined, 1, 3)),
  query("format", "Of the picture.", word([...PICTURE_FORMATS, "jpeg"])),
];

export const CROP_PARAMETERS: readonly Parameter[] = [
  query("crop", "x,y,w,h of the upright picture; where absent the largest square in the middle.", text()),
  ...["x", "y", "w", "h"].map((name) => query(name, "A part of crop.", integer())),
  query("rating", "For whom it is fit.", word(RATINGS)),
  query("name", "Of the person.", text()),
  query("alt", "What the picture shows.", text()),
];

export const TOKEN_PARAMETER: Parameter = query(
  "token",
  "In place of the header, unless JWT_ALLOW_URL is off.",
  text(),
);

/** Parts of paths that mean the same wherever they stand. */
export const PATH_PARAMETERS: readonly Parameter[] = [
  inPath("id", "Digest of whatever the avatar is asked by.", text()),
  inPath("second", "A size, or another id whose avatar is shown where the first has none.", text()),
  inPath("third", "A size.", text()),
  inPath("rev", "A revision.", { ...text(), pattern: "^[0-9a-f]{16}$" }),
  inPath("px", "Side in pixels.", integer(undefined, 1, MAX_PX)),
  inPath("extension", "Names the format.", word([...PICTURE_FORMATS, "jpeg"])),
  inPath("style", "One of /api/styles.", text()),
  inPath("seed", "Any text, with an extension where a format is wanted.", text()),
];
