import { HttpError } from "../../error.ts";
import { stillPicture } from "../../transform/image.ts";
import type { Decoder, Encoder } from "../codec.ts";
import { BAND_BYTES, toBmpRaster } from "./decode.ts";
import { encodeBmp } from "./encode.ts";
import { readBmpLayout } from "./header.ts";

/** Windows and OS/2 bitmaps. Their ICC profiles (V5) are not read, as browsers hardly do. */
export const bmpDecoder: Decoder = {
  format: "bmp",

  readHeader(bytes) {
    const { width, height, bits, packing, masks } = readBmpLayout(bytes);
    return {
      format: "bmp",
      width,
      height,
      orientation: 1,
      frameCount: 1,
      alpha: packing !== "none" || (bits > 8 && masks[3] !== 0),
      colour: bits <= 8 ? "palette" : "rgb",
      depth: bits <= 8 ? bits : bits === 16 ? 5 : 8,
      progressive: false,
    };
  },

  readProfile: async () => undefined,

  /** Rows are read as they are asked for; run-length data, whose pixels come in any order, is unpacked whole. */
  workingSetBytes({ width, height, alpha, colour }) {
    return (alpha && colour === "palette" ? width * height * 4 : 0) + BAND_BYTES + width * 4;
  },

  async decode(bytes, header) {
    const layout = readBmpLayout(bytes);
    if (layout.width !== header.width || layout.height !== header.height)
      throw new HttpError(422, "decode_failed", "Cannot decode the BMP: it differs from its header");
    if (layout.pixelsAt >= bytes.length)
      throw new HttpError(422, "decode_failed", "Cannot decode the BMP: it has no pixels");
    return stillPicture(toBmpRaster(bytes, layout));
  },
};

export const bmpEncoder: Encoder = {
  format: "bmp",
  mime: "image/bmp",
  extension: "bmp",
  alpha: true,
  animated: false,
  workingSetBytes: ({ width, height }) => width * height * 4 + 256,
  encode: encodeBmp,
};
