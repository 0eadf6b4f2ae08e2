import { createRescaler, rescalerBytes } from "../../engine/jpeg-rescale.ts";
import { mcuSide, mcusOf } from "../../engine/jpeg-sampling.ts";
import type { ScalePlan } from "../../engine/scale-plan.ts";
import { createByteSink, joinBytes } from "../byte-sink.ts";
import type { RescaleRequest, Rescaler } from "../codec.ts";
import { OUTPUT_BYTES_A_PIXEL, requireSide } from "./encoder.ts";
import { type JpegHeader, openAs } from "./header.ts";
import { planScaling, scaleOf } from "./scaling.ts";
import { guarded, openScans, verifyEnd } from "./scans.ts";
import { verifySize } from "./size.ts";
import { jpegSteps } from "./steps.ts";
import { JPEG_END, jpegFileHeader } from "./write.ts";

/**
 * JPEG to JPEG with luma and chroma each scaled where they are, at the density they have and to that which they get:
 * less to read, no upsampling, no colour conversion, and chroma is rounded once.
 */
export const jpegRescaler: Rescaler = {
  plan(header: JpegHeader, request) {
    const plan = planScaling(header, request, "4:2:0");
    if (!plan) return undefined;
    return {
      scale: scaleOf(plan),
      memoryBytes: rescalerBytes(plan),
      outputBytes: outputBytes(plan),
      run: async (bytes) => rescale(bytes, header, plan, request),
    };
  },
};

/** Headers with their tables. */
const HEADER_BYTES = 1024;

/** The most that the file comes to: it is written in whole MCUs. */
function outputBytes({ sampling, size }: ScalePlan): number {
  const { width, height } = mcusOf(sampling, size);
  return HEADER_BYTES + width * height * mcuSide(sampling) ** 2 * OUTPUT_BYTES_A_PIXEL;
}

function rescale(bytes: Uint8Array, header: JpegHeader, plan: ScalePlan, { quality }: RescaleRequest): Uint8Array {
  requireSide(plan.size);
  verifySize(header, rescalerBytes(plan));
  const file = createByteSink();
  for (const piece of guarded(() => piecesOf(bytes, header, plan, quality))) file.append(piece);
  file.append(JPEG_END);
  return joinBytes(file.pieces());
}

function* piecesOf(bytes: Uint8Array, header: JpegHeader, plan: ScalePlan, quality: number): Generator<Uint8Array> {
  const jpeg = openAs(bytes, header);
  const steps = jpegSteps(quality);
  const rescaler = createRescaler(bytes, plan, {
    ...{ width: plan.size.width, ...steps },
    header: (tables) => jpegFileHeader(plan.size, steps, plan.sampling, tables),
  });
  try {
    openScans(jpeg, rescaler);
    yield* rescaler.pieces();
    if (rescaler.isRead()) verifyEnd(jpeg, rescaler);
  } finally {
    rescaler.close();
  }
}
