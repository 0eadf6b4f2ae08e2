import { HttpError } from "../error.ts";
import type { Colour } from "../transform/colour.ts";
import { parseColour } from "../transform/colour-text.ts";
import { OPTIONS, type Option, type OptionName, type Shape } from "./option.ts";

function refuse(name: string, text: string, expected: string): never {
  throw new HttpError(400, "invalid_parameter", `Cannot parse ${name} "${shown(text)}": expected ${expected}`);
}

/** What a client sent, short and harmless enough to be quoted in an error. */
export const shown = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 64);

function readInteger({ least, most }: Extract<Shape, { kind: "integer" }>, name: string, text: string): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : refuse(name, text, `an integer from ${least} to ${most}`);
}

const readWord = ({ words }: Extract<Shape, { kind: "word" }>, name: string, text: string): string =>
  words.find((word) => word === text) ?? refuse(name, text, words.join(", "));

export const YES = ["1", "t", "T", "true", "TRUE", "True"];
export const NO = ["0", "f", "F", "false", "FALSE", "False"];

function readSwitch(name: string, text: string): boolean {
  if (YES.includes(text)) return true;
  return NO.includes(text) ? false : refuse(name, text, "1 or 0");
}

const readColour = (name: string, text: string): Colour =>
  parseColour(text) ?? refuse(name, text, "rgb, rrggbb or rrggbbaa in hex");

function readText(shape: Shape, name: string, text: string): unknown {
  switch (shape.kind) {
    case "integer":
      return readInteger(shape, name, text);
    case "word":
      return readWord(shape, name, text);
    case "switch":
      return readSwitch(name, text);
    case "colour":
      return shape.loose ? parseColour(text) : readColour(name, text);
    case "text":
      return text;
  }
}

type ValueOf<S extends Shape> = S extends { kind: "integer" }
  ? number
  : S extends { kind: "word"; words: readonly (infer Word)[] }
    ? Word
    : S extends { kind: "switch" }
      ? boolean
      : S extends { kind: "colour" }
        ? Colour | undefined
        : string;

/** Options as typed values; an absent one was not given. */
export type Values = {
  readonly [K in OptionName]?: ValueOf<(typeof OPTIONS)[K]["shape"]>;
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
  for (const [option, { names, shape }] of Object.entries<Option>(OPTIONS)) {
    const present = names.filter((name) => given(name) !== undefined);
    if (present.length > 1)
      throw new HttpError(400, "duplicate_parameter", `Cannot read ${option}: it is given as ${present.join(" and ")}`);
    for (const name of present) values[option] = readText(shape, name, given(name) ?? "");
  }
  return values as Values;
}
