import type { Raster } from "./image.ts";

/**
 * `raster` with `change` applied to a copy of each band: `rows` holds whole rows, the first of them row `top` of the
 * raster. The copy is reused, so nothing grows with the picture.
 */
export function mapRows(raster: Raster, change: (rows: Uint8Array, top: number) => void): Raster {
  return {
    ...raster,
    async *bands() {
      let copy = new Uint8Array();
      let top = 0;
      for await (const band of raster.bands()) {
        if (copy.length < band.length) copy = new Uint8Array(band.length);
        const rows = copy.subarray(0, band.length);
        rows.set(band);
        change(rows, top);
        yield rows;
        top += band.length / (raster.width * 4);
      }
    },
  };
}
