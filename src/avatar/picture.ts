import type { OutputFormat } from "../codec/codecs.ts";
import { roundCorners } from "../drawing/mask.ts";
import type { Limits } from "../env.ts";
import type { Operation } from "../operation/operation.ts";
import { derive } from "../picture/derive.ts";
import type { OpenContext } from "../picture/opened.ts";
import { untimed } from "../timing.ts";
import type { Colour } from "../transform/colour.ts";
import type { Raster } from "../transform/image.ts";
import type { Call } from "./call.ts";

/** What pictures are made within: limits, and the isolate's memory. */
export type PictureContext = OpenContext;

/** For what a stranger sends. What is begun is finished, so that no upload stops half-way when its client leaves. */
export function uploadContext({ app, avatars }: Call): PictureContext {
  const { maxPixels, maxSide } = avatars.config.limits;
  return { ...contextOf(app.config.limits, maxPixels, maxSide), budget: app.budget };
}

/** For what we made ourselves: the limits of uploads may have changed since. `signal` aborts when all who asked have left. */
export function readContext({ app }: Call, signal: AbortSignal): PictureContext {
  const { limits } = app.config;
  const startByMs = app.clock.now() + limits.maxWaitMs;
  return {
    ...contextOf(limits, MAX_MADE_SIDE ** 2, MAX_MADE_SIDE),
    budget: app.budget.on({ signal, startByMs }),
  };
}

/** What limits results of the image server does not limit ours, whose sizes are known. */
const contextOf = (limits: Limits, maxSourcePixels: number, maxSourceSide: number) => ({
  limits: {
    ...limits,
    ...{ maxSourcePixels, maxSourceSide },
    ...{ maxOutputSide: MAX_MADE_SIDE, maxOutputPixels: MAX_MADE_SIDE ** 2 },
  },
  maxImageDimensions: undefined,
});

export interface WantedPicture {
  readonly operations: readonly Operation[];
  readonly format: OutputFormat;
  /** 1–100 */
  readonly quality: number;
  /** What shows through where the format has no alpha; white when absent. */
  readonly background?: Colour | undefined;
  /** Of corners that are cut off, in percent of the side; 0 when absent. */
  readonly radius?: number | undefined;
}

export const WHITE: Colour = { red: 255, green: 255, blue: 255, alpha: 255 };
/** Nothing that we make is larger: kept sources are the largest. */
export const MAX_MADE_SIDE = 4_096;

/**
 * Decodes `bytes`, changes and encodes, by the same road as the image server's pictures.
 * @throws HttpError 422 decode_failed, image_too_large, animation_too_large; 503 busy
 */
export async function makePicture(
  bytes: Uint8Array,
  wanted: WantedPicture,
  context: PictureContext,
): Promise<Uint8Array> {
  const { operations, format, quality, background = WHITE, radius = 0 } = wanted;
  const shape = radius > 0 ? (raster: Raster) => roundCorners(raster, radius) : undefined;
  const derived = await derive(
    bytes,
    {
      operations,
      original: false,
      keepProfile: false,
      effort: "normal",
      format: () => format,
      quality,
      background,
      shape,
    },
    { ...context, loadForeground: noForeground, time: untimed, describe: () => {} },
  );
  return derived.bytes;
}

const noForeground = async (path: string): Promise<never> => {
  throw new Error(`Nothing is drawn over an avatar, yet ${path} was asked for`);
};
