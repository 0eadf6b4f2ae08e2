import { deflateSync } from "node:zlib";
import type { PngRows, PngScan, PngWriter } from "../../engine/png-writer.ts";
import type { Raster, Size } from "../../transform/image.ts";

/** How a picture is written. */
export interface Plan {
  readonly rows: PngRows;
  /** RGBA, translucent colours first. */
  readonly palette: Uint8Array | undefined;
  /** Whether the compressor searches for matches (zlib), or looks for runs only (ours, ten times faster). */
  readonly search: boolean;
}

/** Photographs have fewer pixels that repeat their neighbour; runs and filters are best for them without a trial. */
const FLAT_SHARE = 0.5;
/** A search takes ten times as long: it has to save at least 15 %. */
const SEARCH_SHARE = 0.85;
/** Filtered bytes on which the plans compete. */
const SAMPLE_BYTES = 65_536;

/** Without a look at the pixels. */
export const streamedPlan = ({ alpha }: Raster): Plan => direct(alpha ? 6 : 2, true, false);

/** The plan that takes the fewest bytes for a sample from the middle of the picture; with `rgb`, none that says gray. */
export function choosePlan(writer: PngWriter, size: Size, rgb: boolean): Plan {
  const [runs, ...searches] = candidates(writer.scan(), rgb);
  if (searches.length === 0) return runs;
  let best = runs;
  let least = estimate(writer, size, runs) * SEARCH_SHARE;
  for (const plan of searches) {
    const bytes = estimate(writer, size, plan);
    if (bytes >= least) continue;
    least = bytes;
    best = plan;
  }
  return best;
}

/** The plan without a search, and those with one that are worth a trial. */
function candidates(scan: PngScan, rgb: boolean): [Plan, ...Plan[]] {
  const type = scan.gray && !rgb ? (scan.opaque ? 0 : 4) : scan.opaque ? 2 : 6;
  const plans: [Plan, ...Plan[]] = [direct(type, true, false)];
  if (scan.colours || scan.repeats > FLAT_SHARE) plans.push(direct(type, true, true), direct(type, false, true));
  if (scan.colours) plans.push(withPalette(scan.colours));
  return plans;
}

function direct(colourType: 0 | 2 | 4 | 6, filtered: boolean, search: boolean): Plan {
  return { rows: { colourType, depth: 8, filtered, places: undefined }, palette: undefined, search };
}

/** Neighbouring numbers of a palette mean nothing: filters would only hide what repeats. */
function withPalette(colours: Uint8Array): Plan {
  const count = colours.length / 4;
  const depth = count <= 2 ? 1 : count <= 4 ? 2 : count <= 16 ? 4 : 8;
  // tRNS ends with the last translucent colour.
  const isOpaque = (colour: number) => Number(colours[colour * 4 + 3] === 255);
  const order = Array.from({ length: count }, (_, colour) => colour).sort((a, b) => isOpaque(a) - isOpaque(b));
  const palette = new Uint8Array(colours.length);
  const places = new Uint8Array(256);
  for (const [place, colour] of order.entries()) {
    palette.set(colours.subarray(colour * 4, colour * 4 + 4), place * 4);
    places[colour] = place;
  }
  return { rows: { colourType: 3, depth, filtered: false, places }, palette, search: true };
}

/** Bytes of the whole file, from a sample of its rows. */
function estimate(writer: PngWriter, { width, height }: Size, plan: Plan): number {
  const rows = Math.min(height, writer.chunkRows, Math.max(1, Math.floor(SAMPLE_BYTES / (width * 4))));
  writer.use(plan.rows);
  const sample = writer.filter((height - rows) >> 1, rows);
  const bytes = plan.search ? deflateSync(sample).length : writer.deflate(true, true).length;
  return bytes * (height / rows) + ((plan.palette?.length ?? 0) * 3) / 4;
}
