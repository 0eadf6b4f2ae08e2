import type { Orientation } from "../codec/codec.ts";
import { HttpError } from "../error.ts";
import { orientedSize } from "../transform/orientation.ts";
import { type Operation, operation } from "./operation.ts";
import { shown, type Values } from "./values.ts";

/** Flips and quarter turns are orientations: the pipeline composes them with EXIF's and turns pixels once. */
const turned = (name: string, orientation: Orientation): Operation =>
  operation(name, undefined, (source) => ({
    steps: [{ do: "orient", orientation }],
    size: orientedSize(source, orientation),
  }));

const COUNTER_CLOCKWISE: Readonly<Record<"90" | "180" | "270", Orientation>> = {
  "90": 8,
  "180": 3,
  "270": 6,
};

/** `deg` counter-clockwise, 90 when absent. */
export const rotate = (values: Values): Operation => turned("rotate", COUNTER_CLOCKWISE[values.degrees ?? "90"]);

/** `pos=h` mirrors left–right, `pos=v` top–bottom. */
export function flip({ position }: Values): Operation {
  if (position === "h") return turned("flip", 2);
  if (position === "v") return turned("flip", 4);
  throw new HttpError(400, "invalid_parameter", `Cannot parse pos "${shown(position ?? "")}": expected h or v`);
}
