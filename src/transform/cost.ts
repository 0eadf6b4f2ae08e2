import type { Step } from "../operation/operation.ts";
import type { Size } from "./image.ts";
import { orientedSize } from "./orientation.ts";
import { resampleBytes } from "./resample.ts";

const BYTES_A_PIXEL = 4;

/**
 * Predicted peak of bytes that `steps` take for one frame, beside its decoder and its encoder: all steps run at once, as
 * rows flow through them, and a turn holds its whole picture.
 * @param decoded size of what the first step is given
 */
export function stepsBytes(steps: readonly Step[], decoded: Size): number {
  let size = decoded;
  let bytes = 0;
  for (const step of steps) {
    bytes += stepBytes(step, size);
    size = sizeAfter(step, size);
  }
  return bytes;
}

function stepBytes(step: Step, size: Size): number {
  if (step.do === "resample") return resampleBytes(step.part, step.size);
  if (step.do === "blur") return 2 * resampleBytes(size, size);
  return step.do === "orient" && step.orientation > 2 ? size.width * size.height * BYTES_A_PIXEL : 0;
}

function sizeAfter(step: Step, size: Size): Size {
  if (step.do === "resample") return step.size;
  if (step.do === "crop") return step.rect;
  return step.do === "orient" ? orientedSize(size, step.orientation) : size;
}
