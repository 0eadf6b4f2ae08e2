import { HttpError } from "../../error.ts";
import type { Header, Orientation } from "../codec.ts";
import { readOrientation } from "../exif.ts";
import {
  type Chunk,
  chunkAt,
  contents,
  EXIF,
  FIRST_CHUNK,
  IDAT,
  IEND,
  IHDR,
  isIntact,
  isPng,
  PLTE,
  TRNS,
  uint32,
} from "./chunks.ts";

/** PNG 3rd edition §11.2.1. */
export type ColourType = 0 | 2 | 3 | 4 | 6;

export interface PngInfo {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: ColourType;
  readonly interlaced: boolean;
  /** Three bytes a colour; absent where the colour type has no palette. */
  readonly palette: Uint8Array | undefined;
  /** The contents of a valid tRNS chunk. */
  readonly transparency: Uint8Array | undefined;
  readonly orientation: Orientation;
  /** Where the first IDAT chunk begins. */
  readonly dataAt: number;
}

type Fields = Pick<PngInfo, "width" | "height" | "depth" | "colourType" | "interlaced">;

/** Depths that a colour type may have, Table 11.1. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const MAX_SIDE = 0x7fffffff;
/** Chunks looked at in search of EXIF: a file of nothing but empty chunks must not cost more than reading a picture. */
const MAX_CHUNKS = 100_000;

/** @throws HttpError 422 decode_failed */
export function readInfo(bytes: Uint8Array): PngInfo {
  if (!isPng(bytes)) throw decodeFailed("expected a PNG signature");
  const first = chunkAt(bytes, FIRST_CHUNK);
  if (first?.type !== IHDR || first.end - first.start !== 13 || !isIntact(bytes, first))
    throw decodeFailed("expected an intact IHDR chunk");
  const fields = readFields(contents(bytes, first));
  return { ...fields, ...readChunks(bytes, first.next, fields) };
}

export function toHeader(info: PngInfo): Header {
  return {
    format: "png",
    width: info.width,
    height: info.height,
    orientation: info.orientation,
    frameCount: 1,
    alpha: hasAlpha(info),
    colour: info.colourType === 3 ? "palette" : info.colourType & 2 ? "rgb" : "gray",
    depth: info.depth,
    progressive: info.interlaced,
  };
}

export const hasAlpha = (info: PngInfo): boolean => info.colourType >= 4 || info.transparency !== undefined;

export function decodeFailed(reason: string): HttpError {
  return new HttpError(422, "decode_failed", `Cannot decode PNG: ${reason}`);
}

/** The 13 bytes of IHDR. */
function readFields(bytes: Uint8Array): Fields {
  const width = uint32(bytes, 0);
  const height = uint32(bytes, 4);
  const [depth, colourType, compression, filter, interlace] = bytes.subarray(8);
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE)
    throw decodeFailed("expected sides from 1 to 2147483647");
  if (!DEPTHS[colourType]?.includes(depth)) throw decodeFailed("expected a colour type and depth of the standard");
  if (compression !== 0 || filter !== 0 || interlace > 1) throw decodeFailed("expected methods of the standard");
  return { width, height, depth, colourType: colourType as ColourType, interlaced: interlace === 1 };
}

/** Colours count before the first IDAT only; EXIF may stand anywhere. The first chunk of a type wins. */
function readChunks(bytes: Uint8Array, from: number, { colourType }: Fields) {
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let exif: Uint8Array | undefined;
  let dataAt: number | undefined;
  for (const [at, chunk] of walk(bytes, from)) {
    if (chunk.type === IDAT) dataAt ??= at;
    else if (chunk.type === EXIF) exif ??= contents(bytes, chunk);
    else if (dataAt !== undefined) continue;
    else if (chunk.type === PLTE) palette ??= toPalette(contents(bytes, chunk), colourType);
    else if (chunk.type === TRNS) transparency ??= toTransparency(contents(bytes, chunk), colourType, palette);
  }
  if (dataAt === undefined) throw decodeFailed("expected an IDAT chunk");
  if (colourType === 3 && !palette) throw decodeFailed("expected a palette");
  return { palette, transparency, dataAt, orientation: exif ? readOrientation(withoutPrefix(exif)) : 1 };
}

function* walk(bytes: Uint8Array, from: number): Generator<[at: number, chunk: Chunk]> {
  let at = from;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const chunk = chunkAt(bytes, at);
    if (!chunk || chunk.type === IEND) return;
    yield [at, chunk];
    at = chunk.next;
  }
}

function toPalette(bytes: Uint8Array, colourType: ColourType): Uint8Array | undefined {
  if (colourType !== 3) return undefined;
  if (!bytes.length || bytes.length % 3 || bytes.length > 768) throw decodeFailed("expected 1 to 256 palette colours");
  return bytes;
}

/** Lengths as libpng takes them: what does not fit the colour type counts as absent. */
function toTransparency(bytes: Uint8Array, colourType: ColourType, palette: Uint8Array | undefined) {
  if (colourType === 0) return bytes.length === 2 ? bytes : undefined;
  if (colourType === 2) return bytes.length === 6 ? bytes : undefined;
  const colours = (palette?.length ?? 0) / 3;
  return bytes.length > 0 && bytes.length <= colours ? bytes : undefined;
}

/** Some writers keep the marker that EXIF has in JPEG files. */
function withoutPrefix(exif: Uint8Array): Uint8Array {
  return uint32(exif, 0) === 0x45786966 && exif[4] === 0 && exif[5] === 0 ? exif.subarray(6) : exif;
}
