import type { Colour } from "./colour.ts";
import type { Raster } from "./image.ts";
import { mapRows } from "./map-rows.ts";

/** `raster` on a ground of `colour`, whose own alpha does not count: the result is opaque. */
export function flatten(raster: Raster, colour: Colour): Raster {
  if (!raster.alpha) return raster;
  return { ...mapRows(raster, (rows) => flattenRows(rows, colour)), alpha: false };
}

/** out = (colour × alpha + ground × (255 - alpha)) / 255, rounded. */
function flattenRows(rows: Uint8Array, { red, green, blue }: Colour): void {
  for (let at = 0; at < rows.length; at += 4) {
    const alpha = rows[at + 3];
    if (alpha === 255) continue;
    const ground = 255 - alpha;
    rows[at] = (rows[at] * alpha + red * ground + 127) / 255;
    rows[at + 1] = (rows[at + 1] * alpha + green * ground + 127) / 255;
    rows[at + 2] = (rows[at + 2] * alpha + blue * ground + 127) / 255;
    rows[at + 3] = 255;
  }
}
