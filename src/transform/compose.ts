import type { Colour } from "./colour.ts";
import type { Raster, RawImage, Rect, Size } from "./image.ts";
import { mapRows } from "./map-rows.ts";
import { mix } from "./mix.ts";

/** `raster` with `colour` laid over `rect` (whole pixels); what lies outside the raster is cut off. */
export function fill(raster: Raster, rect: Rect, colour: Colour): Raster {
  const { red, green, blue, alpha } = colour;
  const { left, top, right, bottom } = overlap(rect, raster);
  return mapRows(raster, (rows, firstRow) => {
    const lastRow = firstRow + rows.length / (raster.width * 4);
    for (let y = Math.max(top, firstRow); y < Math.min(bottom, lastRow); y++)
      for (let x = left; x < right; x++) over(rows, ((y - firstRow) * raster.width + x) * 4, red, green, blue, alpha);
  });
}

/** `raster` with `image` laid over it, its corner at (`left`, `top`), whole pixels; what lies outside is cut off. */
export function draw(raster: Raster, image: RawImage, left: number, top: number): Raster {
  const { data, width, height } = image;
  const part = overlap({ left, top, width, height }, raster);
  return mapRows(raster, (rows, firstRow) => {
    const lastRow = firstRow + rows.length / (raster.width * 4);
    for (let y = Math.max(part.top, firstRow); y < Math.min(part.bottom, lastRow); y++)
      for (let x = part.left; x < part.right; x++) {
        const from = ((y - top) * width + x - left) * 4;
        const to = ((y - firstRow) * raster.width + x) * 4;
        over(rows, to, data[from], data[from + 1], data[from + 2], data[from + 3]);
      }
  });
}

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function overlap(rect: Rect, { width, height }: Size): Edges {
  return {
    left: Math.max(0, rect.left),
    top: Math.max(0, rect.top),
    right: Math.min(width, rect.left + rect.width),
    bottom: Math.min(height, rect.top + rect.height),
  };
}

/** Porter-Duff "over" of one pixel on straight alpha. */
function over(rows: Uint8Array, at: number, red: number, green: number, blue: number, alpha: number): void {
  if (rows[at + 3] === 255) {
    rows[at] = mix(red, rows[at], alpha);
    rows[at + 1] = mix(green, rows[at + 1], alpha);
    rows[at + 2] = mix(blue, rows[at + 2], alpha);
  } else if (alpha > 0) overTransparent(rows, at, red, green, blue, alpha);
}

/**
 * In units of 1/255²: the ground keeps its alpha x (255 - alpha), the sum of both parts is the new alpha, and colours
 * are weighted by their parts.
 */
function overTransparent(rows: Uint8Array, at: number, red: number, green: number, blue: number, alpha: number): void {
  const added = alpha * 255;
  const kept = rows[at + 3] * (255 - alpha);
  const total = added + kept;
  rows[at] = (red * added + rows[at] * kept) / total + 0.5;
  rows[at + 1] = (green * added + rows[at + 1] * kept) / total + 0.5;
  rows[at + 2] = (blue * added + rows[at + 2] * kept) / total + 0.5;
  rows[at + 3] = total / 255 + 0.5;
}
