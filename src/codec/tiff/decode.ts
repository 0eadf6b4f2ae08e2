import type { Raster } from "../../transform/image.ts";
import { TAG, type TiffLayout, tileRowBytes } from "./header.ts";
import { toRgbaWriter } from "./pixels.ts";
import { tiffValue } from "./tags.ts";
import { unpack } from "./unpack.ts";

/** Bytes of RGBA made at a time. */
export const BAND_BYTES = 262_144;

/** The picture from the top down, a strip or a row of tiles unpacked at a time. */
export function toTiffRaster(bytes: Uint8Array, layout: TiffLayout): Raster {
  const { width, height, tile } = layout;
  const writeRow = toRgbaWriter(layout);
  const bandRows = Math.max(1, Math.floor(BAND_BYTES / (width * 4)));
  return {
    width,
    height,
    alpha: layout.alpha !== undefined,
    space: layout.colour === "cmyk" ? "cmyk" : "rgb",
    extent: { width, height },
    async *bands() {
      const band = new Uint8Array(width * 4 * Math.min(bandRows, height));
      for (let top = 0; top < height; top += tile.height) {
        const rows = Math.min(tile.height, height - top);
        const tiles = readTiles(bytes, layout, top / tile.height, rows);
        for (let from = 0; from < rows; from += bandRows) {
          const count = Math.min(bandRows, rows - from);
          for (let row = 0; row < count; row++)
            writeRow(tiles, from + row, band.subarray(row * width * 4, (row + 1) * width * 4));
          yield band.subarray(0, count * width * 4);
        }
      }
    },
  };
}

/** Where a strip or tile begins; `undefined` when it is not in the file. */
export function tileData(bytes: Uint8Array, { directory, tiled }: TiffLayout, index: number): Uint8Array | undefined {
  const at = tiffValue(directory, tiled ? TAG.tileOffsets : TAG.stripOffsets, index);
  if (at === undefined || at >= bytes.length) return undefined;
  // Some writers leave the lengths out; then the data ends where it says or the file does.
  const length = tiffValue(directory, tiled ? TAG.tileBytes : TAG.stripBytes, index) || bytes.length;
  return bytes.subarray(at, at + length);
}

/** The tiles of one row from left to right, each with its channels, or one entry where these are together. */
function readTiles(bytes: Uint8Array, layout: TiffLayout, row: number, rows: number): Uint8Array[][] {
  const { width, height, tile, planar, samples, tiled } = layout;
  const across = Math.ceil(width / tile.width);
  const perPlane = across * Math.ceil(height / tile.height);
  const size = tileRowBytes(layout) * (tiled ? tile.height : rows);
  return Array.from({ length: across }, (_, column) =>
    Array.from({ length: planar ? samples : 1 }, (_, plane) => {
      const data = tileData(bytes, layout, plane * perPlane + row * across + column) ?? new Uint8Array();
      const unpacked = unpack(data, size, layout);
      return layout.differenced ? addDifferences(unpacked, layout) : unpacked;
    }),
  );
}

/** Undoes horizontal differencing (TIFF 6.0 §14) in place: every sample was stored less the one to its left. */
function addDifferences(data: Uint8Array, layout: TiffLayout): Uint8Array {
  const rowBytes = tileRowBytes(layout);
  const step = layout.planar ? 1 : layout.samples;
  for (let start = 0; start < data.length; start += rowBytes) {
    const end = Math.min(start + rowBytes, data.length);
    if (layout.bits === 8) for (let at = start + step; at < end; at++) data[at] += data[at - step];
    else addWords(data, start + step * 2, end, step * 2, layout.directory.littleEndian);
  }
  return data;
}

function addWords(data: Uint8Array, start: number, end: number, step: number, littleEndian: boolean): void {
  const high = littleEndian ? 1 : 0;
  const low = 1 - high;
  for (let at = start; at + 1 < end; at += 2) {
    const sum = data[at + low] + data[at - step + low];
    data[at + high] += data[at - step + high] + (sum >> 8);
    data[at + low] = sum;
  }
}
