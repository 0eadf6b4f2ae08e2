import type { Raster } from "../transform/image.ts";
import { mapRows } from "../transform/map-rows.ts";
import { mix } from "../transform/mix.ts";
import { WHITE } from "./colour.ts";
import { createCoverage } from "./coverage.ts";
import type { DisplayList } from "./display-list.ts";
import { toEdges } from "./edges.ts";
import { box } from "./pen.ts";

/**
 * `raster` with rounded corners: alpha is multiplied by the part of each pixel inside. `percent` of the shorter side,
 * 0–50, is the radius; 50 makes a square a circle.
 */
export function roundCorners(raster: Raster, percent: number): Raster {
  const { width, height } = raster;
  const radius = (Math.min(width, height) * Math.min(percent, 50)) / 100;
  if (!(radius > 0)) return raster;
  const pixels: DisplayList = { side: width, shapes: [], antialias: true };
  const edges = toEdges(box(0, 0, width, height, radius, WHITE), pixels, width);
  const coverage = createCoverage(width, 1);
  const masked = mapRows(raster, (rows, top) => {
    const count = rows.length / (width * 4);
    for (let row = 0; row < count; row++) {
      coverage.add(edges, top + row, 1);
      fade(rows.subarray(row * width * 4, (row + 1) * width * 4), coverage);
    }
  });
  return { ...masked, alpha: true };
}

/** Columns that no run names are outside. */
function fade(row: Uint8Array, { read }: Pick<ReturnType<typeof createCoverage>, "read">): void {
  let inside = 0;
  read(0, "nonzero", (from, to, part) => {
    clear(row, inside, from);
    inside = to;
    if (part < 255) for (let at = from * 4 + 3; at < to * 4; at += 4) row[at] = mix(row[at], 0, part);
  });
  clear(row, inside, row.length / 4);
}

function clear(row: Uint8Array, from: number, to: number): void {
  for (let at = from * 4 + 3; at < to * 4; at += 4) row[at] = 0;
}
