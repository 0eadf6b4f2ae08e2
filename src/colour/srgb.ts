import type { Header } from "../codec/codec.ts";
import type { Picture, Raster } from "../transform/image.ts";
import { cmykWithoutProfile } from "./cmyk.ts";
import type { Conversion } from "./conversion.ts";
import { type IccProfile, parseProfile } from "./icc.ts";
import { lutConversion } from "./lut.ts";
import { grayConversion, matrixConversion } from "./tone.ts";

/**
 * `picture` in sRGB. `colour` is how the source stores its pixels: a profile for another number of channels is ignored,
 * and so is a broken one. A profile that comes to sRGB costs nothing. CMYK without a usable profile is converted by a
 * formula. Perceptual intent; where a profile has none, relative colorimetric; no black point compensation.
 */
export function toSrgb(picture: Picture, profile: Uint8Array | undefined, colour: Header["colour"]): Picture {
  const conversion = neededConversion(profile, colour);
  return conversion ? converted(picture, conversion) : picture;
}

/** True where `toSrgb` has nothing to do. */
export const isSrgb = (profile: Uint8Array | undefined, colour: Header["colour"]): boolean =>
  neededConversion(profile, colour) === undefined;

/**
 * The profile, cut to its own size, if the pixels may stay in it: RGB that are stored as such. Of CMYK and gray, which
 * no result is written in, there is none.
 */
export function keptProfile(profile: Uint8Array | undefined, colour: Header["colour"]): Uint8Array | undefined {
  if (!profile || colour === "gray" || parseProfile(profile)?.space !== "RGB") return undefined;
  const size = new DataView(profile.buffer, profile.byteOffset).getUint32(0);
  return colour !== "cmyk" && colour !== "ycck" && size <= profile.length ? profile.subarray(0, size) : undefined;
}

function neededConversion(profile: Uint8Array | undefined, colour: Header["colour"]): Conversion | undefined {
  const cmyk = colour === "cmyk" || colour === "ycck";
  const parsed = profile && parseProfile(profile);
  const wanted = cmyk ? "CMYK" : colour === "gray" ? "GRAY" : "RGB";
  const conversion = parsed?.space === wanted ? conversionOf(parsed) : undefined;
  return conversion ?? (cmyk ? cmykWithoutProfile : undefined);
}

/** Undefined where nothing is to be done, or nothing can be. */
function conversionOf(profile: IccProfile): Conversion | undefined {
  if (profile.tags.has("A2B0")) return lutConversion(profile);
  return profile.space === "GRAY" ? grayConversion(profile) : matrixConversion(profile);
}

function converted(picture: Picture, conversion: Conversion): Picture {
  return {
    ...picture,
    async *frames() {
      for await (const frame of picture.frames()) yield { ...frame, raster: convertedRaster(frame.raster, conversion) };
    },
  };
}

/** Bands are copied first: their bytes belong to the decoder. */
function convertedRaster(raster: Raster, conversion: Conversion): Raster {
  return {
    ...raster,
    space: "rgb",
    async *bands() {
      for await (const band of raster.bands()) {
        const pixels = Uint8Array.from(band);
        conversion(pixels);
        yield pixels;
      }
    },
  };
}
