import { stripMetadata } from "../codec/strip.ts";
import { HttpError } from "../error.ts";
import { noop } from "../operation/effect.ts";
import { fit as fitInside } from "../operation/scale.ts";
import type { Opened } from "../picture/opened.ts";
import type { KeptSource } from "./objects.ts";
import { MAX_MADE_SIDE, makePicture, type PictureContext } from "./picture.ts";

/** A source is only ever read by us, to cut a master from it. */
const QUALITY = 92;

/**
 * The whole picture, upright and without metadata, to cut it anew without another upload. Of an animation all frames as
 * GIF, where they are not too many to be shown; of anything else a still that may be smaller than what was sent.
 */
export async function makeSource(opened: Opened, context: PictureContext): Promise<KeptSource> {
  const animation = await animationOf(opened, context);
  if (animation) return { bytes: animation, type: "gif" };
  const type = opened.header.alpha ? "png" : "jpg";
  const operations = [fitInside({ width: MAX_MADE_SIDE, height: MAX_MADE_SIDE, paths: [] })];
  return { bytes: await makePicture(opened.bytes, { operations, format: type, quality: QUALITY }, context), type };
}

async function animationOf({ header, bytes }: Opened, context: PictureContext): Promise<Uint8Array | undefined> {
  if (header.frameCount < 2 || Math.max(header.width, header.height) > MAX_MADE_SIDE) return undefined;
  if (header.format === "gif") return stripMetadata(bytes, "gif");
  try {
    return await makePicture(bytes, { operations: [noop()], format: "gif", quality: QUALITY }, context);
  } catch (thrown) {
    if (thrown instanceof HttpError && thrown.status === 422) return undefined;
    throw thrown;
  }
}
