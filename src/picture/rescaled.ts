import type { Encoder, PlannedRescale } from "../codec/codec.ts";
import { RESCALERS } from "../codec/codecs.ts";
import { embedProfile } from "../codec/embed-profile.ts";
import type { Timing } from "../timing.ts";
import type { Plan } from "../transform/plan.ts";
import { rescalingOf } from "../transform/rescaling.ts";
import type { Derived } from "./derived.ts";
import { caught, type OpenContext, type Opened } from "./opened.ts";
import { plainColours } from "./stored-colours.ts";

type RescaleContext = OpenContext & Pick<Timing, "time" | "describe">;

interface RescaleOptions {
  readonly quality: number;
  readonly keepProfile: boolean;
}

/**
 * What is wanted of a picture that keeps its format and its colours, made without pixels. Absent where it cannot be: the
 * one place where that is decided.
 * @throws HttpError 422 decode_failed, image_too_large, output_too_large; 503 busy
 */
export async function rescaled(
  opened: Opened,
  plan: Plan,
  encoder: Encoder,
  { quality, keepProfile }: RescaleOptions,
  context: RescaleContext,
): Promise<Derived | undefined> {
  const planned = planRescaled(opened, plan, encoder, quality);
  if (!planned || planned.memoryBytes > context.limits.maxWholeBytes) return undefined;
  const { asStored, profile } = await plainColours(opened, keepProfile, context.budget);
  if (!asStored) return undefined;
  context.describe(roadOf(plan, encoder, planned));
  const held = opened.bytes.length + planned.memoryBytes + planned.outputBytes;
  const run = () => context.time("rescale", () => planned.run(opened.bytes));
  const file = await context.budget.run(held, () => caught(run));
  const bytes = (profile && embedProfile(file, encoder.format, profile)) ?? file;
  return { bytes, mime: encoder.mime, extension: encoder.extension };
}

function planRescaled(
  { header }: Opened,
  { steps, atLeast }: Plan,
  { format }: Encoder,
  quality: number,
): PlannedRescale | undefined {
  const rescaling = header.format === format ? rescalingOf(steps, header) : undefined;
  return rescaling && RESCALERS[format]?.plan(header, { rescaling, atLeast, quality });
}

/** As that of pixels: `jpg planes 1/4 resample orient > jpg`. */
function roadOf({ steps }: Plan, { format }: Encoder, { scale }: PlannedRescale): string {
  return `${[format, "planes", scale, ...steps.map((step) => step.do)].join(" ")} > ${format}`;
}
