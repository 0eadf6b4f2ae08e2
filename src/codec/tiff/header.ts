import { HttpError } from "../../error.ts";
import type { Size } from "../../transform/image.ts";
import type { Orientation } from "../codec.ts";
import { MAX_PIXELS, MAX_SIDE } from "../limits.ts";
import { readTiffDirectory, type TiffDirectory, tiffValue } from "./tags.ts";

/** How the first picture of a TIFF file is stored. */
export interface TiffLayout extends Size {
  readonly directory: TiffDirectory;
  readonly bits: 1 | 2 | 4 | 8 | 12 | 16;
  readonly colour: "white-is-zero" | "black-is-zero" | "rgb" | "palette" | "cmyk";
  /** Channels of colour, without alpha. */
  readonly colourants: 1 | 3 | 4;
  /** Channels stored, colour first. */
  readonly samples: number;
  /** What the channel after the colour means, if it is alpha. */
  readonly alpha: "associated" | "unassociated" | undefined;
  readonly compression: "none" | "lzw" | "packbits" | "deflate";
  readonly differenced: boolean;
  /** Each channel in pieces of its own. */
  readonly planar: boolean;
  readonly reversedBits: boolean;
  readonly orientation: Orientation;
  /** Strips are tiles as wide as the picture; only they may be less high at the bottom. */
  readonly tile: Size;
  readonly tiled: boolean;
}

export const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  extraSamples: 338,
  sampleFormat: 339,
  profile: 34675,
} as const;

const COMPRESSIONS = new Map<number, TiffLayout["compression"]>([
  [1, "none"],
  [5, "lzw"],
  [8, "deflate"],
  [32946, "deflate"],
  [32773, "packbits"],
]);
/** Told by name, because files with these are the ones that people have. */
const KNOWN_COMPRESSIONS = new Map([
  [2, "CCITT fax"],
  [3, "CCITT fax"],
  [4, "CCITT fax"],
  [6, "JPEG"],
  [7, "JPEG"],
  [34712, "JPEG 2000"],
  [50000, "Zstandard"],
  [50001, "WebP"],
]);
const COLOURS: readonly (TiffLayout["colour"] | undefined)[] = [
  "white-is-zero",
  "black-is-zero",
  "rgb",
  "palette",
  undefined,
  "cmyk",
];
const COLOURANTS = { "white-is-zero": 1, "black-is-zero": 1, palette: 1, rgb: 3, cmyk: 4 } as const;
/** The specification wants multiples of 16; far smaller ones would only cost time. */
const MIN_TILE_SIDE = 8;
/** More channels than a picture has use for would only cost memory. */
const MAX_SAMPLES = 16;
const UNSIGNED = 1;
const UNDEFINED_FORMAT = 4;

/**
 * The layout of the first picture (TIFF 6.0, baseline and the usual extensions).
 *
 * @throws HttpError 422 decode_failed, image_too_large, 415 unsupported_image
 */
export function readTiffLayout(bytes: Uint8Array): TiffLayout {
  const directory = readTiffDirectory(bytes);
  if (!directory) throw isBigTiff(bytes) ? unsupported("BigTIFF") : damaged("it has no directory");
  const value = (tag: number) => tiffValue(directory, tag);
  const size = { width: value(TAG.width) ?? 0, height: value(TAG.height) ?? 0 };
  const compression = toCompression(value(TAG.compression) ?? 1);
  const samples = value(TAG.samples) ?? 1;
  const colour = toColour(value(TAG.photometric), samples);
  const colourants = COLOURANTS[colour];
  checkSize(size);
  if (samples < colourants || samples > MAX_SAMPLES) throw unsupported(`${samples} samples a pixel`);
  const bits = readBits(directory, samples, colour);
  const layout: TiffLayout = {
    ...size,
    ...readTiles(directory, size),
    directory,
    bits,
    colour,
    colourants,
    samples,
    alpha: readAlpha(directory, samples, colourants, colour),
    compression,
    differenced: readPredictor(value(TAG.predictor) ?? 1, bits, compression),
    planar: samples > 1 && value(TAG.planar) === 2,
    reversedBits: value(TAG.fillOrder) === 2,
    orientation: toOrientation(value(TAG.orientation)),
  };
  if (unpackedBytes(layout) > MAX_PIXELS * 8) throw tooLarge("its strips or tiles");
  return layout;
}

const isBigTiff = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x49 && bytes[1] === 0x49 && bytes[2] === 43) ||
  (bytes[0] === 0x4d && bytes[1] === 0x4d && bytes[3] === 43);

