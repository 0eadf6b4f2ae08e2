import type { DecodeRequest, Decoder, Encoder, Format, Header } from "../codec/codec.ts";
import { DECODERS, ENCODERS, MIME_TYPES, type OutputFormat } from "../codec/codecs.ts";
import { sniffFormat } from "../codec/sniff.ts";
import { toSrgb } from "../colour/srgb.ts";
import type { Limits } from "../env.ts";
import { HttpError } from "../error.ts";
import type { Operation, Step } from "../operation/operation.ts";
import { sourceTooLarge } from "../platform/bounded.ts";
import type { Budget } from "../platform/budget.ts";
import type { Colour } from "../transform/colour.ts";
import { stepsBytes } from "../transform/cost.ts";
import { type Box, wholeOf } from "../transform/geometry.ts";
import { firstFrame, type Picture, type RawImage, type Size, toImage } from "../transform/image.ts";
import { orientedSize } from "../transform/orientation.ts";
import { type Foreground, type Foregrounds, runSteps } from "../transform/pipeline.ts";
import { type Plan, planOf } from "../transform/plan.ts";
import { outputTooLarge } from "./options.ts";
import { strippedOriginal } from "./original.ts";

/** What is wanted of a source, with every default filled in. */
export interface Wanted {
  readonly operations: readonly Operation[];
  /** Nothing is to be changed: the file itself will do, without its metadata. */
  readonly original: boolean;
  /** Picks the format once that of the source is known. */
  readonly format: (source: Format) => OutputFormat;
  readonly quality: number;
  readonly background: Colour;
}

export interface Derived {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly extension: string;
}

/** What a file is held against before anything of it is decoded. */
export interface OpenContext {
  readonly limits: Limits;
  readonly maxImageDimensions: Box | undefined;
  readonly budget: Budget;
}

export interface DeriveContext extends OpenContext {
  /** Bytes of a further picture in the source storage. */
  readonly loadForeground: (path: string) => Promise<Uint8Array>;
  /** Told the milliseconds and the name of each step that was waited for. */
  readonly time: <T>(step: string, work: () => Promise<T>) => Promise<T>;
}

/** A file whose header was read and found within the limits. */
interface Opened {
  readonly bytes: Uint8Array;
  readonly decoder: Decoder;
  readonly header: Header;
}

/**
 * Decodes once, runs all operations on pixels, encodes once.
 * @throws HttpError 415 unsupported_image; 422 decode_failed, image_too_large, animation_too_large, output_too_large;
 * 503 busy
 */
export async function derive(bytes: Uint8Array, wanted: Wanted, context: DeriveContext): Promise<Derived> {
  const opened = open(bytes, context);
  const file = wanted.original ? await originalFile(opened, context) : undefined;
  if (file) return file;
  const encoder = ENCODERS[wanted.format(opened.header.format)];
  const plan = planOf(opened.header, wanted.operations);
  checkOutput(plan, encoder, context.limits);
  const request = decodeRequest(plan, opened.header, encoder);
  checkAnimation(opened.header, request, plan, context.limits);
  const foregrounds = await loadForegrounds(wanted.operations, context);
  const drawn = drawnBytes(plan, foregrounds, context.limits);
  const held = drawn + heldBytes(opened, request, plan, encoder, context.limits);
  const job = { opened, plan, request, encoder, wanted, foregrounds, context };
  return context.budget.run(held, () => caught(() => make(job)));
}

/** A trap means that memory ran out, or a fault of ours: the instance is gone with the job, the picture is refused. */
async function caught<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError)) throw thrown;
    throw new HttpError(422, "decode_failed", "Cannot decode this picture: it broke the decoder", { cause: thrown });
  }
}

/** The file without its metadata, where it may be shown as it is and what is left of it can be decoded. */
async function originalFile({ bytes, decoder, header }: Opened, context: OpenContext): Promise<Derived | undefined> {
  const { format } = header;
  const stripped = format === "tiff" ? undefined : await strippedOriginal(bytes, decoder, header);
  if (!stripped || format === "tiff") return undefined;
  return { bytes: stripped, mime: await verifyDecodable(stripped, context), extension: ENCODERS[format].extension };
}

/**
 * The media type of a picture that can be decoded to its end.
 * @throws HttpError as `derive` does
 */
export async function verifyDecodable(bytes: Uint8Array, context: OpenContext): Promise<string> {
  const { decoder, header } = open(bytes, context);
  const request: DecodeRequest = { atLeast: { width: 1, height: 1 }, frames: "first" };
  const held = bytes.length + workingSet({ bytes, decoder, header }, request, context.limits);
  await context.budget.run(held, () =>
    caught(async () => {
      const raster = await firstFrame(await decoder.decode(bytes, header, request));
      for await (const _band of raster.bands());
    }),
  );
  return MIME_TYPES[header.format];
}

