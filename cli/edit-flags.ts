import { OPERATIONS } from "../src/operation/operations.ts";
import { OPTIONS, type Option, type OptionName, type Shape } from "../src/operation/option.ts";
import type { Flag, Flags } from "./command.ts";

export const OPERATION_NAMES = [...OPERATIONS.keys()];

/** A flag for each option of the table. */
const OPTION_FLAGS: Readonly<Record<OptionName, Flag & { type: "string" }>> = Object.fromEntries(
  Object.entries<Option>(OPTIONS).map(([name, { shape, about }]) => [
    name,
    { type: "string", value: placeholderOf(shape), about },
  ]),
) as Record<OptionName, Flag & { type: "string" }>;

/** What is to be done with a picture. */
export const EDIT_FLAGS = {
  op: {
    type: "string",
    multiple: true,
    value: "NAME[,option=value...]",
    about: `Operation: ${OPERATION_NAMES.join(", ")}. Again for a chain.`,
  },
  ...OPTION_FLAGS,
  paths: { type: "string", multiple: true, value: "PATH", about: "For flat: a picture to draw. Again for several." },
} as const satisfies Flags;

/** How the URL is written. */
export const FORM_FLAGS = {
  form: { type: "string", value: "path|query", about: "How the URL is written; path where that can be." },
  route: { type: "string", value: "display", about: "display, get, redirect or explain." },
} as const satisfies Flags;

/** What stands for a value in the help. */
function placeholderOf(shape: Shape): string {
  switch (shape.kind) {
    case "integer":
      return `${shape.least}-${shape.most}`;
    case "word":
      return shape.words.join("|");
    case "switch":
      return "0|1";
    case "colour":
      return "RRGGBB";
    case "text":
      return "TEXT";
  }
}
