import type { DecodeRequest, Effort, Encoder, Format, Header } from "../codec/codec.ts";
import { ENCODERS, type OutputFormat } from "../codec/codecs.ts";
import type { Limits } from "../env.ts";
import type { Operation } from "../operation/operation.ts";
import type { Colour } from "../transform/colour.ts";
import type { Raster } from "../transform/image.ts";
import { type Plan, planOf } from "../transform/plan.ts";
import { checkAnimation, checkOutput, largestOf } from "./output-limits.ts";

/** What is wanted of a source, with every default filled in. */
export interface Wanted {
  readonly operations: readonly Operation[];
  /** Nothing is to be changed: the file itself will do, without its metadata. */
  readonly original: boolean;
  /** Picks the format once that of the source is known. */
  readonly format: (source: Format) => OutputFormat;
  readonly quality: number;
  readonly effort: Effort;
  readonly background: Colour;
  /** Pixels stay in the source's profile, and the result carries it, where both can be. */
  readonly keepProfile: boolean;
  /** Cuts a shape out of each frame once the operations are done. */
  readonly shape?: ((raster: Raster) => Raster) | undefined;
}

/** How what is wanted will be made: known from a header, before anything is decoded. */
export interface Outline {
  readonly encoder: Encoder;
  readonly plan: Plan;
  readonly request: DecodeRequest;
  /** Predicted peak of bytes that encoding takes. */
  readonly encodingBytes: number;
}

/** @throws HttpError 400 invalid_parameter; 422 output_too_large, animation_too_large */
export function outlineOf(header: Header, wanted: Wanted, limits: Limits): Outline {
  const encoder = ENCODERS[wanted.format(header.format)];
  const plan = planOf(header, wanted.operations);
  if (!wanted.original) checkOutput(plan, encoder, limits);
  const request = decodeRequest(plan, header, encoder);
  // The frames as they are read, and what any operation makes of them.
  if (request.frames === "all") checkAnimation(header, largestOf(plan.sizes), limits);
  const encodingBytes = encoder.workingSetBytes({ ...plan.size, alpha: header.alpha }, wanted.effort);
  return { encoder, plan, request, encodingBytes };
}

/** One frame is enough where the output is a still, whatever the source holds. */
const decodeRequest = ({ atLeast }: Plan, { frameCount }: Header, { animated }: Encoder): DecodeRequest => ({
  atLeast,
  frames: animated && frameCount > 1 ? "all" : "first",
});
