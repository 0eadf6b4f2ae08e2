import { EFFORTS } from "../codec/codec.ts";
import { ENCODERS, MIME_TYPES } from "../codec/codecs.ts";
import { date, flag, integer, list, object, type Schema, text, word } from "./schema.ts";

const side = integer(undefined, 1);
const size = object({ width: side, height: side });
const format = word(Object.keys(MIME_TYPES));

const source = object(
  {
    ...{ path: text(), url: text(), format, width: side, height: side },
    ...{ bytes: integer(), orientation: integer("EXIF", 1, 8), frames: side, alpha: flag() },
    colour: word(["gray", "rgb", "palette", "yuv", "cmyk", "ycck"]),
    ...{ depth: side, progressive: flag() },
  },
  ["path", "url"],
);

const plan = object({
  way: word(["file", "planes", "pixels"]),
  ...{ road: text("As in Server-Timing."), decoder: format, shrink: text("1/1 to 1/8"), steps: list(text()) },
  ...{ memoryBytes: integer("Predicted."), budgetBytes: integer("Of the isolate.") },
});

const output = object(
  {
    ...{ format: word(Object.keys(ENCODERS)), mime: text(), name: text(), width: side, height: side, frames: side },
    ...{ quality: integer(undefined, 1, 100), effort: word(EFFORTS) },
  },
  ["name", "quality", "effort"],
);

/** Of `Explanation`. */
export const EXPLANATION: Schema = object(
  {
    canonical: text("What is signed."),
    signature: object({ required: flag(), algorithm: word(["SHA-1", "SHA-256"]) }),
    ...{ key: { ...text(), pattern: "^[0-9a-f]{32}$" }, etag: text(), cacheControl: text() },
    stored: object({ name: text(), bytes: integer(), modified: date(), origin: word(["edge", "stored"]) }),
    operations: list(object({ name: text(), size }, ["size"])),
    making: object({ source, plan, output }),
    urls: object({ query: text(), path: text() }, ["path"]),
  },
  ["stored", "making"],
);
