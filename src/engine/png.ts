import { createEngine, type EngineMemory } from "./engine.ts";
import { createInflater, type Fill, type InflateExports, inflaterBytes } from "./inflate.ts";
import { type InterlacedExports, interlacedRows } from "./png-interlaced.ts";
import { bandRows, blank, framePixel, type PngLayout, type PngShape, pixelStep, rowBytesOf } from "./png-layout.ts";
import { type RowsExports, sequentialRows } from "./png-rows.ts";

interface PngExports extends InflateExports, RowsExports, InterlacedExports {
  pngConfigure(kind: number, depth: number, width: number, rowBytes: number, step: number, keyed: boolean): number;
}

/** Whole rows, RGBA. The bytes are those of the engine, good until the next band. */
export interface PngBand {
  readonly pixels: Uint8Array;
  /** Rows that the file held; the rest is a constant. */
  readonly intactRows: number;
}

/** What the module takes before anything is allocated. */
const MODULE_BYTES = 65_536;
/** Tables of the inflater, slack of the rows, and the table of colours. */
const SMALL_BYTES = 20_480;
const COLOURS_BYTES = 1_024;
/** Names of the layouts in the engine, by channels. */
const KINDS = { 1: 1, 2: 4, 3: 2, 4: 6 } as const;

/** Predicted bytes of WASM memory for reading a PNG. */
export function pngReaderBytes(shape: PngShape): number {
  const { width, height, interlaced } = shape;
  const rows = bandRows(shape);
  const rowBytes = rowBytesOf(shape, width);
  const frame = interlaced ? width * height * framePixel(shape) : 0;
  const bands = inflaterBytes(rows * (rowBytes + 1)) + rows * width * 4;
  return MODULE_BYTES + SMALL_BYTES + bands + 4 * rowBytes + 4 * width + frame;
}

/** Decodes from the top down. `fill` gives the contents of the IDAT chunks. */
export function* readPngBands(layout: PngLayout, fill: Fill): Generator<PngBand, void> {
  const engine = createEngine<PngExports>();
  try {
    yield* bandsOf(engine, layout, fill);
  } finally {
    engine.close();
  }
}

function* bandsOf(engine: EngineMemory & PngExports, layout: PngLayout, fill: Fill): Generator<PngBand, void> {
  const { width, height, alpha, interlaced } = layout;
  const most = bandRows(layout);
  configure(engine, layout);
  const inflater = createInflater(engine, most * (rowBytesOf(layout, width) + 1), fill);
  const readRows = (interlaced ? interlacedRows : sequentialRows)(engine, layout, inflater);
  const band = engine.alloc(most * width * 4);
  for (let top = 0; top < height; top += most) {
    const rows = Math.min(most, height - top);
    const intactRows = readRows(top, rows, band);
    const pixels = new Uint8Array(engine.memory.buffer, band, rows * width * 4);
    if (intactRows < rows) blank(pixels.subarray(intactRows * width * 4), alpha);
    yield { pixels, intactRows };
  }
}

function configure(engine: EngineMemory & PngExports, layout: PngLayout): void {
  const { width, channels, depth, colours, key } = layout;
  const kind = colours ? 0 : KINDS[channels];
  const rowBytes = rowBytesOf(layout, width);
  const table = engine.pngConfigure(kind, depth, width, rowBytes, pixelStep(layout), key !== undefined);
  if (colours) new Uint8Array(engine.memory.buffer, table).set(colours);
  if (key) new Uint8Array(engine.memory.buffer, table + COLOURS_BYTES).set(key);
}
