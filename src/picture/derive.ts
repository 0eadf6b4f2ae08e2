import type { Header } from "../codec/codec.ts";
import { canEmbedProfile, embedProfile } from "../codec/embed-profile.ts";
import type { Operation, Step } from "../operation/operation.ts";
import type { Timing } from "../timing.ts";
import { mapFrames } from "../transform/image.ts";
import { type Foregrounds, runSteps } from "../transform/pipeline.ts";
import { type Decoding, planDecoding } from "./decoding.ts";
import type { Derived } from "./derived.ts";
import { drawnBytes, loadForegrounds } from "./foreground.ts";
import { caught, type OpenContext, type Opened, open } from "./opened.ts";
import { originalFile } from "./original.ts";
import { type Outline, outlineOf, type Wanted } from "./outline.ts";
import { rescaled } from "./rescaled.ts";

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
  const outline = outlineOf(opened.header, wanted, context.limits);
  const { encoder, plan, request } = outline;
  const keepProfile = wanted.keepProfile && canEmbedProfile(encoder.format) && !wanted.operations.some(drawsOver);
  const short = await rescaled(opened, outline, { ...wanted, keepProfile }, context);
  if (short) return short;
  const foregrounds = await loadForegrounds(wanted.operations, context.loadForeground, context);
  const drawn = drawnBytes(plan, foregrounds, context.limits);
  const decoding = await planDecoding(opened, plan, { ...request, keepProfile }, context);
  const held = opened.bytes.length + drawn + decoding.memoryBytes + outline.encodingBytes;
  const job = { opened, outline, decoding, wanted, foregrounds, context };
  return context.budget.run(held, () => caught(() => make(job)));
}

/** Another picture, which is in sRGB. */
const drawsOver = ({ foregrounds }: Operation): boolean => foregrounds.length > 0;

interface Job {
  readonly opened: Opened;
  readonly outline: Outline;
  readonly decoding: Decoding;
  readonly wanted: Wanted;
  readonly foregrounds: Foregrounds;
  readonly context: DeriveContext;
}

async function make({ opened, outline, decoding, wanted, foregrounds, context }: Job): Promise<Derived> {
  const { encoder, plan } = outline;
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
const roadOf = (
  { format }: Header,
  decoding: readonly string[],
  steps: readonly Step[],
  encoder: Outline["encoder"],
): string => `${[format, ...decoding, ...steps.map((step) => step.do)].join(" ")} > ${encoder.format}`;
