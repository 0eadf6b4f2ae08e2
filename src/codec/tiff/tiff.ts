import { HttpError } from "../../error.ts";
import { stillPicture } from "../../transform/image.ts";
import type { Decoder } from "../codec.ts";
import { BAND_BYTES, tileData, toTiffRaster } from "./decode.ts";
import { readTiffLayout, TAG, unpackedBytes } from "./header.ts";
import { readTiffDirectory } from "./tags.ts";

/** security.md L10. */
const MAX_PROFILE_BYTES = 4 << 20;

/** The first picture of a classic TIFF 6.0 file: strips or tiles, without loss packed or not at all. */
export const tiffDecoder: Decoder = {
  format: "tiff",

  readHeader(bytes) {
    const layout = readTiffLayout(bytes);
    const { width, height, orientation, alpha, bits, colour } = layout;
    return {
      format: "tiff",
      width,
      height,
      orientation,
      frameCount: 1,
      alpha: alpha !== undefined,
      colour: colour === "white-is-zero" || colour === "black-is-zero" ? "gray" : colour,
      depth: bits,
      progressive: false,
      unpackedBytes: unpackedBytes(layout),
    };
  },

  async readProfile(bytes) {
    const field = readTiffDirectory(bytes)?.fields.get(TAG.profile);
    // The count of an undefined or byte field is its length.
    if (!field || (field.type !== 7 && field.type !== 1) || field.count > MAX_PROFILE_BYTES) return undefined;
    return bytes.subarray(field.at, field.at + field.count);
  },

  /** A strip or row of tiles, with a row of samples and a band of RGBA. */
  workingSetBytes({ width, height, unpackedBytes = width * height * 8 }) {
    return unpackedBytes + BAND_BYTES + width * 24;
  },

  async decode(bytes, header) {
    const layout = readTiffLayout(bytes);
    if (layout.width !== header.width || layout.height !== header.height)
      throw new HttpError(422, "decode_failed", "Cannot decode the TIFF: it differs from its header");
    if (!tileData(bytes, layout, 0)?.length)
      throw new HttpError(422, "decode_failed", "Cannot decode the TIFF: its pixels are not in the file");
    return stillPicture(toTiffRaster(bytes, layout));
  },
};