function checkSize({ width, height }: Size): void {
  if (width === 0 || height === 0) throw damaged("its size is missing");
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) throw tooLarge(`${width} × ${height} pixels`);
}

function toCompression(code: number): TiffLayout["compression"] {
  const compression = COMPRESSIONS.get(code);
  if (!compression) throw unsupported(`${KNOWN_COMPRESSIONS.get(code) ?? code} compression`);
  return compression;
}

function toColour(photometric: number | undefined, samples: number): TiffLayout["colour"] {
  if (photometric === undefined) return samples >= 3 ? "rgb" : "black-is-zero";
  const colour = COLOURS[photometric];
  if (!colour) throw unsupported(`colour model ${photometric}`);
  return colour;
}

function readBits(directory: TiffDirectory, samples: number, colour: TiffLayout["colour"]): TiffLayout["bits"] {
  const bits = tiffValue(directory, TAG.bits) ?? 1;
  for (let sample = 0; sample < samples; sample++) {
    if ((tiffValue(directory, TAG.bits, sample) ?? bits) !== bits) throw unsupported("samples of different depths");
    const format = tiffValue(directory, TAG.sampleFormat, sample) ?? UNSIGNED;
    if (format !== UNSIGNED && format !== UNDEFINED_FORMAT) throw unsupported("samples other than unsigned integers");
  }
  if (colour === "palette" && bits > 8) throw unsupported(`a palette of ${bits} bits`);
  if (bits === 1 || bits === 2 || bits === 4 || bits === 8 || bits === 12 || bits === 16) return bits;
  throw unsupported(`${bits} bits a sample`);
}

/** Writers that say nothing about a channel too many mean alpha by it. */
function readAlpha(directory: TiffDirectory, samples: number, colourants: number, colour: TiffLayout["colour"]) {
  const meaning = tiffValue(directory, TAG.extraSamples) ?? 0;
  if (samples === colourants || colour === "palette" || colour === "cmyk") return undefined;
  if (meaning === 1) return "associated";
  return meaning === 2 || samples === colourants + 1 ? "unassociated" : undefined;
}

function readPredictor(predictor: number, bits: number, compression: TiffLayout["compression"]): boolean {
  if (predictor === 1 || compression === "none" || compression === "packbits") return false;
  if (predictor !== 2 || (bits !== 8 && bits !== 16))
    throw unsupported(`predictor ${predictor} with ${bits} bits a sample`);
  return true;
}

function readTiles(directory: TiffDirectory, { width, height }: Size): Pick<TiffLayout, "tile" | "tiled"> {
  const tileWidth = tiffValue(directory, TAG.tileWidth);
  const tileHeight = tiffValue(directory, TAG.tileHeight);
  if (tileWidth && tileHeight && directory.fields.has(TAG.tileOffsets)) {
    if (Math.min(tileWidth, tileHeight) < MIN_TILE_SIDE || Math.max(tileWidth, tileHeight) > MAX_SIDE)
      throw unsupported(`a tile of ${tileWidth} × ${tileHeight}`);
    return { tile: { width: tileWidth, height: tileHeight }, tiled: true };
  }
  if (!directory.fields.has(TAG.stripOffsets)) throw damaged("it has no pixels");
  const rows = tiffValue(directory, TAG.rowsPerStrip) || height;
  return { tile: { width, height: Math.min(rows, height) }, tiled: false };
}

const toOrientation = (value = 1): Orientation => (value >= 1 && value <= 8 ? (value as Orientation) : 1);

/** Bytes of one row of a strip or tile, of one channel if these are apart. */
export const tileRowBytes = ({ tile, samples, planar, bits }: TiffLayout): number =>
  Math.ceil((tile.width * (planar ? 1 : samples) * bits) / 8);

/** Bytes that are unpacked at a time: a strip, or all tiles side by side, in all channels. */
export function unpackedBytes(layout: TiffLayout): number {
  const { width, tile, planar, samples, compression, tiled, reversedBits } = layout;
  if (compression === "none" && !tiled && !reversedBits) return 0;
  return Math.ceil(width / tile.width) * (planar ? samples : 1) * tileRowBytes(layout) * tile.height;
}

const damaged = (why: string) => new HttpError(422, "decode_failed", `Cannot read the TIFF: ${why}`);

const tooLarge = (what: string) => new HttpError(422, "image_too_large", `Cannot read the TIFF: ${what} are too large`);

const unsupported = (what: string) =>
  new HttpError(415, "unsupported_image", `Cannot read the TIFF: ${what} is not supported`);
