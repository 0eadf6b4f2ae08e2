import { HttpError } from "../../error.ts";
import type { Decoder, Encoder } from "../codec.ts";
import { decodeGif, GIF_BUFFER_BYTES } from "./decode.ts";
import { encodeGif } from "./encode.ts";
import { readGifScreen } from "./header.ts";

/** GIF87a and GIF89a (CompuServe, 1990). ICC profiles in application extensions are not read, as nobody reads them. */
export const gifDecoder: Decoder = {
  format: "gif",

  readHeader(bytes) {
    const { width, height, frameCount, transparent, interlaced } = readGifScreen(bytes);
    return {
      format: "gif",
      width,
      height,
      orientation: 1,
      frameCount,
      alpha: transparent,
      colour: "palette",
      depth: 8,
      progressive: interlaced,
    };
  },

  readProfile: async () => undefined,

  /** The canvas, and once more where a frame asks for what was there before it. */
  workingSetBytes({ width, height, frameCount }, { frames }) {
    const canvases = frames === "all" && frameCount > 1 ? 2 : 1;
    return canvases * width * height * 4 + GIF_BUFFER_BYTES;
  },

  async decode(bytes, header, { frames }) {
    const screen = readGifScreen(bytes);
    const { width, height, transparent: alpha } = screen;
    if (width !== header.width || height !== header.height || screen.frameCount !== header.frameCount)
      throw new HttpError(422, "decode_failed", "Cannot decode the GIF: it differs from its header");
    const frameCount = frames === "first" ? 1 : screen.frameCount;
    const loop = frameCount > 1 ? screen.loop : undefined;
    return { width, height, alpha, frameCount, loop, frames: () => decodeGif(bytes, screen, frameCount) };
  },
};

/** Histogram, palette search and pieces of output, whatever the size. */
const ENCODER_TABLE_BYTES = 4 << 20;

export const gifEncoder: Encoder = {
  format: "gif",
  mime: "image/gif",
  extension: "gif",
  alpha: true,
  animated: true,

  /** A pixel takes 4 bytes of canvas, 1 of indices in this frame and the last, and up to 1.5 of output. */
  workingSetBytes: ({ width, height }) => Math.ceil(width * height * 7.5) + ENCODER_TABLE_BYTES,

  encode: encodeGif,
};
