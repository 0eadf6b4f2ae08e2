import { ENCODERS } from "../codec/codecs.ts";
import { canEmbedProfile } from "../codec/embed-profile.ts";
import type { Operation } from "../operation/operation.ts";
import type { Timing } from "../timing.ts";
import { planOf } from "../transform/plan.ts";
import type { Derivation, PlanContext, Task, Wanted } from "./derivation.ts";
import type { Derived } from "./derived.ts";
import { type Opened, open } from "./opened.ts";
import { planFile } from "./original.ts";
import { checkOutput } from "./output-limits.ts";
import { planPixels } from "./pixels.ts";
import { planPlanes } from "./rescaled.ts";

export interface DeriveContext extends PlanContext, Pick<Timing, "describe"> {}

/**
 * Decodes once, runs all operations on pixels, encodes once.
 * @throws HttpError 415 unsupported_image; 422 decode_failed, image_too_large, too_many_scans,
 * animation_too_large, output_too_large; 503 busy
 */
export async function derive(bytes: Uint8Array, wanted: Wanted, context: DeriveContext): Promise<Derived> {
  const derivation = await planDerivation(bytes, wanted, context);
  context.describe(derivation.road);
  return derivation.run();
}

/**
 * How `derive` goes about it.
 * @throws HttpError as `derive`, for everything that can be told without decoding the source
 */
export async function planDerivation(bytes: Uint8Array, wanted: Wanted, context: PlanContext): Promise<Derivation> {
  const opened = open(bytes, context);
  const plan = planOf(opened.header, wanted.operations);
  const file = wanted.original ? await planFile(opened, plan, wanted.keepProfile, context) : undefined;
  if (file) return file;
  const task = taskOf(opened, plan, wanted);
  if (!wanted.original) checkOutput(plan, task.encoder, context.limits);
  return (await planPlanes(task, context)) ?? planPixels(task, context);
}

function taskOf(opened: Opened, plan: Task["plan"], wanted: Wanted): Task {
  const format = wanted.format(opened.header.format);
  const keepProfile = wanted.keepProfile && canEmbedProfile(format) && !wanted.operations.some(drawsOver);
  return { opened, plan, format, encoder: ENCODERS[format], wanted, keepProfile };
}

/** Another picture, which is in sRGB. */
const drawsOver = ({ foregrounds }: Operation): boolean => foregrounds.length > 0;
