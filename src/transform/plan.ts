import type { Header } from "../codec/codec.ts";
import type { Operation, Step } from "../operation/operation.ts";
import type { Size } from "./image.ts";
import { compose, inverse, orientedRect, orientedSize } from "./orientation.ts";

/** What will be done to a picture: known from its header and the operations, before anything is decoded. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Of the result. */
  readonly size: Size;
  /** Of the picture as shown, then of what each operation makes of it. */
  readonly sizes: readonly Size[];
  /** Smallest stored size that decoding may shrink to; absent = full size. */
  readonly atLeast: Size | undefined;
}

/** EXIF orientation first, then the operations in their order; turns are moved behind scaling, where they are cheap. */
export function planOf(header: Header, operations: readonly Operation[]): Plan {
  let size = orientedSize(header, header.orientation);
  const sizes = [size];
  const steps: Step[] = [{ do: "orient", orientation: header.orientation }];
  for (const operation of operations) {
    const planned = operation.plan(size);
    steps.push(...planned.steps);
    size = planned.size;
    sizes.push(size);
  }
  const ordered = turnLate(header, steps);
  return { steps: ordered, size, sizes, atLeast: leastDecoded(header, ordered) };
}

/**
 * Moves every turn behind the scalings and crops that follow it, with their rectangles turned back, and composes turns
 * that meet: a 12-megapixel photo is turned as the thumbnail that it becomes.
 */
function turnLate(stored: Size, steps: readonly Step[]): Step[] {
  const moved: Step[] = [];
  let turn: Extract<Step, { do: "orient" }>["orientation"] = 1;
  let size = stored; // before `turn`
  for (const step of steps) {
    if (step.do === "orient") turn = compose(turn, step.orientation);
    else if (step.do === "resample" || step.do === "crop") {
      const back = turnedBack(step, orientedSize(size, turn), inverse(turn));
      size = back.do === "resample" ? back.size : back.rect;
      addScaling(moved, back);
    } else {
      if (turn !== 1) moved.push({ do: "orient", orientation: turn });
      size = orientedSize(size, turn);
      turn = 1;
      moved.push(step);
    }
  }
  return turn === 1 ? moved : [...moved, { do: "orient", orientation: turn }];
}

type Scale = Extract<Step, { do: "resample" | "crop" }>;

function turnedBack(step: Scale, shown: Size, back: ReturnType<typeof inverse>): Scale {
  if (step.do === "crop") return { do: "crop", rect: orientedRect(step.rect, shown, back) };
  return { do: "resample", part: orientedRect(step.part, shown, back), size: orientedSize(step.size, back) };
}

/** A crop before a scaling becomes an offset of the part that is scaled. */
function addScaling(steps: Step[], step: Scale): void {
  const last = steps.at(-1);
  if (step.do !== "resample" || last?.do !== "crop") {
    steps.push(step);
    return;
  }
  const { part, size } = step;
  const offset = { ...part, left: part.left + last.rect.left, top: part.top + last.rect.top };
  steps.splice(-1, 1, { do: "resample", part: offset, size });
}

/** engine-study.md 4: below this ratio of decoded to wanted size the loss of a scaled decode shows. */
const LEAST_RESIDUAL = 1.5;

/** Only a picture whose first step scales it may be decoded smaller; a crop in whole pixels forbids it. */
function leastDecoded(stored: Size, [first]: readonly Step[]): Size | undefined {
  if (first?.do !== "resample") return undefined;
  const { part, size } = first;
  return {
    width: Math.ceil((LEAST_RESIDUAL * size.width * stored.width) / part.width),
    height: Math.ceil((LEAST_RESIDUAL * size.height * stored.height) / part.height),
  };
}
