import { HttpError } from "../error.ts";
import type { Colour } from "../transform/colour.ts";
import { parseColour } from "../transform/colour-text.ts";

type Reader<T> = (name: string, text: string) => T;

function refuse(name: string, text: string, expected: string): never {
  throw new HttpError(400, "invalid_parameter", `Cannot parse ${name} "${shown(text)}": expected ${expected}`);
}

/** What a client sent, short and harmless enough to be quoted in an error. */
export const shown = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 64);

const integer =
  (least: number, most: number): Reader<number> =>
  (name, text) => {
    const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : refuse(name, text, `an integer from ${least} to ${most}`);
  };

const oneOf =
  <T extends string>(...words: readonly T[]): Reader<T> =>
  (name, text) =>
    words.find((word) => word === text) ?? refuse(name, text, words.join(", "));

const YES = ["1", "t", "T", "true", "TRUE", "True"];
const NO = ["0", "f", "F", "false", "FALSE", "False"];

const yesOrNo: Reader<boolean> = (name, text) => {
  if (YES.includes(text)) return true;
  return NO.includes(text) ? false : refuse(name, text, "1 or 0");
};

const degrees: Reader<90 | 180 | 270> = (name, text) => {
  const value = Number(oneOf("90", "180", "270")(name, text));
  return value as 90 | 180 | 270;
};

const colour: Reader<Colour> = (name, text) =>
  parseColour(text) ?? refuse(name, text, "rgb, rrggbb or rrggbbaa in hex");

const text: Reader<string> = (_name, value) => value;

/** 16 bit: more is beyond every limit of the output. */
const side = integer(0, 65_535);

/** Every option, by its public long name: the names it may be given under, and how its text becomes a value. */
const READERS = {
  width: { names: ["w", "width"], read: side },
  height: { names: ["h", "height"], read: side },
  x: { names: ["x"], read: side },
  y: { names: ["y"], read: side },
  upscale: { names: ["upscale"], read: yesOrNo },
  format: { names: ["fmt", "format"], read: oneOf("jpg", "jpeg", "png", "gif", "bmp", "webp", "avif") },
  quality: { names: ["q"], read: integer(0, 100) },
  effort: { names: ["effort"], read: oneOf("normal", "max") },
  degrees: { names: ["deg"], read: degrees },
  position: { names: ["pos"], read: text },
  stick: { names: ["stick"], read: oneOf("top-left", "top-right", "bottom-left", "bottom-right") },
  color: { names: ["color"], read: (_name: string, value: string): Colour | undefined => parseColour(value) },
  filter: { names: ["filter"], read: oneOf("blur") },
  background: { names: ["bg"], read: colour },
} as const satisfies Record<string, { names: readonly string[]; read: Reader<unknown> }>;

type OptionName = keyof typeof READERS;

/** Options as typed values; an absent one was not given. */
export type Values = {
  readonly [K in OptionName]?: ReturnType<(typeof READERS)[K]["read"]>;
} & {
  /** Paths of foreground pictures; only the sub-parameter form has them. */
  readonly paths: readonly string[];
};

/** Where the texts of options come from: the query, or the tokens of a sub-parameter string. */
export type Given = (name: string) => string | undefined;

/**
 * All options that are given, whatever the operation: a bad one is an error even where it has no effect.
 * @throws HttpError 400 invalid_parameter
 */
export function readValues(given: Given, paths: readonly string[]): Values {
  const values: Record<string, unknown> = { paths };
  for (const [option, { names, read }] of Object.entries(READERS)) {
    const present = names.filter((name) => given(name) !== undefined);
    if (present.length > 1)
      throw new HttpError(400, "duplicate_parameter", `Cannot read ${option}: it is given as ${present.join(" and ")}`);
    for (const name of present) values[option] = read(name, given(name) ?? "");
  }
  return values as Values;
}
