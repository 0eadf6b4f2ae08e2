import type { Encoder, PlannedRescale } from "../codec/codec.ts";
import { RESCALERS } from "../codec/codecs.ts";
import { embedProfile } from "../codec/embed-profile.ts";
import type { Limits } from "../env.ts";
import type { Timing } from "../timing.ts";
import type { Plan } from "../transform/plan.ts";
import { rescalingOf } from "../transform/rescaling.ts";
import type { Derived } from "./derived.ts";
import { caught, type Measured, type OpenContext, type Opened } from "./opened.ts";
import type { Outline, Wanted } from "./outline.ts";
import { plainColours } from "./stored-colours.ts";

type RescaleContext = OpenContext & Pick<Timing, "time" | "describe">;

/**
 * What is wanted of a picture that keeps its format and its colours, made without pixels. Absent where it cannot be.
 * @throws HttpError 422 decode_failed, image_too_large, output_too_large; 503 busy
 */
export async function rescaled(
  opened: Opened,
  outline: Outline,
  wanted: Wanted,
  context: RescaleContext,
): Promise<Derived | undefined> {
  const planned = planRescaled(opened, outline, wanted, context.limits);
  if (!planned) return undefined;
  const { asStored, profile } = await plainColours(opened, wanted.keepProfile, context.budget);
  if (!asStored) return undefined;
  const { encoder, plan } = outline;
  context.describe(roadOf(plan, encoder, planned));
  const run = () => context.time("rescale", () => planned.run(opened.bytes));
  const file = await context.budget.run(rescalingBytes(opened, planned), () => caught(run));
  const bytes = (profile && embedProfile(file, encoder.format, profile)) ?? file;
  return { bytes, mime: encoder.mime, extension: encoder.extension };
}

/** How it is made without pixels, if its colours may stay: the one place where that is decided. */
export function planRescaled(
  { header }: Measured,
  { plan: { steps, atLeast }, encoder: { format } }: Outline,
  wanted: Wanted,
  { maxWholeBytes }: Limits,
): PlannedRescale | undefined {
  if (header.format !== format || needsPixels(wanted)) return undefined;
  const rescaling = rescalingOf(steps, header);
  const planned = rescaling && RESCALERS[format]?.plan(header, { rescaling, atLeast, quality: wanted.quality });
  return planned && planned.memoryBytes <= maxWholeBytes ? planned : undefined;
}

/** The smallest file is searched for with the whole picture at hand, and a shape is cut out of its pixels. */
const needsPixels = ({ effort, shape }: Wanted): boolean => effort === "max" || shape !== undefined;

/** Predicted peak, source and result included. */
export const rescalingBytes = ({ bytes }: Measured, { memoryBytes, outputBytes }: PlannedRescale): number =>
  bytes.length + memoryBytes + outputBytes;

/** As that of pixels: `jpg planes 1/4 resample orient > jpg`. */
function roadOf({ steps }: Plan, { format }: Encoder, { scale }: PlannedRescale): string {
  return `${[format, "planes", scale, ...steps.map((step) => step.do)].join(" ")} > ${format}`;
}
