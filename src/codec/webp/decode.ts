import { createWebpEngine } from "../../engine/webp.ts";
import { HttpError } from "../../error.ts";
import { type Picture, type Raster, stillPicture } from "../../transform/image.ts";
import type { DecodeRequest, Decoder, Header } from "../codec.ts";
import { composeFrames } from "./animation.ts";
import type { WebpFrame } from "./frame.ts";
import { readWebp, type WebpFile } from "./header.ts";

/** The header of a WebP file, with what its frames take. */
interface WebpHeader extends Header {
  /** Bytes that decoding holds for each pixel of the picture; 0 where it holds but some rows. */
  readonly wholeBytesPerPixel?: number;
}

const MAX_PROFILE_BYTES = 4 << 20;
/** Nobody allows more; it keeps lengths of buffers in range. */
const MAX_PIXELS = 100_000_000;
/** Pixels, and three images of a sixteenth as many that say how they are coded. */
const LOSSLESS_BYTES_PER_PIXEL = 5;
const CANVAS_BYTES_PER_PIXEL = 4;
const INDEXED_ALPHA_BYTES_PER_PIXEL = 1;
/** Three rows of macroblocks with their borders, 25 rows of RGBA, chroma, modes: a pixel of width takes so much. */
const BYTES_PER_COLUMN = 192;
/** The engine's tables and stack. */
const FIXED_BYTES = 1 << 20;
/** What the engine allows for tables of prefix codes; real files need less than their own size. */
const MAX_TABLE_BYTES = 8 << 20;

/** Reads WebP: lossy (RFC 6386) by rows, lossless (RFC 9649) whole, animated on a canvas. `atLeast` is not used. */
export const webpDecoder: Decoder = {
  format: "webp",

  readHeader(bytes): WebpHeader {
    return toHeader(readWebp(bytes));
  },

  async readProfile(bytes) {
    const { profile } = readWebp(bytes);
    return profile && profile.length > 0 && profile.length <= MAX_PROFILE_BYTES ? profile.slice() : undefined;
  },

  workingSetBytes(header: WebpHeader, _request, sourceBytes) {
    const pixels = header.width * header.height;
    const whole = (header.wholeBytesPerPixel ?? LOSSLESS_BYTES_PER_PIXEL) * pixels;
    const tables = whole > 0 ? Math.min(MAX_TABLE_BYTES, sourceBytes) : 0;
    return FIXED_BYTES + sourceBytes + BYTES_PER_COLUMN * header.width + whole + tables;
  },

  async decode(bytes, header, request) {
    const file = readWebp(bytes);
    const { width, height, frames } = file;
    if (width !== header.width || height !== header.height || frames.length !== header.frameCount)
      throw new HttpError(422, "decode_failed", "Cannot decode WebP: it is not the file whose header was read");
    if (width * height > MAX_PIXELS)
      throw new HttpError(422, "image_too_large", `Cannot decode WebP: ${width} × ${height} is too large`);
    return file.animated ? animation(file, request) : still(file);
  },
};

function toHeader(file: WebpFile): WebpHeader {
  const { width, height, orientation, alpha, frames, animated } = file;
  return {
    format: "webp",
    width,
    height,
    orientation,
    frameCount: frames.length,
    alpha,
    colour: frames[0].lossless ? "rgb" : "yuv",
    depth: 8,
    progressive: false,
    wholeBytesPerPixel: (animated ? CANVAS_BYTES_PER_PIXEL : 0) + Math.max(...frames.map(wholeBytesPerPixel)),
  };
}

/** An alpha plane takes one byte a pixel where it begins with a palette, as all of libwebp's do, or none if it is raw. */
function wholeBytesPerPixel({ lossless, alphaPlane }: WebpFrame): number {
  if (lossless) return LOSSLESS_BYTES_PER_PIXEL;
  if (!alphaPlane || (alphaPlane[0] & 3) === 0) return 0;
  return (alphaPlane[1] & 7) === 7 ? INDEXED_ALPHA_BYTES_PER_PIXEL : LOSSLESS_BYTES_PER_PIXEL;
}

/** The first band is made at once, so that a file of which nothing can be shown fails here. */
function still({ width, height, alpha, frames }: WebpFile): Picture {
  const engine = createWebpEngine();
  const rows = engine.frameRows(frames[0])[Symbol.iterator]();
  const first = rows.next();
  const raster: Raster = {
    width,
    height,
    alpha,
    space: "rgb",
    extent: { width, height },
    async *bands() {
      try {
        for (let band = first; !band.done; band = rows.next()) yield band.value;
      } finally {
        engine.close();
      }
    },
  };
  return stillPicture(raster);
}

function animation(file: WebpFile, request: DecodeRequest): Picture {
  const { width, height, alpha, frames } = file;
  const frameCount = request.frames === "all" ? frames.length : 1;
  return {
    width,
    height,
    frameCount,
    alpha,
    loop: request.frames === "all" ? file.loop : undefined,
    frames: () => composeFrames(createWebpEngine(), file, frameCount),
  };
}
