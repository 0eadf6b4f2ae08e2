import { stillPicture } from "../../transform/image.ts";
import type { Decoder, Encoder } from "../codec.ts";
import { decodeRaster, decodingBytes } from "./decode.ts";
import { encodePng, encodingBytes } from "./encode.ts";
import { readInfo, toHeader } from "./header.ts";
import { readEmbeddedProfile } from "./profile.ts";

/** PNG and the default image of APNG, decoded by rows; interlaced pictures are held as a whole. */
export const pngDecoder: Decoder = {
  format: "png",
  readHeader: (bytes) => toHeader(readInfo(bytes)),
  readProfile: async (bytes) => readEmbeddedProfile(bytes),
  workingSetBytes: (header) => decodingBytes(header),
  decode: async (bytes, header) => stillPicture(decodeRaster(bytes, header)),
};

/** PNG of the fewest bits a pixel that keep every pixel as it is. */
export const pngEncoder: Encoder = {
  format: "png",
  mime: "image/png",
  extension: "png",
  alpha: true,
  animated: false,
  workingSetBytes: encodingBytes,
  encode: (picture, options) => encodePng(picture, options),
};
