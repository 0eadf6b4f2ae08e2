import type { DecodeRequest, Effort, Encoder, Format, Header } from "../codec/codec.ts";
import { ENCODERS, type OutputFormat } from "../codec/codecs.ts";
import { canEmbedProfile, embedProfile } from "../codec/embed-profile.ts";
import type { Operation, Step } from "../operation/operation.ts";
import type { Timing } from "../timing.ts";
import type { Colour } from "../transform/colour.ts";
import { mapFrames, type Raster } from "../transform/image.ts";
import { type Foregrounds, runSteps } from "../transform/pipeline.ts";
import { type Plan, planOf } from "../transform/plan.ts";
import { type Decoding, planDecoding } from "./decoding.ts";
import type { Derived } from "./derived.ts";
import { drawnBytes, loadForegrounds } from "./foreground.ts";
import { caught, type OpenContext, type Opened, open } from "./opened.ts";
import { originalFile } from "./original.ts";
import { checkAnimation, checkOutput, largestOf } from "./output-limits.ts";
import { rescaled } from "./rescaled.ts";

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

export interface DeriveContext extends OpenContext, Pick<Timing, "time" | "describe"> {
  /** Bytes of a further picture in the source storage. */
  readonly loadForeground: (path: string) => Promise<Uint8Array>;
}

/**
 * Decodes once, runs all operations on pixels, encodes once.
 * @throws HttpError 415 unsupported_image; 422 decode_failed, image_too_large, too_many_scans,
 * animation_too_large, output_too_large; 503 busy
 */
export async function derive(bytes: Uint8Array, wanted: Wanted, context: DeriveContext): Promise<Derived> {
  const opened = open(bytes, context);
  const file = wanted.original ? await originalFile(opened, wanted.keepProfile, context) : undefined;
  if (file) return file;
  const encoder = ENCODERS[wanted.format(opened.header.format)];
  const plan = planOf(opened.header, wanted.operations);
  if (!wanted.original) checkOutput(plan, encoder, context.limits);
  const keepProfile = wanted.keepProfile && canEmbedProfile(encoder.format) && !wanted.operations.some(drawsOver);
  const short = needsPixels(wanted)
    ? undefined
    : await rescaled(opened, plan, encoder, { quality: wanted.quality, keepProfile }, context);
  if (short) return short;
  const request = decodeRequest(plan, opened.header, encoder);
  // The frames as they are read, and what any operation makes of them.
  if (request.frames === "all") checkAnimation(opened.header, largestOf(plan.sizes), context.limits);
  const foregrounds = await loadForegrounds(wanted.operations, context.loadForeground, context);
  const drawn = drawnBytes(plan, foregrounds, context.limits);
  const decoding = await planDecoding(opened, plan, { ...request, keepProfile }, context);
  const encoding = encoder.workingSetBytes({ ...plan.size, alpha: opened.header.alpha }, wanted.effort);
  const held = opened.bytes.length + drawn + decoding.memoryBytes + encoding;
  const job = { opened, plan, decoding, encoder, wanted, foregrounds, context };
  return context.budget.run(held, () => caught(() => make(job)));
}

/** The smallest file is searched for with the whole picture at hand, and a shape is cut out of its pixels. */
const needsPixels = ({ effort, shape }: Wanted): boolean => effort === "max" || shape !== undefined;

/** Another picture, which is in sRGB. */
const drawsOver = ({ foregrounds }: Operation): boolean => foregrounds.length > 0;

interface Job {
  readonly opened: Opened;
  readonly plan: Plan;
  readonly decoding: Decoding;
  readonly encoder: Encoder;
  readonly wanted: Wanted;
  readonly foregrounds: Foregrounds;
  readonly context: DeriveContext;
}

async function make({ opened, plan, decoding, encoder, wanted, foregrounds, context }: Job): Promise<Derived> {
  const { picture: source, profile } = await context.time("decode", () => decoding.decode());
  const matte: Step[] = source.alpha && !encoder.alpha ? [{ do: "flatten", background: wanted.background }] : [];
  const steps = [...decoding.steps, ...matte];
  context.describe(roadOf(opened.header, decoding.roadOf(source), steps, encoder));
  const whole = runSteps(source, { steps, size: plan.size, stored: decoding.stored, foregrounds });
  const picture = wanted.shape ? mapFrames(whole, wanted.shape) : whole;
  const options = { quality: wanted.quality, effort: wanted.effort, rgb: profile !== undefined };
  const file = await context.time("encode", () => encoder.encode(picture, options));
  const bytes = (profile && embedProfile(file, encoder.format, profile)) ?? file;
  return { bytes, mime: encoder.mime, extension: encoder.extension };
}

/** What is read and at which scale, what is done to it, what is written: `jpg 1/4 resample orient > jpg`. */
const roadOf = ({ format }: Header, decoding: readonly string[], steps: readonly Step[], encoder: Encoder): string =>
  `${[format, ...decoding, ...steps.map((step) => step.do)].join(" ")} > ${encoder.format}`;

/** One frame is enough where the output is a still, whatever the source holds. */
const decodeRequest = ({ atLeast }: Plan, { frameCount }: Header, { animated }: Encoder): DecodeRequest => ({
  atLeast,
  frames: animated && frameCount > 1 ? "all" : "first",
});
