import { HttpError } from "../error.ts";
import type { Decoder } from "./codec.ts";
import { decodeGif, GIF_BUFFER_BYTES } from "./gif-decode.ts";
import { readGifScreen } from "./gif-header.ts";

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
