import { embedProfile } from "../codec/embed-profile.ts";
import type { Step } from "../operation/operation.ts";
import { mapFrames } from "../transform/image.ts";
import { type Foregrounds, runSteps } from "../transform/pipeline.ts";
import { type Decoding, planDecoding } from "./decoding.ts";
import { type Derivation, type PlanContext, roadOf, type Task } from "./derivation.ts";
import type { Derived } from "./derived.ts";
import { drawnBytes, loadForegrounds } from "./foreground.ts";
import { caught } from "./opened.ts";

/**
 * Pixels are decoded, changed and encoded: the way that every picture can go.
 * @throws HttpError 422 image_too_large; 503 busy; those of further pictures
 */
export async function planPixels(task: Task, context: PlanContext): Promise<Derivation> {
  const { opened, plan, format, request, wanted, keepProfile } = task;
  const { header } = opened;
  const foregrounds = await loadForegrounds(wanted.operations, context.loadForeground, context);
  const drawn = drawnBytes(plan, foregrounds, context.limits);
  const decoding = await planDecoding(opened, plan, { ...request, keepProfile }, context);
  const memoryBytes = opened.bytes.length + drawn + decoding.memoryBytes + task.encodingBytes;
  const job: Job = { ...task, decoding, steps: [...decoding.steps, ...matteOf(task)], foregrounds, time: context.time };
  return {
    ...{ way: "pixels", header, sizes: plan.sizes, memoryBytes },
    ...{ format, frameCount: request.frames === "all" ? header.frameCount : 1 },
    ...{ shrink: decoding.shrink, steps: [...decoding.scaled, ...job.steps] },
    road: roadOf(header, roadOfDecoding(decoding), job.steps, format),
    run: () => context.budget.run(memoryBytes, () => caught(() => make(job))),
  };
}

const matteOf = ({ opened: { header }, encoder, wanted }: Task): Step[] =>
  header.alpha && !encoder.alpha ? [{ do: "flatten", background: wanted.background }] : [];

const roadOfDecoding = ({ shrink, scaled }: Decoding): string[] =>
  scaled.length > 0 ? ["planes", shrink, ...scaled.map((step) => step.do)] : [shrink];

interface Job extends Task, Pick<PlanContext, "time"> {
  readonly decoding: Decoding;
  readonly steps: readonly Step[];
  readonly foregrounds: Foregrounds;
}

async function make({ plan, decoding, steps, format, encoder, wanted, foregrounds, time }: Job): Promise<Derived> {
  const { picture: source, profile } = await time("decode", () => decoding.decode());
  const whole = runSteps(source, { steps, size: plan.size, stored: decoding.stored, foregrounds });
  const { shape, quality, effort } = wanted;
  const picture = shape ? mapFrames(whole, shape) : whole;
  const file = await time("encode", () => encoder.encode(picture, { quality, effort, rgb: profile !== undefined }));
  const bytes = (profile && embedProfile(file, format, profile)) ?? file;
  return { bytes, mime: encoder.mime, extension: encoder.extension };
}
