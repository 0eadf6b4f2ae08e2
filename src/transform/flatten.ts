import type { Colour } from "./colour.ts";
import type { Raster } from "./image.ts";
import { mapRows } from "./map-rows.ts";
import { mix } from "./mix.ts";

/** `raster` on a ground of `colour`, whose own alpha does not count: the result is opaque. */
export function flatten(raster: Raster, colour: Colour): Raster {
  if (!raster.alpha) return raster;
  return { ...mapRows(raster, (rows) => flattenRows(rows, colour)), alpha: false };
}

function flattenRows(rows: Uint8Array, { red, green, blue }: Colour): void {
  for (let at = 0; at < rows.length; at += 4) {
    const alpha = rows[at + 3];
    if (alpha === 255) continue;
    rows[at] = mix(rows[at], red, alpha);
    rows[at + 1] = mix(rows[at + 1], green, alpha);
    rows[at + 2] = mix(rows[at + 2], blue, alpha);
    rows[at + 3] = 255;
  }
}
