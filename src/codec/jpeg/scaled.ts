import { createScaledPixels, scaledPixelsBytes } from "../../engine/jpeg-scaled-pixels.ts";
import type { ScalePlan } from "../../engine/scale-plan.ts";
import { type Raster, stillPicture } from "../../transform/image.ts";
import type { PlannedDecode, ScaleRequest } from "../codec.ts";
import { type JpegHeader, openAs } from "./header.ts";
import { planScaling, scaleOf } from "./scaling.ts";
import { guarded, openScans, verifyEnd } from "./scans.ts";
import { verifySize } from "./size.ts";

/** Planes are scaled first and become pixels at their final size. */
export function planScaledDecode(header: JpegHeader, request: ScaleRequest): PlannedDecode | undefined {
  const plan = planScaling(header, request, "pixels");
  return (
    plan && {
      scale: scaleOf(plan),
      memoryBytes: scaledPixelsBytes(plan),
      decode: async (bytes) => stillPicture(rasterOf(bytes, header, plan)),
    }
  );
}

function rasterOf(bytes: Uint8Array, header: JpegHeader, plan: ScalePlan): Raster {
  verifySize(header, scaledPixelsBytes(plan));
  return {
    ...plan.size,
    ...{ alpha: false, space: "rgb", extent: plan.size },
    async *bands() {
      yield* guarded(() => bandsOf(bytes, header, plan));
    },
  };
}

function* bandsOf(bytes: Uint8Array, header: JpegHeader, plan: ScalePlan): Generator<Uint8Array> {
  const jpeg = openAs(bytes, header);
  const pixels = createScaledPixels(bytes, plan);
  try {
    openScans(jpeg, pixels);
    yield* pixels.bands();
    if (pixels.isRead()) verifyEnd(jpeg, pixels);
  } finally {
    pixels.close();
  }
}
