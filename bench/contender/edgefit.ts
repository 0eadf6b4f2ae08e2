import type { Effort } from "../../src/codec/codec.ts";
import { DECODERS, ENCODERS } from "../../src/codec/codecs.ts";
import { readConfig } from "../../src/env.ts";
import { OPERATIONS } from "../../src/operation/operations.ts";
import { readValues } from "../../src/operation/values.ts";
import { type DeriveContext, derive } from "../../src/picture/derive.ts";
import { createBudget } from "../../src/platform/budget.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { firstFrame, type RawImage, stillPicture, toRaster } from "../../src/transform/image.ts";
import { type Contender, type Photo, type PhotoFormat, QUALITY, type Shrink, type Writer } from "../contender.ts";

const config = readConfig({});

const context: DeriveContext = {
  limits: config.limits,
  maxImageDimensions: undefined,
  budget: createBudget(config.limits, systemClock),
  loadForeground: async () => new Uint8Array(),
  time: (_step, work) => work(),
  describe: () => undefined,
};

/** The project's own code: everything but HTTP and storage. */
export const edgefit: Contender = {
  scale: (photo, width, output) => scaleAt(photo, width, output, QUALITY),
  decode,
  encode: ({ data, width, height }: RawImage, output: PhotoFormat) =>
    ENCODERS[output].encode(stillPicture(toRaster({ data, width, height }, output !== "jpg")), { quality: QUALITY }),
  writers: {
    "edgefit jpg, normal": writer("jpg", "normal"),
    "edgefit jpg, max": writer("jpg", "max"),
    "edgefit png, normal": writer("png", "normal"),
    "edgefit png, max": writer("png", "max"),
    "edgefit webp, normal": writer("webp", "normal"),
    "edgefit webp, max": writer("webp", "max"),
  },
};

function writer(format: PhotoFormat, effort: Effort): Writer {
  return (image, quality) => ENCODERS[format].encode(stillPicture(toRaster(image, false)), { quality, effort });
}

/** `photo` scaled to `width`, as a file of the quality that is asked for. */
export async function scaleAt(
  { bytes }: Photo,
  width: number,
  output: PhotoFormat,
  quality: number,
): Promise<Uint8Array> {
  const { background, effort } = config;
  const wanted = { original: false, format: () => output, quality, effort, background, keepProfile: false };
  const derived = await derive(bytes, { ...wanted, operations: [resizeTo(width)] }, context);
  return derived.bytes;
}

export function resizeTo(width: number) {
  const resize = OPERATIONS.get("resize");
  if (!resize) throw new Error("has no operation named resize");
  return resize.read(readValues((name) => (name === "w" ? String(width) : undefined), []));
}

async function decode({ bytes, format }: Photo, shrink: Shrink): Promise<void> {
  const decoder = DECODERS[format];
  const header = decoder.readHeader(bytes);
  const atLeast = { width: Math.floor(header.width / shrink), height: Math.floor(header.height / shrink) };
  const raster = await firstFrame(await decoder.decode(bytes, header, { atLeast, frames: "first" }));
  for await (const _band of raster.bands());
}
