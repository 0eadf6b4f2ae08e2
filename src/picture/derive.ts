import { canEmbedProfile } from "../codec/embed-profile.ts";
import type { Operation } from "../operation/operation.ts";
import type { Timing } from "../timing.ts";
import { planOf } from "../transform/plan.ts";
import type { Derivation, PlanContext, Wanted } from "./derivation.ts";
import type { Derived } from "./derived.ts";
import { open } from "./opened.ts";
import { planFile } from "./original.ts";
import { outlineOf } from "./outline.ts";
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
  const { header } = opened;
  const file = wanted.original
    ? await planFile(opened, planOf(header, wanted.operations), wanted.keepProfile, context)
    : undefined;
  if (file) return file;
  const outline = outlineOf(header, wanted, context.limits);
  const keepProfile = wanted.keepProfile && canEmbedProfile(outline.format) && !wanted.operations.some(drawsOver);
  const task = { ...outline, opened, wanted, keepProfile };
  return (await planPlanes(task, context)) ?? planPixels(task, context);
}

/** Another picture, which is in sRGB. */
const drawsOver = ({ foregrounds }: Operation): boolean => foregrounds.length > 0;
