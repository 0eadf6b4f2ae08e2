import type { Raster } from "./image.ts";
import { joinRows } from "./join-rows.ts";
import { mapRows } from "./map-rows.ts";
import { toWords } from "./words.ts";

const BAND_ROWS = 16;

/**
 * `h` swaps left and right, `v` top and bottom (picfit.md §2.7). The first streams; the second needs the whole picture
 * before its first row comes out. The side that is swapped is whole in `extent`: which end is cut short is not said there.
 */
export function flip(raster: Raster, axis: "h" | "v"): Raster {
  const { width, height, extent } = raster;
  return axis === "h"
    ? { ...mapRows(raster, (rows) => mirrorRows(rows, width)), extent: { ...extent, width } }
    : { ...raster, extent: { ...extent, height }, bands: () => rowsUpward(raster) };
}

function mirrorRows(rows: Uint8Array, width: number): void {
  const words = toWords(rows);
  for (let at = 0; at < words.length; at += width) words.subarray(at, at + width).reverse();
}

async function* rowsUpward(raster: Raster): AsyncGenerator<Uint8Array> {
  const rowBytes = raster.width * 4;
  const rows = new Uint8Array(Math.min(BAND_ROWS, raster.height) * rowBytes);
  for await (const pixels of joinRows(raster).bands())
    for (let bottom = pixels.length; bottom > 0; bottom -= rows.length) {
      const length = Math.min(rows.length, bottom);
      for (let to = 0, from = bottom; to < length; to += rowBytes, from -= rowBytes)
        rows.set(pixels.subarray(from - rowBytes, from), to);
      yield rows.subarray(0, length);
    }
}
