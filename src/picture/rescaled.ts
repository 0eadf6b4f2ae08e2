import type { PlannedRescale } from "../codec/codec.ts";
import { RESCALERS } from "../codec/codecs.ts";
import { embedProfile } from "../codec/embed-profile.ts";
import type { Limits } from "../env.ts";
import { rescalingOf } from "../transform/rescaling.ts";
import { type Derivation, type PlanContext, roadOf, type Task, type Wanted } from "./derivation.ts";
import { caught, type Measured } from "./opened.ts";
import type { Outline } from "./outline.ts";
import { plainColours } from "./stored-colours.ts";

/**
 * What is wanted of a picture that keeps its format and its colours, made without pixels. Absent where it cannot be.
 * @throws HttpError 503 busy
 */
export async function planPlanes(task: Task, context: PlanContext): Promise<Derivation | undefined> {
  const { opened, plan, format, encoder, keepProfile } = task;
  const planned = planRescaled(opened, task, task.wanted, context.limits);
  if (!planned) return undefined;
  const { asStored, profile } = await plainColours(opened, keepProfile, context.budget);
  if (!asStored) return undefined;
  const { steps, sizes } = plan;
  const memoryBytes = rescalingBytes(opened, planned);
  return {
    ...{ way: "planes", header: opened.header, shrink: planned.scale, steps, sizes, memoryBytes },
    ...{ format, frameCount: 1 },
    road: roadOf(opened.header, ["planes", planned.scale], steps, format),
    async run() {
      const run = () => context.time("rescale", () => planned.run(opened.bytes));
      const file = await context.budget.run(memoryBytes, () => caught(run));
      const bytes = (profile && embedProfile(file, format, profile)) ?? file;
      return { bytes, mime: encoder.mime, extension: encoder.extension };
    },
  };
}

/** How it is made without pixels, if its colours may stay: the one place where that is decided. */
export function planRescaled(
  { header }: Measured,
  { plan: { steps, atLeast }, format }: Outline,
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
