import {
  type Box,
  exceeds,
  fitScaling,
  resizeScaling,
  type Scaling,
  sameSize,
  thumbnailScaling,
} from "../transform/geometry.ts";
import type { Rect, Size } from "../transform/image.ts";
import { type Operation, type OperationPlan, operation, type Step } from "./operation.ts";
import type { Values } from "./values.ts";

const boxOf = (values: Values): Box => ({ width: values.width ?? 0, height: values.height ?? 0 });

type Scale = (source: Size, box: Box) => Scaling & { readonly crop?: Rect | undefined };

/** The rules that resize, thumbnail and fit share (picfit.md 2.3). */
function scaled(name: string, values: Values, scale: Scale): Operation {
  const box = boxOf(values);
  const idle = (source: Size) =>
    (box.width === 0 && box.height === 0) || (values.upscale === false && exceeds(source, box));
  const plan = (source: Size) => (idle(source) ? { steps: [], size: source } : planOf(source, scale(source, box)));
  return { ...operation(name, box, plan), exact: name !== "fit" && values.upscale !== false };
}

function planOf(source: Size, { part, size, crop }: ReturnType<Scale>): OperationPlan {
  const unchanged = sameSize(part, source) && sameSize(size, source);
  const steps: Step[] = unchanged ? [] : [{ do: "resample", part, size }];
  if (!crop) return { steps, size };
  return { steps: [...steps, { do: "crop", rect: crop }], size: { width: crop.width, height: crop.height } };
}

export const resize = (values: Values): Operation => scaled("resize", values, resizeScaling);
export const thumbnail = (values: Values): Operation => scaled("thumbnail", values, thumbnailScaling);
export const fit = (values: Values): Operation => scaled("fit", values, fitScaling);
