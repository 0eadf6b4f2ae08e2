import { avifDecoder } from "./avif/avif.ts";
import { avifEncoder } from "./avif/encoder.ts";
import { bmpDecoder, bmpEncoder } from "./bmp/bmp.ts";
import type { Decoder, Encoder, Format, Rescaler } from "./codec.ts";
import { gifDecoder, gifEncoder } from "./gif/gif.ts";
import { jpegEncoder } from "./jpeg/encoder.ts";
import { jpegDecoder } from "./jpeg/jpeg.ts";
import { jpegRescaler } from "./jpeg/rescale.ts";
import { pngDecoder, pngEncoder } from "./png/png.ts";
import { tiffDecoder } from "./tiff/tiff.ts";
import { webpDecoder, webpEncoder } from "./webp/webp.ts";

/** What we read. */
export const DECODERS: Readonly<Record<Format, Decoder>> = {
  jpg: jpegDecoder,
  png: pngDecoder,
  gif: gifDecoder,
  webp: webpDecoder,
  avif: avifDecoder,
  bmp: bmpDecoder,
  tiff: tiffDecoder,
};

/** What we write. */
export const ENCODERS = {
  jpg: jpegEncoder,
  png: pngEncoder,
  gif: gifEncoder,
  webp: webpEncoder,
  avif: avifEncoder,
  bmp: bmpEncoder,
} as const satisfies Partial<Record<Format, Encoder>>;

/** Where a file can be made from another of its format without pixels. */
export const RESCALERS: Readonly<Partial<Record<Format, Rescaler>>> = { jpg: jpegRescaler };

/** What a file of each format is called (IANA media types). */
export const MIME_TYPES: Readonly<Record<Format, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
  bmp: "image/bmp",
  tiff: "image/tiff",
};

export type OutputFormat = keyof typeof ENCODERS;
