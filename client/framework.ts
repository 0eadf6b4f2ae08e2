import type { Edit, Output, Scale, Source } from "./edit.ts";
import { toFormat } from "./formats.ts";

/** What frameworks ask for. They hand on what an attribute held, so numbers may be text. */
export interface Wish {
  readonly width?: number | string | undefined;
  readonly height?: number | string | undefined;
  /** As in CSS. Unknown or absent: `cover`. */
  readonly fit?: string | undefined;
  readonly format?: string | undefined;
  readonly quality?: number | string | undefined;
}

const OPERATIONS: Readonly<Record<string, Scale["op"]>> = {
  contain: "fit",
  inside: "fit",
  "scale-down": "fit",
  fill: "resize",
};

/** Into a box of two sides as `fit` says; one side alone keeps the ratio. `output` is for what is not wished. */
export function toEdit({ width, height, fit = "", format, quality }: Wish, output: Output): Edit {
  const [w, h, q] = [width, height, quality].map((number) => Math.round(Number(number)) || undefined);
  const known = toFormat(format);
  const wished = { ...output, ...(known && { format: known }), ...(q && { quality: q }) };
  if (!w && !h) return wished;
  return { op: w && h ? (OPERATIONS[fit] ?? "thumbnail") : "resize", width: w, height: h, ...wished };
}

/** An address is fetched, anything else is a name in the source storage. */
export const sourceOf = (src: string): Source => (/^https?:\/\//.test(src) ? { url: src } : src.replace(/^\//, ""));