interface Job {
  readonly opened: Opened;
  readonly plan: Plan;
  readonly request: DecodeRequest;
  readonly encoder: Encoder;
  readonly wanted: Wanted;
  readonly foregrounds: Foregrounds;
  readonly context: DeriveContext;
}

async function make({ opened, plan, request, encoder, wanted, foregrounds, context }: Job): Promise<Derived> {
  const decoded = await context.time("decode", () => decode(opened, request));
  const matte: Step[] = decoded.alpha && !encoder.alpha ? [{ do: "flatten", background: wanted.background }] : [];
  const steps = [...plan.steps, ...matte];
  const picture = runSteps(decoded, { steps, size: plan.size, stored: opened.header, foregrounds });
  const bytes = await context.time("encode", () => encoder.encode(picture, { quality: wanted.quality }));
  return { bytes, mime: encoder.mime, extension: encoder.extension };
}

/** Decoded pixels in sRGB. */
async function decode({ bytes, decoder, header }: Opened, request: DecodeRequest): Promise<Picture> {
  const profile = await decoder.readProfile(bytes);
  return toSrgb(await decoder.decode(bytes, header, request), profile, header.colour);
}

/** Finds the decoder by the first bytes, reads the header, and holds it against the limits. */
function open(bytes: Uint8Array, { limits, maxImageDimensions }: OpenContext): Opened {
  const format = sniffFormat(bytes);
  if (!format)
    throw new HttpError(
      415,
      "unsupported_image",
      "Cannot read the source: expected JPEG, PNG, GIF, WebP, AVIF, BMP or TIFF",
    );
  const decoder = DECODERS[format];
  const header = decoder.readHeader(bytes);
  checkSource(header, limits, maxImageDimensions);
  return { bytes, decoder, header };
}

function checkSource(header: Header, { maxSourcePixels, maxSourceSide }: Limits, dimensions: Box | undefined): void {
  const { width, height } = orientedSize(header, header.orientation);
  const beyond = (most: number | undefined, side: number) => most !== undefined && most > 0 && side > most;
  if (beyond(dimensions?.width, width) || beyond(dimensions?.height, height))
    throw new HttpError(400, "image_too_large", `max dimensions is ${dimensions?.width} x ${dimensions?.height}`);
  if (width * height > maxSourcePixels || Math.max(width, height) > maxSourceSide)
    throw tooLarge(
      `Cannot decode ${width} x ${height} pixels: expected at most ${maxSourcePixels}, ${maxSourceSide} a side`,
    );
}

const tooLarge = (message: string) => new HttpError(422, "image_too_large", message);

/** L7: the result, and on the way to it whatever an operation makes larger than it was. */
function checkOutput({ size, sizes }: Plan, encoder: Encoder, { maxAvifPixels, ...limits }: Limits): void {
  const { maxOutputSide, maxOutputPixels } = limits;
  const check = (made: Size, maxPixels: number) => {
    if (Math.max(made.width, made.height) > maxOutputSide || pixelsOf(made) > maxPixels)
      throw outputTooLarge(made, maxOutputSide, maxPixels);
  };
  check(size, encoder.format === "avif" ? Math.min(maxAvifPixels, maxOutputPixels) : maxOutputPixels);
  sizes.forEach((made, at) => {
    if (at > 0 && pixelsOf(made) > pixelsOf(sizes[at - 1])) check(made, maxOutputPixels);
  });
}

const pixelsOf = ({ width, height }: Size): number => width * height;

/** One frame is enough where the output is a still, whatever the source holds. */
const decodeRequest = ({ atLeast }: Plan, { frameCount }: Header, { animated }: Encoder): DecodeRequest => ({
  atLeast,
  frames: animated && frameCount > 1 ? "all" : "first",
});

/** L8, for the frames as they are read and for what any operation makes of them. */
function checkAnimation(header: Header, { frames }: DecodeRequest, { sizes }: Plan, limits: Limits): void {
  if (frames === "first") return;
  const { frameCount } = header;
  const { maxFrames, maxAnimationPixels } = limits;
  const { width, height } = sizes.reduce((largest, size) => (pixelsOf(size) > pixelsOf(largest) ? size : largest));
  if (frameCount > maxFrames || frameCount * width * height > maxAnimationPixels)
    throw new HttpError(
      422,
      "animation_too_large",
      `Cannot make ${frameCount} frames of ${width} x ${height}: expected at most ${maxFrames} frames and ${maxAnimationPixels} pixels in all`,
    );
}

