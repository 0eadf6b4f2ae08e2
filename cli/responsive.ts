import type { Format, Responsive } from "../client/index.ts";
import { misuse } from "./cli-error.ts";
import type { Flags, Values } from "./command.ts";
import { operationsOf } from "./edit.ts";
import { EDIT_FLAGS } from "./edit-flags.ts";
import { parseIntegers } from "./numbers.ts";

export const RESPONSIVE_FLAGS = {
  widths: {
    type: "string",
    value: "400,800",
    about: "Several widths; where --width and --height are given, in their ratio.",
  },
  formats: { type: "string", value: "avif,webp", about: "Several formats, the best first." },
  ...EDIT_FLAGS,
} as const satisfies Flags;

type Given = Values<typeof RESPONSIVE_FLAGS>;

const SCALES = ["resize", "thumbnail", "fit"] as const;
const MOST_WIDTH = 65_535;

/** One picture in several widths. @throws CliError 2 */
export function responsiveOf(flags: Given, widths: string): Responsive {
  const [{ op, width, height, ...edit }, ...further] = operationsOf({ op: ["resize"], ...flags });
  const scale = SCALES.find((name) => name === op);
  if (!scale || further.length > 0) throw misuse(`Cannot offer widths: expected one operation of ${SCALES.join(", ")}`);
  const box = { width: Number(width) || undefined, height: Number(height) || undefined };
  return { ...edit, ...box, op: scale, widths: parseIntegers("widths", widths, 1, MOST_WIDTH) };
}

export const formatsOf = ({ formats }: Given): Format[] => (formats ? (formats.split(",") as Format[]) : []);
