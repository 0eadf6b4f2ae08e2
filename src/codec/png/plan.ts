import { deflateSync } from "node:zlib";
import type { PngRows, PngScan, PngWriter } from "../../engine/png-writer.ts";
import type { Raster, Size } from "../../transform/image.ts";
import { joinBytes } from "../byte-sink.ts";

/** How a picture is written. */
export interface Plan {
  readonly rows: PngRows;
  /** RGBA, translucent colours first. */
  readonly palette: Uint8Array | undefined;
  /** Whether the compressor searches for matches (zlib), or looks for runs only (ours, ten times faster). */
  readonly search: boolean;
}

/** Photographs have fewer pixels that repeat their neighbour; runs and filters are best for them without a trial. */
const FLAT_SHARE = 0.25;
/** A search takes ten times as long: it has to save at least 15 %. */
const SEARCH_SHARE = 0.85;
/** Filtered bytes on which the plans compete: letters of a text repeat in the next lines, so a few rows say nothing. */
const SAMPLE_BYTES = 196_608;
/** What is in the middle may be unlike the rest. */
const SAMPLE_PARTS = 3;

/** Without a look at the pixels. */
export const streamedPlan = ({ alpha }: Raster): Plan => direct(alpha ? 6 : 2, true, false);

/** The plan that takes the fewest bytes for a sample of the picture; with `rgb`, none that says gray. */
export function choosePlan(writer: PngWriter, size: Size, rgb: boolean): Plan {
  const scan = scanOf(writer, rgb);
  const searches = scan.colours || scan.repeats > FLAT_SHARE ? searchingPlans(scan) : [];
  let best = plainPlan(scan);
  if (searches.length === 0) return best;
  const parts = sampleOf(writer, size, scan);
  let least = estimate(writer, size, parts, best) * SEARCH_SHARE;
  for (const plan of searches) {
    const bytes = estimate(writer, size, parts, plan);
    if (bytes >= least) continue;
    least = bytes;
    best = plan;
  }
  return best;
}

/** Every way to write the kept pixels that may be the shortest. */
export function everyPlan(writer: PngWriter, rgb: boolean): readonly Plan[] {
  const scan = scanOf(writer, rgb);
  return [plainPlan(scan), ...searchingPlans(scan)];
}

function scanOf(writer: PngWriter, rgb: boolean): PngScan {
  const scan = writer.scan();
  return { ...scan, gray: scan.gray && !rgb };
}

const typeOf = ({ gray, opaque }: PngScan) => (gray ? (opaque ? 0 : 4) : opaque ? 2 : 6);

const plainPlan = (scan: PngScan): Plan => direct(typeOf(scan), true, false);

function searchingPlans(scan: PngScan): readonly Plan[] {
  const type = typeOf(scan);
  const plans = [direct(type, true, true), direct(type, false, true)];
  return scan.colours ? [...plans, withPalette(scan.colours)] : plans;
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

interface Part {
  readonly top: number;
  readonly rows: number;
}

/**
 * Rows from the middle of the upper, the middle and the lower third. Pictures of few colours or of grays may become a byte a pixel,
 * others are four.
 */
function sampleOf(writer: PngWriter, { width, height }: Size, { gray, colours }: PngScan): readonly Part[] {
  const bytes = SAMPLE_BYTES / SAMPLE_PARTS;
  const fitting = Math.max(1, Math.floor(bytes / (gray || colours ? width : width * 4)));
  const third = Math.ceil(height / SAMPLE_PARTS);
  const tops = Array.from({ length: SAMPLE_PARTS }, (_, part) => part * third).filter((top) => top < height);
  return tops.map((top) => {
    const rows = Math.min(height - top, third, writer.chunkRows, fitting);
    return { top: top + ((Math.min(height - top, third) - rows) >> 1), rows };
  });
}

/** Bytes of the whole file, from a sample of its rows. */
function estimate(writer: PngWriter, { height }: Size, parts: readonly Part[], plan: Plan): number {
  writer.use(plan.rows);
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const bytes = plan.search ? searched(writer, parts) : ran(writer, parts);
  return bytes * (height / rows) + ((plan.palette?.length ?? 0) * 3) / 4;
}

const searched = (writer: PngWriter, parts: readonly Part[]): number =>
  deflateSync(joinBytes(parts.map(({ top, rows }) => writer.filter(top, rows).slice()))).length;

function ran(writer: PngWriter, parts: readonly Part[]): number {
  let bytes = 0;
  for (const { top, rows } of parts) {
    writer.filter(top, rows);
    bytes += writer.deflate(true, true).length;
  }
  return bytes;
}
