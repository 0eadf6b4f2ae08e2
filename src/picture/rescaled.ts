import type { PlannedRescale } from "../codec/codec.ts";
import { RESCALERS } from "../codec/codecs.ts";
import { embedProfile } from "../codec/embed-profile.ts";
import { rescalingOf } from "../transform/rescaling.ts";
import { type Derivation, type PlanContext, roadOf, type Task, type Wanted } from "./derivation.ts";
import { caught } from "./opened.ts";
import { plainColours } from "./stored-colours.ts";

/**
 * What is wanted of a picture that keeps its format and its colours, made without pixels. Absent where it cannot be: the
 * one place where that is decided.
 * @throws HttpError 503 busy
 */
export async function planPlanes(task: Task, context: PlanContext): Promise<Derivation | undefined> {
  const { opened, plan, format, encoder, keepProfile } = task;
  const planned = needsPixels(task.wanted) ? undefined : planRescaled(task);
  if (!planned || planned.memoryBytes > context.limits.maxWholeBytes) return undefined;
  const { asStored, profile } = await plainColours(opened, keepProfile, context.budget);
  if (!asStored) return undefined;
  const { steps, sizes } = plan;
  const memoryBytes = opened.bytes.length + planned.memoryBytes + planned.outputBytes;
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

/** The smallest file is searched for with the whole picture at hand, and a shape is cut out of its pixels. */
const needsPixels = ({ effort, shape }: Wanted): boolean => effort === "max" || shape !== undefined;

function planRescaled({ opened, plan, format, wanted }: Task): PlannedRescale | undefined {
  const { header } = opened;
  const { steps, atLeast } = plan;
  const rescaling = header.format === format ? rescalingOf(steps, header) : undefined;
  return rescaling && RESCALERS[format]?.plan(header, { rescaling, atLeast, quality: wanted.quality });
}
