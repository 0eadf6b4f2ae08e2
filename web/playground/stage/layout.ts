import type { Size } from "../../../src/transform/image.ts";

/** How source and result are compared: one over the other, cut by the divider, or each on its side of it. */
export type Layout = "over" | "beside";

/** Pictures of one shape lie over each other, others stand beside each other. */
export function fittingLayout(source: Size | undefined, result: Size | undefined): Layout {
  if (!source || !result) return "over";
  const ratio = source.width / source.height / (result.width / result.height);
  return Math.abs(Math.log(ratio)) < 0.02 ? "over" : "beside";
}
