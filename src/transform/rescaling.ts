import type { Orientation } from "../codec/codec.ts";
import type { Step } from "../operation/operation.ts";
import { wholeOf } from "./geometry.ts";
import type { Rect, Size } from "./image.ts";

/** Steps that only scale, cut and turn: `part` of the stored picture becomes `size`, `cut` of that is kept, and turned. */
export interface Rescaling {
  readonly part: Rect;
  readonly size: Size;
  readonly cut: Rect;
  readonly orientation: Orientation;
}

/** What `steps` come to on a picture of the size `stored`; absent where they do more than that. */
export function rescalingOf(steps: readonly Step[], stored: Size): Rescaling | undefined {
  let { part, size, cut, orientation }: Rescaling = { ...unchanged(stored), orientation: 1 };
  for (const [index, step] of steps.entries()) {
    if (orientation !== 1) return undefined;
    if (step.do === "resample" && index === 0) ({ part, size, cut } = { ...step, cut: wholeOf(step.size) });
    else if (step.do === "crop") cut = { ...step.rect, left: cut.left + step.rect.left, top: cut.top + step.rect.top };
    else if (step.do === "orient") orientation = step.orientation;
    else return undefined;
  }
  return { part, size, cut, orientation };
}

const unchanged = (stored: Size) => ({ part: wholeOf(stored), size: wholeOf(stored), cut: wholeOf(stored) });
