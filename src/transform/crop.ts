import type { Raster, Rect } from "./image.ts";

/** The part of `raster` inside `rect` (whole pixels, within the raster). Stops reading after its last row. */
export function crop(raster: Raster, rect: Rect): Raster {
  const { left, top, width, height } = rect;
  if (width === raster.width && height === raster.height) return raster;
  const extent = {
    width: Math.min(width, raster.extent.width - left),
    height: Math.min(height, raster.extent.height - top),
  };
  return { ...raster, width, height, extent, bands: () => cutRows(raster, rect) };
}

async function* cutRows(raster: Raster, { left, top, width, height }: Rect): AsyncGenerator<Uint8Array> {
  const rowBytes = raster.width * 4;
  let row = 0;
  for await (const band of raster.bands()) {
    const from = Math.max(0, top - row);
    row += band.length / rowBytes;
    const to = band.length / rowBytes - Math.max(0, row - top - height);
    if (from < to) yield cutColumns(band.subarray(from * rowBytes, to * rowBytes), rowBytes, left * 4, width * 4);
    if (row >= top + height) return;
  }
}

/** Bytes `left` to `left + length` of each row; the rows themselves where that is all of them. */
function cutColumns(rows: Uint8Array, rowBytes: number, left: number, length: number): Uint8Array {
  if (length === rowBytes) return rows;
  const cut = new Uint8Array((rows.length / rowBytes) * length);
  for (let at = left, to = 0; to < cut.length; at += rowBytes, to += length)
    cut.set(rows.subarray(at, at + length), to);
  return cut;
}
