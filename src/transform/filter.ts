import { RowFilter } from "../engine/resample.ts";
import type { Taps } from "../engine/taps.ts";
import type { Raster } from "./image.ts";

/**
 * `raster` filtered by `across` along its rows and by `down` along its columns; a source of the taps is a pixel. Colours
 * are weighted by alpha. Streams: some rows are kept, whatever the height.
 */
export function filterRaster(raster: Raster, across: Taps, down: Taps): Raster {
  const size = { width: across.outputs, height: down.outputs };
  return { ...raster, ...size, extent: size, bands: () => filterRows(raster, across, down) };
}

async function* filterRows(raster: Raster, across: Taps, down: Taps): AsyncGenerator<Uint8Array> {
  const filter = new RowFilter(across, down, raster.alpha);
  const rowBytes = raster.width * 4;
  try {
    for await (const band of raster.bands())
      for (let at = 0; at < band.length; at += rowBytes) {
        filter.add(band.subarray(at, at + rowBytes));
        for (const rows of filter.finished()) yield rows;
      }
  } finally {
    filter.close();
  }
}
