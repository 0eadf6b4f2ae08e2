import type { Format } from "../codec/codec.ts";
import { ENCODERS } from "../codec/codecs.ts";
import { sniffFormat } from "../codec/sniff.ts";
import { HttpError } from "../error.ts";
import { type Operation, operation, type Step } from "../operation/operation.ts";
import { caught, decode, type Opened, open, withinMemory, workingSet } from "../picture/opened.ts";
import { sha256Hex } from "../platform/crypto.ts";
import { stepsBytes } from "../transform/cost.ts";
import { sameSize } from "../transform/geometry.ts";
import {
  firstFrame,
  type RawImage,
  type Rect,
  type Size,
  stillPicture,
  toImage,
  toRaster,
} from "../transform/image.ts";
import { orientedSize } from "../transform/orientation.ts";
import { runSteps } from "../transform/pipeline.ts";
import { planOf } from "../transform/plan.ts";
import { type Crop, squareOf } from "./crop.ts";
import { MAX_PX } from "./parameters.ts";
import type { PictureContext } from "./picture.ts";

/** The square that every size of an avatar is made from: upright, in sRGB, without metadata. */
export interface Master {
  readonly bytes: Uint8Array;
  /** `png` where a pixel is not opaque. */
  readonly type: "png" | "jpg";
  readonly side: number;
  /** First 16 hex digits of the SHA-256 of the bytes; of an animation also of its frames. */
  readonly rev: string;
  /** Upright size of what was uploaded. */
  readonly source: Size;
  /** Which part of that the master shows. */
  readonly crop: Rect;
}

const ACCEPTED: readonly Format[] = ["jpg", "png", "gif", "webp", "avif"];
/** Above what is asked for by default: every size is encoded once more. */
const QUALITY = 92;

/**
 * A picture whose header was read and found within the limits. What the client calls it does not matter.
 * @throws HttpError 415 unsupported_image; 422 decode_failed, image_too_large
 */
export function openUpload(bytes: Uint8Array, context: PictureContext): Opened {
  const format = sniffFormat(bytes);
  if (!format || !ACCEPTED.includes(format))
    throw new HttpError(415, "unsupported_image", "Cannot read the picture: expected JPEG, PNG, GIF, WebP or AVIF");
  return open(bytes, context);
}

/**
 * The master of an upload, of whose frames only the first counts.
 * @throws HttpError 422 crop_out_of_bounds, decode_failed, image_too_large; 503 busy
 */
export async function makeMaster(opened: Opened, crop: Crop | undefined, context: PictureContext): Promise<Master> {
  const source = uprightSize(opened);
  return cutMaster(opened, squareOf(source, crop), source, context);
}

const uprightSize = ({ header }: Opened): Size => orientedSize(header, header.orientation);

/**
 * Cuts a square, shrinks it to at most 2048 pixels, encodes it.
 * @param crop in pixels of `source`, which the opened picture may be a smaller copy of
 */
export async function cutMaster(opened: Opened, crop: Rect, source: Size, context: PictureContext): Promise<Master> {
  const part = scaledTo(uprightSize(opened), crop, source);
  const side = Math.max(1, Math.min(Math.floor(part.width), MAX_PX));
  const { bytes, type } = await cut(opened, part, side, context);
  return { bytes, type, side, rev: await revisionOf(bytes), source, crop };
}

/** Two animations that begin alike are two revisions. */
export async function withAnimation(master: Master, animation: Uint8Array | undefined): Promise<Master> {
  return animation ? { ...master, rev: await revisionOf(master.rev + (await sha256Hex(animation))) } : master;
}

const revisionOf = async (data: string | Uint8Array): Promise<string> => (await sha256Hex(data)).slice(0, 16);

function scaledTo(size: Size, { left, top, width, height }: Rect, source: Size): Rect {
  const [across, down] = [size.width / source.width, size.height / source.height];
  return { left: left * across, top: top * down, width: width * across, height: height * down };
}

/** `part` of the upright picture as a square of `side` pixels. */
export function square(part: Rect, side: number): Operation {
  const size = { width: side, height: side };
  const isWhole = sameSize(part, size) && Number.isInteger(part.left) && Number.isInteger(part.top);
  const step: Step = isWhole ? { do: "crop", rect: part } : { do: "resample", part, size };
  return operation("square", undefined, () => ({ steps: [step], size }));
}

async function cut(opened: Opened, part: Rect, side: number, context: PictureContext) {
  const { header, bytes } = opened;
  const { limits, budget } = context;
  const plan = planOf(header, [square(part, side)]);
  const request = { atLeast: plan.atLeast, frames: "first" } as const;
  const steps = withinMemory("change", stepsBytes(plan.steps, header), limits);
  const held = bytes.length + workingSet(opened, request, limits) + steps + encodingBytes(side, header.alpha);
  return budget.run(held, () =>
    caught(async () => {
      const { picture } = await decode(opened, request, false);
      const square = runSteps(picture, { ...plan, stored: header, foregrounds: new Map() });
      return encode(await toImage(await firstFrame(square)));
    }),
  );
}

/** The pixels, all of which must be seen before the format is known, and the encoder that takes more. */
function encodingBytes(side: number, alpha: boolean): number {
  const size = { width: side, height: side };
  const jpeg = ENCODERS.jpg.workingSetBytes({ ...size, alpha: false });
  return side * side * 4 + (alpha ? Math.max(jpeg, ENCODERS.png.workingSetBytes({ ...size, alpha })) : jpeg);
}

async function encode(image: RawImage): Promise<Pick<Master, "bytes" | "type">> {
  const type = isOpaque(image) ? "jpg" : "png";
  const picture = stillPicture(toRaster(image, type === "png"));
  return { bytes: await ENCODERS[type].encode(picture, { quality: QUALITY }), type };
}

function isOpaque({ data }: RawImage): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] < 255) return false;
  return true;
}
