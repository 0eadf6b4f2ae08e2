import { HttpError } from "../error.ts";
import { clipped } from "../transform/geometry.ts";
import { type Operation, operation } from "./operation.ts";
import type { Values } from "./values.ts";

/** `x`, `y`: the corner, 0 when absent. `w`, `h`: the size, up to the edge when absent. What lies outside is cut off. */
export function crop(values: Values): Operation {
  const { x: left = 0, y: top = 0, width = 0, height = 0 } = values;
  return operation("crop", { width, height }, (source) => {
    const rect = clipped(source, { left, top, width: width || source.width, height: height || source.height });
    if (!rect)
      throw new HttpError(
        400,
        "invalid_parameter",
        `Cannot crop at ${left},${top}: the picture is ${source.width} x ${source.height}`,
      );
    return { steps: [{ do: "crop", rect }], size: { width: rect.width, height: rect.height } };
  });
}
