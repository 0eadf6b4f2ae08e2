import type { Raster } from "./image.ts";

/** `raster` as one band, for what cannot work from the top down. Copies nothing where it is one band already. */
export function joinRows(raster: Raster): Raster {
  return { ...raster, bands: () => joined(raster) };
}

async function* joined(raster: Raster): AsyncGenerator<Uint8Array> {
  const length = raster.width * raster.height * 4;
  let rows: Uint8Array | undefined;
  let filled = 0;
  for await (const band of raster.bands()) {
    if (band.length === length) return yield band;
    rows ??= new Uint8Array(length);
    rows.set(band, filled);
    filled += band.length;
  }
  if (!rows || filled !== length) throw new Error(`Raster gave ${filled} of ${length} bytes`);
  yield rows;
}
