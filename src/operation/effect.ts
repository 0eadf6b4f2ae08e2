import { HttpError } from "../error.ts";
import { type Operation, operation } from "./operation.ts";
import type { Values } from "./values.ts";

/** `filter=blur`: a Gaussian that grows with the picture (picfit.md 2.7). */
export function effect({ filter }: Values): Operation {
  if (filter === undefined) throw new HttpError(400, "invalid_parameter", "Cannot run effect: expected filter=blur");
  return operation("effect", undefined, (source) => ({ steps: [{ do: "blur" }], size: source }));
}

/** Changes no pixel. */
export const noop = (): Operation => operation("noop", undefined, (source) => ({ steps: [], size: source }));
