import type { JpegSampling } from "../../engine/jpeg-sampling.ts";
import { planScale, type ScalePlan } from "../../engine/scale-plan.ts";
import { turnOf } from "../../transform/orientation.ts";
import { isWideInBetween } from "../../transform/resample.ts";
import type { ScaleRequest } from "../codec.ts";
import type { JpegHeader } from "./header.ts";

/**
 * How the planes of a picture are scaled for `result`: pixels, or a JPEG that has, if coloured, this sampling. Absent where planes are not luma
 * and chroma, or where the picture would be vast between the two passes, since rows go across first.
 */
export function planScaling(
  { colour, frame, scanCount }: JpegHeader,
  { rescaling, atLeast }: ScaleRequest,
  result: JpegSampling | "pixels",
): ScalePlan | undefined {
  if (colour !== "gray" && colour !== "yuv") return undefined;
  if (isWideInBetween(rescaling.part, rescaling.size)) return undefined;
  const cutting = { ...rescaling, turn: turnOf(rescaling.orientation) };
  const forPixels = result === "pixels";
  const coloured = forPixels ? "4:4:4" : result;
  const sampling = colour === "gray" ? "gray" : coloured;
  return planScale(frame, { scanCount, cutting, sampling, forPixels, atLeast });
}

/** At which scale `plan` reads luma, such as 1/4. */
export const scaleOf = ({ planes: { planes } }: ScalePlan): string => `1/${8 / planes[0].size}`;