/** Bytes that the job holds at its peak: what the decoder and the encoder predict, the result, and the source itself. */
function heldBytes(opened: Opened, request: DecodeRequest, plan: Plan, encoder: Encoder, limits: Limits): number {
  const steps = withinMemory("change", stepsBytes(plan.steps, opened.header), limits);
  return opened.bytes.length + workingSet(opened, request, limits) + steps + encoder.workingSetBytes(plan.size);
}

/** security.md L5: what a format that cannot be read by rows, or scaled, must hold at once. */
const workingSet = ({ decoder, header, bytes }: Opened, request: DecodeRequest, limits: Limits): number =>
  withinMemory("decode", decoder.workingSetBytes(header, request, bytes.length), limits);

/** A turn holds its whole picture as well, and so do several in a row. */
function withinMemory(action: string, bytes: number, { maxWholeBytes }: Limits): number {
  if (bytes <= maxWholeBytes) return bytes;
  throw tooLarge(
    `Cannot ${action} this picture: it takes ${bytes} bytes of memory, at most ${maxWholeBytes} are allowed`,
  );
}

/** A further picture, and what decoding it for a size takes. */
interface OpenedForeground extends Foreground {
  readonly sourceBytes: number;
  readonly workingBytes: (size: Size) => number;
}

/** All of them together may have as many bytes as one source. */
async function loadForegrounds(operations: readonly Operation[], context: DeriveContext) {
  const paths = new Set(operations.flatMap(({ foregrounds }) => foregrounds));
  const loaded = new Map<string, OpenedForeground>();
  let leftBytes = context.limits.maxSourceBytes;
  for (const path of paths) {
    const bytes = await context.loadForeground(path);
    leftBytes -= bytes.length;
    if (leftBytes < 0) throw sourceTooLarge();
    loaded.set(path, foreground(open(bytes, context), context));
  }
  return loaded;
}

/**
 * Bytes that drawing takes: files and drawn pictures stay until the end, decoding is one after the other. The drawn
 * pictures together are held to the size of one output (security.md L7).
 */
function drawnBytes({ steps }: Plan, foregrounds: ReadonlyMap<string, OpenedForeground>, limits: Limits): number {
  let [drawnPixels, decoding] = [0, 0];
  for (const step of steps) {
    const foreground = step.do === "draw" ? foregrounds.get(step.path) : undefined;
    const rect = step.do === "draw" && foreground ? step.place(foreground.size) : undefined;
    if (!foreground || !rect) continue;
    drawnPixels += pixelsOf(rect);
    if (Math.max(rect.width, rect.height) > limits.maxOutputSide || drawnPixels > limits.maxOutputPixels)
      throw outputTooLarge(rect, limits.maxOutputSide, limits.maxOutputPixels);
    decoding = Math.max(decoding, foreground.workingBytes(rect));
  }
  const files = [...foregrounds.values()].reduce((sum, { sourceBytes }) => sum + sourceBytes, 0);
  return files + decoding + drawnPixels * 4;
}

function foreground(opened: Opened, { limits }: DeriveContext): OpenedForeground {
  const size = orientedSize(opened.header, opened.header.orientation);
  const drawn = new Map<string, Promise<RawImage>>();
  return {
    size,
    sourceBytes: opened.bytes.length,
    workingBytes: (wanted) => workingSet(opened, scalingTo(wanted, opened).request, limits),
    /** Made once, however many frames it is drawn over. */
    scaledTo(wanted) {
      const key = `${wanted.width}x${wanted.height}`;
      const image = drawn.get(key) ?? scaled(opened, wanted);
      drawn.set(key, image);
      return image;
    },
  };
}

/** What to do with a further picture to get it at `size`. */
function scalingTo(size: Size, { header }: Opened) {
  const scale: Operation = {
    name: "resize",
    box: undefined,
    foregrounds: [],
    plan: (source) => ({ steps: [{ do: "resample", part: wholeOf(source), size }], size }),
  };
  const plan = planOf(header, [scale]);
  const request: DecodeRequest = { atLeast: plan.atLeast, frames: "first" };
  return { plan, request };
}

async function scaled(opened: Opened, size: Size): Promise<RawImage> {
  const { plan, request } = scalingTo(size, opened);
  const picture = await decode(opened, request);
  const drawn = runSteps(picture, { ...plan, stored: opened.header, foregrounds: new Map() });
  return toImage(await firstFrame(drawn));
}
