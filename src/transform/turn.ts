import type { Raster, Size } from "./image.ts";
import { joinRows } from "./join-rows.ts";
import { mapRows } from "./map-rows.ts";
import { toWords } from "./words.ts";

/** One of the eight ways a picture can lie: mirrored and flipped as said, then rows and columns changed places. */
export interface Turn {
  /** Left becomes right. */
  readonly mirror: boolean;
  /** Top becomes bottom. */
  readonly flip: boolean;
  readonly transpose: boolean;
}

const BAND_ROWS = 16;

/** `raster` turned. Mirrored rows stream; anything else needs the whole picture once before the first row comes out. */
export function turn(raster: Raster, turn: Turn): Raster {
  const { mirror, flip, transpose } = turn;
  if (!mirror && !flip && !transpose) return raster;
  const extent = turnedExtent(raster, turn);
  if (!flip && !transpose) return { ...mapRows(raster, (rows) => mirrorRows(rows, raster.width)), extent };
  const size = transpose ? swapped(raster) : raster;
  return { ...raster, width: size.width, height: size.height, extent, bands: () => turnedBands(raster, turn, size) };
}

/** A side that now begins where the picture ended cannot say that its first pixel is only partly covered: it is whole. */
function turnedExtent({ width, height, extent }: Raster, { mirror, flip, transpose }: Turn): Size {
  const kept = { width: mirror ? width : extent.width, height: flip ? height : extent.height };
  return transpose ? swapped(kept) : kept;
}

function swapped({ width, height }: Size): Size {
  return { width: height, height: width };
}

function mirrorRows(rows: Uint8Array, width: number): void {
  const words = new Uint32Array(rows.buffer, rows.byteOffset, rows.length / 4);
  for (let at = 0; at < words.length; at += width) words.subarray(at, at + width).reverse();
}

async function* turnedBands(raster: Raster, turn: Turn, { width, height }: Size): AsyncGenerator<Uint8Array> {
  const band = new Uint32Array(Math.min(BAND_ROWS, height) * width);
  const walk = walkOf(turn, raster);
  for await (const pixels of joinRows(raster).bands()) {
    const source = toWords(pixels);
    for (let top = 0; top < height; top += BAND_ROWS) {
      const rows = Math.min(BAND_ROWS, height - top);
      gather(source, walk, band, width, top, rows);
      yield new Uint8Array(band.buffer, 0, rows * width * 4);
    }
  }
}

/** Where in the source the first pixel of the turned picture lies, and how far on its right and lower neighbours do. */
interface Walk {
  readonly start: number;
  readonly right: number;
  readonly down: number;
}

function walkOf({ mirror, flip, transpose }: Turn, { width, height }: Size): Walk {
  const start = (mirror ? width - 1 : 0) + (flip ? (height - 1) * width : 0);
  const alongRow = mirror ? -1 : 1;
  const alongColumn = flip ? -width : width;
  return transpose ? { start, right: alongColumn, down: alongRow } : { start, right: alongRow, down: alongColumn };
}

/** Column by column through a band of few rows: a transposed picture then reads whole cache lines of the source. */
function gather(source: Uint32Array, walk: Walk, band: Uint32Array, width: number, top: number, rows: number): void {
  const { right, down } = walk;
  const start = walk.start + top * down;
  for (let x = 0; x < width; x++)
    for (let y = 0, from = start + x * right, to = x; y < rows; y++, from += down, to += width) band[to] = source[from];
}
