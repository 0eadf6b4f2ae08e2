import { createPngWriter, type PngWriter, pngWriterBytes } from "../../engine/png-writer.ts";
import { firstFrame, type Picture, type Raster, type Size } from "../../transform/image.ts";
import type { Effort, EncodeOptions } from "../codec.ts";
import { joinPng } from "./file.ts";
import { choosePlan, everyPlan, type Plan, streamedPlan } from "./plan.ts";
import { deflateRows } from "./zlib.ts";

/** Up to here all pixels are kept, so that the fewest bytes a pixel can be found before the first is written. */
const MAX_KEPT_PIXELS = 4 * 1024 * 1024;
/** What a photograph takes in the file, twice while its pieces are joined. */
const OUTPUT_BYTES_A_PIXEL = 2 * 2;

/** Of zlib: 9 takes up to ten times as long as 6 for a few hundredths fewer bytes. */
const LEVEL = 6;
const MOST_LEVEL = 9;
/** Up to here every plan is carried out, with all effort: a megapixel takes some seconds. */
const MAX_TRIED_PIXELS = 1_000_000;

const isKept = ({ width, height }: Size) => width * height <= MAX_KEPT_PIXELS;

const takesTrials = ({ width, height }: Size, effort: Effort | undefined): boolean =>
  effort === "max" && width * height <= MAX_TRIED_PIXELS;

/** With trials the shortest file so far is kept beside the one that is being made. */
export function encodingBytes(size: Size, effort: Effort | undefined): number {
  const pixels = size.width * size.height;
  const output = takesTrials(size, effort) ? 2 * OUTPUT_BYTES_A_PIXEL : OUTPUT_BYTES_A_PIXEL;
  return pngWriterBytes(size.width, isKept(size) ? size.height : 0) + pixels * output;
}

/** The first frame of `picture` as a PNG that decodes to exactly the same pixels. */
export async function encodePng(picture: Picture, options: EncodeOptions): Promise<Uint8Array> {
  const raster = await firstFrame(picture);
  return isKept(raster) ? encodeKept(raster, options) : encodeStreamed(raster);
}

async function encodeKept(raster: Raster, { effort, rgb = false }: EncodeOptions): Promise<Uint8Array> {
  const writer = createPngWriter(raster.width, raster.height);
  await keep(raster, writer);
  if (takesTrials(raster, effort)) return smallest(raster, writer, everyPlan(writer, rgb));
  return write(raster, writer, choosePlan(writer, raster, rgb), LEVEL);
}

/** What the shortest of all plans gives. */
async function smallest(size: Size, writer: PngWriter, plans: readonly Plan[]): Promise<Uint8Array> {
  const [first, ...others] = plans;
  let least = await write(size, writer, first, MOST_LEVEL);
  for (const plan of others) {
    const file = await write(size, writer, plan, MOST_LEVEL);
    if (file.length < least.length) least = file;
  }
  return least;
}

async function write(size: Size, writer: PngWriter, plan: Plan, level: number): Promise<Uint8Array> {
  writer.use(plan.rows);
  if (!plan.search) return joinPng(size, plan, runs(writer, size));
  return joinPng(size, plan, await deflateRows(filteredRows(writer, size), level));
}

async function encodeStreamed(raster: Raster): Promise<Uint8Array> {
  const writer = createPngWriter(raster.width, 0);
  const plan: Plan = streamedPlan(raster);
  writer.use(plan.rows);
  const pieces: Uint8Array[] = [];
  let row = 0;
  for await (const rows of chunks(raster, writer)) {
    writer.filter(0, rows);
    pieces.push(writer.deflate(row === 0, row + rows === raster.height));
    row += rows;
  }
  return joinPng(raster, plan, pieces);
}

/** Copies the whole raster into the writer. */
async function keep(raster: Raster, writer: PngWriter): Promise<void> {
  let row = 0;
  for await (const band of raster.bands()) {
    writer.put(band, row);
    row += band.length / (raster.width * 4);
  }
}

/** Copies the raster into the writer, as many rows as it filters at once; gives the rows that wait there. */
async function* chunks(raster: Raster, writer: PngWriter): AsyncGenerator<number> {
  const rowBytes = raster.width * 4;
  const capacity = writer.chunkRows;
  let waiting = 0;
  for await (const band of raster.bands()) {
    for (let at = 0; at < band.length; ) {
      const part = band.subarray(at, at + (capacity - waiting) * rowBytes);
      writer.put(part, waiting);
      at += part.length;
      waiting += part.length / rowBytes;
      if (waiting < capacity) continue;
      yield waiting;
      waiting = 0;
    }
  }
  if (waiting > 0) yield waiting;
}

function* filteredRows(writer: PngWriter, { height }: Size): Generator<Uint8Array> {
  for (let top = 0; top < height; top += writer.chunkRows)
    yield writer.filter(top, Math.min(writer.chunkRows, height - top));
}

function runs(writer: PngWriter, { height }: Size): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let top = 0; top < height; top += writer.chunkRows) {
    writer.filter(top, Math.min(writer.chunkRows, height - top));
    pieces.push(writer.deflate(top === 0, top + writer.chunkRows >= height));
  }
  return pieces;
}
