import type { Fill } from "../../engine/inflate.ts";
import { pngReaderBytes, readPngBands } from "../../engine/png.ts";
import type { PngLayout, PngShape } from "../../engine/png-layout.ts";
import { HttpError } from "../../error.ts";
import type { Raster, Size } from "../../transform/image.ts";
import type { Header } from "../codec.ts";
import { chunkAt, contents, IDAT, IEND } from "./chunks.ts";
import { type ColourType, decodeFailed, hasAlpha, type PngInfo, readInfo } from "./header.ts";

/** Refused whatever limit the caller set: no picture of a camera or a screen comes near it. */
const MAX_PIXELS = 2 ** 27;
/** What an instance can hold beside its input (security.md L15). */
const MAX_WORKING_BYTES = 80 * 1024 * 1024;

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const satisfies Record<ColourType, number>;

/** Bytes of WASM memory that decoding takes, as far as the header tells: at most one channel too many. */
export function decodingBytes(header: Header): number {
  const channels = { gray: header.alpha ? 2 : 1, rgb: header.alpha ? 4 : 3 } as const;
  const { width, height, depth, progressive, colour } = header;
  const shape = { width, height, depth, interlaced: progressive };
  return pngReaderBytes({ ...shape, channels: colour === "gray" || colour === "rgb" ? channels[colour] : 1 });
}

/**
 * The pixels of a PNG, decoded while they are read. An APNG gives its default image.
 * @throws HttpError 422 decode_failed, 422 image_too_large
 */
export function decodeRaster(bytes: Uint8Array, expected: Size): Raster {
  const info = readInfo(bytes);
  const { width, height } = info;
  if (width !== expected.width || height !== expected.height)
    throw decodeFailed(`expected ${expected.width} × ${expected.height} pixels`);
  const layout = toLayout(info);
  if (width * height > MAX_PIXELS || pngReaderBytes(layout) > MAX_WORKING_BYTES)
    throw new HttpError(422, "image_too_large", `Cannot decode PNG: ${width} × ${height} pixels are too many`);
  const bands = async function* () {
    let isFirst = true;
    for (const { pixels, intactRows } of readPngBands(layout, dataReader(bytes, info.dataAt))) {
      if (isFirst && intactRows === 0) throw decodeFailed("expected at least one row of pixels");
      isFirst = false;
      yield pixels;
    }
  };
  return { width, height, space: "rgb", alpha: layout.alpha, extent: { width, height }, bands };
}

/** Contents of all IDAT chunks from the one at `dataAt` on, whatever stands between them; their CRCs are not checked. */
function dataReader(bytes: Uint8Array, dataAt: number): Fill {
  let next = dataAt;
  let rest: Uint8Array = new Uint8Array();
  const advance = (): boolean => {
    for (let chunk = chunkAt(bytes, next); chunk && chunk.type !== IEND; chunk = chunkAt(bytes, next)) {
      next = chunk.next;
      if (chunk.type !== IDAT) continue;
      rest = contents(bytes, chunk);
      return true;
    }
    return false;
  };
  return (into) => {
    let filled = 0;
    while (filled < into.length && (rest.length > 0 || advance())) {
      const part = rest.subarray(0, into.length - filled);
      into.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
    }
    return filled;
  };
}

function toLayout(info: PngInfo): PngLayout {
  const shape: PngShape = { ...info, channels: CHANNELS[info.colourType] };
  const usesTable = shape.channels === 1 && info.depth <= 8;
  return {
    ...shape,
    colours: usesTable ? toColours(info) : undefined,
    key: usesTable ? undefined : toKey(info),
    alpha: hasAlpha(info),
  };
}

/** RGBA of every value that a pixel can have. Beyond the palette: opaque black, as libpng shows it. */
function toColours({ depth, palette, transparency }: PngInfo): Uint8Array {
  const colours = new Uint8Array(1024);
  const highest = 2 ** depth - 1;
  // Values above the depth cannot occur in gray, and a key is told by its low bits alone.
  const key = palette || !transparency ? undefined : transparency[1] & highest;
  for (let value = 0; value < 256; value++) {
    const gray = palette ? 0 : Math.round((value * 255) / highest);
    const colour = palette?.subarray(value * 3, value * 3 + 3);
    colours.set(colour?.length === 3 ? colour : [gray, gray, gray], value * 4);
    colours[value * 4 + 3] = palette ? (transparency?.[value] ?? 255) : value === key ? 0 : 255;
  }
  return colours;
}

/** Of 8-bit samples only the low bytes count. */
function toKey({ depth, transparency }: PngInfo): Uint8Array | undefined {
  return depth === 16 ? transparency : transparency?.filter((_, index) => index % 2 === 1);
}
