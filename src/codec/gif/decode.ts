import { HttpError } from "../../error.ts";
import { type Frame, type Rect, toRaster } from "../../transform/image.ts";
import { type GifFrame, type GifScreen, gifBlocks } from "./header.ts";
import { createLzwReader, LZW_OVERRUN } from "./lzw.ts";

const BLACK = 0xff000000;
const WHITE = 0xffffffff;
/** Colour indices unpacked at a time; a row may be as long as 65,535. */
const CHUNK_BYTES = 65_536;
export const GIF_BUFFER_BYTES = 2 * CHUNK_BYTES + LZW_OVERRUN;

/** The screen while frames are drawn: one 32-bit word a pixel, R in the lowest byte as in RGBA bytes. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
  readonly background: number;
}

/**
 * Frames of a GIF composed onto its screen, one at a time: every frame's raster is the same canvas, drawn on when the
 * next one is asked for. What a frame leaves undrawn, cut data included, shows what was there before.
 *
 * @throws HttpError 422 decode_failed when not a pixel of the first frame can be read
 */
export async function* decodeGif(bytes: Uint8Array, screen: GifScreen, frameCount: number): AsyncGenerator<Frame> {
  const { width, height, transparent } = screen;
  const data = new Uint8Array(width * height * 4);
  const colours = toColours(screen.colours);
  const background =
    colours[screen.colours && screen.backgroundIndex < screen.colours.length / 3 ? screen.backgroundIndex : 0];
  const canvas = { width, height, pixels: new Uint32Array(data.buffer), background };
  if (!transparent) canvas.pixels.fill(BLACK);

  let shown = 0;
  for (const frame of gifBlocks(bytes, screen.blocksAt)) {
    if ("loop" in frame) continue;
    const rect = clip(frame, canvas);
    const before = frame.disposal === "previous" && frameCount > 1 ? copyRect(canvas, rect) : undefined;
    const drawn = drawFrame(canvas, frame, bytes, frame.colours ? toColours(frame.colours) : colours);
    if (shown === 0 && drawn === 0 && frame.width * frame.height > 0)
      throw new HttpError(422, "decode_failed", "Cannot decode the GIF: its first frame holds no pixel");
    yield { raster: toRaster({ width, height, data }, transparent), delayMs: frameCount > 1 ? frame.delayMs : 0 };
    if (++shown === frameCount) return;
    if (before) pasteRect(canvas, rect, before);
    else if (frame.disposal === "background") clearRect(canvas, rect, frame.transparentIndex === undefined);
  }
  throw new HttpError(422, "decode_failed", `Cannot decode the GIF: it has ${shown} of ${frameCount} frames`);
}

/** Draws what can be read of `frame`; gives the number of its pixels that were read, seen or not. */
function drawFrame(canvas: Canvas, frame: GifFrame, bytes: Uint8Array, colours: Uint32Array): number {
  const { width } = frame;
  const total = readablePixels(canvas, frame);
  const rowsAtOnce = Math.max(1, Math.floor(CHUNK_BYTES / width));
  const indices = new Uint8Array(rowsAtOnce * width + LZW_OVERRUN);
  const lzw = createLzwReader(bytes, frame.dataAt);
  let read = 0;
  for (let filled = 0, row = 0; read < total; ) {
    const wanted = Math.min(rowsAtOnce * width, total - read);
    filled = lzw.read(indices, filled, wanted);
    const usable = Math.min(filled, wanted);
    for (let from = 0; from < usable; from += width)
      drawRow(canvas, frame, row++, indices.subarray(from, Math.min(from + width, usable)), colours);
    read += usable;
    if (filled < wanted) break;
    indices.copyWithin(0, wanted, filled);
    filled -= wanted;
  }
  return read;
}

/**
 * Rows below the screen are not unpacked, unless a later pass comes back up. A frame much larger than the screen is
 * read only in part: time must stay in proportion to what is shown.
 */
function readablePixels(canvas: Canvas, frame: GifFrame): number {
  const visibleRows = Math.max(0, Math.min(frame.height, canvas.height - frame.top));
  const rows = frame.interlaced ? frame.height : visibleRows;
  return Math.min(rows * frame.width, 4 * canvas.pixels.length + 4 * CHUNK_BYTES);
}

function drawRow(canvas: Canvas, frame: GifFrame, row: number, indices: Uint8Array, colours: Uint32Array): void {
  const y = frame.top + (frame.interlaced ? interlacedRow(row, frame.height) : row);
  if (y >= canvas.height) return;
  const count = Math.min(indices.length, canvas.width - frame.left);
  const { pixels } = canvas;
  const start = y * canvas.width + frame.left;
  const transparent = frame.transparentIndex ?? -1;
  for (let x = 0; x < count; x++) {
    const index = indices[x];
    if (index !== transparent) pixels[start + x] = colours[index];
  }
}

/** GIF89a appendix E: every 8th row from 0, every 8th from 4, every 4th from 2, every 2nd from 1. */
function interlacedRow(row: number, height: number): number {
  const eighths = (height + 7) >> 3;
  const quarters = (height + 3) >> 2;
  const halves = (height + 1) >> 1;
  if (row < eighths) return row * 8;
  if (row < quarters) return (row - eighths) * 8 + 4;
  if (row < halves) return (row - quarters) * 4 + 2;
  return (row - halves) * 2 + 1;
}

/** 256 opaque colours; those that the file's table lacks are black, and without a table the second one is white. */
function toColours(table: Uint8Array | undefined): Uint32Array {
  const colours = new Uint32Array(256).fill(BLACK);
  if (!table) colours[1] = WHITE;
  for (let index = 0, at = 0; table && at + 2 < table.length; index++, at += 3)
    colours[index] = (BLACK | (table[at + 2] << 16) | (table[at + 1] << 8) | table[at]) >>> 0;
  return colours;
}

function clip(frame: Rect, canvas: Canvas): Rect {
  const left = Math.min(frame.left, canvas.width);
  const top = Math.min(frame.top, canvas.height);
  const width = Math.min(frame.width, canvas.width - left);
  return { left, top, width, height: Math.min(frame.height, canvas.height - top) };
}

const rowStarts = function* ({ width }: Canvas, { left, top, height }: Rect): Generator<number> {
  for (let y = top; y < top + height; y++) yield y * width + left;
};

function copyRect(canvas: Canvas, rect: Rect): Uint32Array {
  const copy = new Uint32Array(rect.width * rect.height);
  let at = 0;
  for (const start of rowStarts(canvas, rect)) {
    copy.set(canvas.pixels.subarray(start, start + rect.width), at);
    at += rect.width;
  }
  return copy;
}

function pasteRect(canvas: Canvas, rect: Rect, copy: Uint32Array): void {
  let at = 0;
  for (const start of rowStarts(canvas, rect)) {
    canvas.pixels.set(copy.subarray(at, at + rect.width), start);
    at += rect.width;
  }
}

/** As libnsgif does: to the background colour where the frame has no transparent colour, else to transparent. */
function clearRect(canvas: Canvas, rect: Rect, opaque: boolean): void {
  const value = opaque ? canvas.background : 0;
  for (const start of rowStarts(canvas, rect)) canvas.pixels.fill(value, start, start + rect.width);
}
