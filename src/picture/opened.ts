import type { DecodeRequest, Decoder, Header } from "../codec/codec.ts";
import { DECODERS, MIME_TYPES } from "../codec/codecs.ts";
import { sniffFormat } from "../codec/sniff.ts";
import { keptProfile, toSrgb } from "../colour/srgb.ts";
import type { Limits } from "../env.ts";
import { HttpError } from "../error.ts";
import type { Runner } from "../platform/budget.ts";
import type { Box } from "../transform/geometry.ts";
import { firstFrame, type Picture } from "../transform/image.ts";
import { orientedSize } from "../transform/orientation.ts";
import { checkAnimation } from "./output-limits.ts";

/** What a file is held against before anything of it is decoded. */
export interface OpenContext {
  readonly limits: Limits;
  readonly maxImageDimensions: Box | undefined;
  readonly budget: Runner;
}

/** A file of which the header and the size are known: enough to tell what decoding it takes. */
export interface Measured {
  readonly bytes: { readonly length: number };
  readonly decoder: Decoder;
  readonly header: Header;
}

/** A file whose header was read and found within the limits. */
export interface Opened extends Measured {
  readonly bytes: Uint8Array;
}

/** Finds the decoder by the first bytes, reads the header, and holds it against the limits. */
export function open(bytes: Uint8Array, context: Omit<OpenContext, "budget">): Opened {
  const format = sniffFormat(bytes);
  if (!format) throw unsupported();
  const decoder = DECODERS[format];
  const header = decoder.readHeader(bytes);
  checkHeader(header, context);
  return { bytes, decoder, header };
}

export const unsupported = (): HttpError =>
  new HttpError(415, "unsupported_image", "Cannot read the source: expected JPEG, PNG, GIF, WebP, AVIF, BMP or TIFF");

/** @throws HttpError 400 or 422 image_too_large, 422 too_many_scans */
export function checkHeader(header: Header, { limits, maxImageDimensions }: Omit<OpenContext, "budget">): void {
  checkSource(header, limits, maxImageDimensions);
  checkScans(header, limits);
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

/** security.md L9 */
function checkScans({ scanCount = 1 }: Header, { maxJpegScans }: Limits): void {
  if (scanCount > maxJpegScans)
    throw new HttpError(422, "too_many_scans", `Cannot decode ${scanCount} scans: expected at most ${maxJpegScans}`);
}

const tooLarge = (message: string) => new HttpError(422, "image_too_large", message);

/** security.md L5: what a format that cannot be read by rows, or scaled, must hold at once. */
export const workingSet = ({ decoder, header, bytes }: Measured, request: DecodeRequest, limits: Limits): number =>
  withinMemory("decode", decoder.workingSetBytes(header, request, bytes.length), limits);

/** A turn holds its whole picture as well, and so do several in a row. */
export function withinMemory(action: string, bytes: number, { maxWholeBytes }: Limits): number {
  if (bytes <= maxWholeBytes) return bytes;
  throw tooLarge(
    `Cannot ${action} this picture: it takes ${bytes} bytes of memory, at most ${maxWholeBytes} are allowed`,
  );
}

export interface Decoded {
  readonly picture: Picture;
  /** What its pixels are in; absent: sRGB. */
  readonly profile: Uint8Array | undefined;
}

/** Decoded pixels: in sRGB, or as they are stored where `keepProfile` is wanted and possible. */
export async function decode(opened: Opened, request: DecodeRequest, keepProfile: boolean): Promise<Decoded> {
  const { bytes, decoder, header } = opened;
  const stored = await decoder.readProfile(bytes);
  const profile = keepProfile ? keptProfile(stored, header.colour) : undefined;
  const picture = await decoder.decode(bytes, header, request);
  return { picture: profile ? picture : toSrgb(picture, stored, header.colour), profile };
}

/**
 * The media type of a picture within the limits, animations included, of which the first frame can be decoded to its
 * end.
 * @throws HttpError as `derive` does
 */
export async function verifyDecodable(bytes: Uint8Array, context: OpenContext): Promise<string> {
  const { mime, run } = planVerification(bytes, context);
  await run();
  return mime;
}

/** What `verifyDecodable` finds out from the header, what the rest of it takes, and that rest. */
export function planVerification(bytes: Uint8Array, context: OpenContext) {
  const opened = open(bytes, context);
  const { decoder, header } = opened;
  checkAnimation(header, header, context.limits);
  const memoryBytes = verifyingBytes(opened, context.limits);
  const verify = async () => {
    const raster = await firstFrame(await decoder.decode(bytes, header, AS_SMALL_AS_CAN_BE));
    for await (const _band of raster.bands());
  };
  const run = () => context.budget.run(memoryBytes, () => caught(verify));
  return { mime: MIME_TYPES[header.format], memoryBytes, run };
}

const AS_SMALL_AS_CAN_BE: DecodeRequest = { atLeast: { width: 1, height: 1 }, frames: "first" };

/** Predicted peak of bytes that `verifyDecodable` takes, the file included. @throws HttpError 422 image_too_large */
export const verifyingBytes = (measured: Measured, limits: Limits): number =>
  measured.bytes.length + workingSet(measured, AS_SMALL_AS_CAN_BE, limits);

/** A trap means that memory ran out, or a fault of ours: the instance is gone with the job, the picture is refused. */
export async function caught<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError)) throw thrown;
    throw new HttpError(422, "decode_failed", "Cannot decode this picture: it broke the decoder", { cause: thrown });
  }
}
