import type { Raster, Size } from "./image.ts";
import { joinRows } from "./join-rows.ts";
import { toWords } from "./words.ts";

/** Side of the squares that are copied at once: a row of one is a line of cache, both where it is read and written. */
const TILE = 16;

/** `raster` with rows and columns changed places. Needs the whole picture before its first row comes out. */
export function transpose(raster: Raster): Raster {
  return { ...raster, ...swapped(raster), extent: swapped(raster.extent), bands: () => columns(raster) };
}

function swapped({ width, height }: Size): Size {
  return { width: height, height: width };
}

async function* columns(raster: Raster): AsyncGenerator<Uint8Array> {
  const { width, height } = raster;
  const band = new Uint32Array(Math.min(TILE, width) * height);
  for await (const pixels of joinRows(raster).bands()) {
    const source = toWords(pixels);
    for (let left = 0; left < width; left += TILE) {
      const count = Math.min(TILE, width - left);
      for (let top = 0; top < height; top += TILE) copyTile(source, raster, left, top, band);
      yield new Uint8Array(band.buffer, 0, count * height * 4);
    }
  }
}

/** The tile at `left`, `top` of the source becomes columns `top` and on of the band, whose rows are `height` long. */
function copyTile(source: Uint32Array, { width, height }: Size, left: number, top: number, band: Uint32Array): void {
  const right = Math.min(width, left + TILE);
  const bottom = Math.min(height, top + TILE);
  for (let x = left, to = top; x < right; x++, to += height)
    for (let y = top, from = top * width + x; y < bottom; y++, from += width) band[to + y - top] = source[from];
}
