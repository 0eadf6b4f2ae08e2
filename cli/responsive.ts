import type { Format, Operation, Responsive } from "../client/index.ts";
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
  const operations = operationsOf({ op: ["resize"], ...flags });
  const { op, width, height, ...edit } = operations[operations.length - 1];
  const scale = SCALES.find((name) => name === op);
  if (!scale) throw misuse(`Cannot offer widths: expected ${SCALES.join(", ")} as the last operation`);
  const box = { width: Number(width) || undefined, height: Number(height) || undefined };
  const before = operations.slice(0, -1) as unknown as readonly Operation[];
  return { ...edit, ...box, before, op: scale, widths: parseIntegers("widths", widths, 1, MOST_WIDTH) };
}

export const formatsOf = ({ formats }: Given): Format[] => (formats ? (formats.split(",") as Format[]) : []);
