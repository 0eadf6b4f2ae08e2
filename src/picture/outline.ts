import type { DecodeRequest, Encoder, Header } from "../codec/codec.ts";
import { ENCODERS, type OutputFormat } from "../codec/codecs.ts";
import type { Limits } from "../env.ts";
import { type Plan, planOf } from "../transform/plan.ts";
import type { Wanted } from "./derivation.ts";
import { checkAnimation, checkOutput, largestOf } from "./output-limits.ts";

/** How what is wanted will be made: known from a header, before anything is decoded. */
export interface Outline {
  readonly format: OutputFormat;
  readonly encoder: Encoder;
  readonly plan: Plan;
  readonly request: DecodeRequest;
  /** Predicted peak of bytes that encoding takes. */
  readonly encodingBytes: number;
}

/** @throws HttpError 400 invalid_parameter; 422 output_too_large, animation_too_large */
export function outlineOf(header: Header, wanted: Wanted, limits: Limits): Outline {
  const format = wanted.format(header.format);
  const encoder = ENCODERS[format];
  const plan = planOf(header, wanted.operations);
  if (!wanted.original) checkOutput(plan, encoder, limits);
  const request = decodeRequest(plan, header, encoder);
  // The frames as they are read, and what any operation makes of them.
  if (request.frames === "all") checkAnimation(header, largestOf(plan.sizes), limits);
  const encodingBytes = encoder.workingSetBytes({ ...plan.size, alpha: header.alpha }, wanted.effort);
  return { format, encoder, plan, request, encodingBytes };
}

/** One frame is enough where the output is a still, whatever the source holds. */
const decodeRequest = ({ atLeast }: Plan, { frameCount }: Header, { animated }: Encoder): DecodeRequest => ({
  atLeast,
  frames: animated && frameCount > 1 ? "all" : "first",
});
