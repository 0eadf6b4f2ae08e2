import { createPngWriter, type PngWriter, pngWriterBytes } from "../../engine/png-writer.ts";
import { firstFrame, type Picture, type Raster, type Size } from "../../transform/image.ts";
import type { EncodeOptions } from "../codec.ts";
import { joinPng } from "./file.ts";
import { choosePlan, type Plan, streamedPlan } from "./plan.ts";
import { deflateRows } from "./zlib.ts";

/** Up to here all pixels are kept, so that the fewest bytes a pixel can be found before the first is written. */
const MAX_KEPT_PIXELS = 4 * 1024 * 1024;
/** What a photograph takes in the file, twice while its pieces are joined. */
const OUTPUT_BYTES_A_PIXEL = 2 * 2;

const isKept = ({ width, height }: Size) => width * height <= MAX_KEPT_PIXELS;

export function encodingBytes(size: Size): number {
  const pixels = size.width * size.height;
  return pngWriterBytes(size.width, isKept(size) ? size.height : 0) + pixels * OUTPUT_BYTES_A_PIXEL;
}

/** The first frame of `picture` as a PNG that decodes to exactly the same pixels. */
export async function encodePng(picture: Picture, { rgb = false }: EncodeOptions): Promise<Uint8Array> {
  const raster = await firstFrame(picture);
  return isKept(raster) ? encodeKept(raster, rgb) : encodeStreamed(raster);
}

async function encodeKept(raster: Raster, rgb: boolean): Promise<Uint8Array> {
  const writer = createPngWriter(raster.width, raster.height);
  await keep(raster, writer);
  const plan = choosePlan(writer, raster, rgb);
  writer.use(plan.rows);
  return joinPng(raster, plan, plan.search ? await deflateRows(filteredRows(writer, raster)) : runs(writer, raster));
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
