import type { Size } from "../transform/image.ts";
import { ADAM7, passSize } from "./adam7.ts";
import { createEngine, type EngineMemory } from "./engine.ts";
import { createInflater, type Fill, type InflateExports, type Inflater, inflaterBytes } from "./inflate.ts";

interface PngExports extends InflateExports {
  pngConfigure(kind: number, depth: number, width: number, rowBytes: number, step: number, keyed: boolean): number;
  pngFirstRow(): void;
  pngRows(src: number, count: number, bytes: number, width: number, dst: number): number;
  pngPassRows(
    src: number,
    count: number,
    bytes: number,
    width: number,
    dst: number,
    across: number,
    down: number,
  ): number;
  pngFrameRows(src: number, count: number, width: number, dst: number): void;
}

type Engine = EngineMemory & PngExports;

/** How the pixels of a PNG lie in its rows. */
export interface PngShape extends Size {
  readonly channels: 1 | 2 | 3 | 4;
  readonly depth: number;
  readonly interlaced: boolean;
}

export interface PngLayout extends PngShape {
  /** 256 colours, RGBA, of a palette or of gray up to 8 bits; absent for all others. */
  readonly colours: Uint8Array | undefined;
  /** The transparent colour as its bytes stand in a row, for gray of 16 bits and RGB. */
  readonly key: Uint8Array | undefined;
  /** False: the missing rows of a damaged picture become black, not transparent. */
  readonly alpha: boolean;
}

/** Whole rows, RGBA. The bytes are those of the engine, good until the next band. */
export interface PngBand {
  readonly pixels: Uint8Array;
  /** Rows that the file held; the rest is a constant. */
  readonly intactRows: number;
}

/** Bands of about this size stay in the second-level cache between the steps. */
const BAND_BYTES = 262_144;
/** What the module takes before anything is allocated. */
const MODULE_BYTES = 131_072;
/** Slack of the rows, and the table of colours. */
const SMALL_BYTES = 16_384;

/** Predicted bytes of WASM memory for reading a PNG. */
export function pngReaderBytes(shape: PngShape): number {
  const rows = bandRows(shape);
  const rowBytes = bytesOf(shape, shape.width);
  const frame = shape.interlaced ? shape.width * shape.height * framePixel(shape) : 0;
  const bands = inflaterBytes(rows * (rowBytes + 1)) + rows * shape.width * 4;
  return MODULE_BYTES + SMALL_BYTES + bands + 4 * rowBytes + 4 * shape.width + frame;
}

/** Decodes from the top down. `fill` gives the contents of the IDAT chunks. */
export function* readPngBands(layout: PngLayout, fill: Fill): Generator<PngBand, void> {
  const engine = createEngine<PngExports>();
  const { width, height } = layout;
  const rowBytes = bytesOf(layout, width);
  configure(engine, layout, rowBytes);
  const inflater = createInflater(engine, bandRows(layout) * (rowBytes + 1), fill);
  const readRows = layout.interlaced
    ? interlacedRows(engine, layout, inflater)
    : sequentialRows(engine, layout, inflater);
  const band = engine.alloc(bandRows(layout) * width * 4);
  for (let top = 0; top < height; top += bandRows(layout)) {
    const rows = Math.min(bandRows(layout), height - top);
    const intactRows = readRows(top, rows, band);
    const pixels = new Uint8Array(engine.memory.buffer, band, rows * width * 4);
    if (intactRows < rows) blank(pixels.subarray(intactRows * width * 4), layout.alpha);
    yield { pixels, intactRows };
  }
}

/** Writes `rows` rows from row `top` on to `dst`; gives the number of rows that could be written. */
type ReadRows = (top: number, rows: number, dst: number) => number;

function sequentialRows(engine: Engine, layout: PngLayout, inflater: Inflater): ReadRows {
  const rowBytes = bytesOf(layout, layout.width);
  let damaged = false;
  return (_top, rows, dst) => {
    if (damaged) return 0;
    const intact = takeRows(inflater, rows, rowBytes, (src, count) =>
      engine.pngRows(src, count, rowBytes, layout.width, dst),
    );
    damaged = intact < rows;
    return intact;
  };
}

/** All seven passes go into a frame of pixels as stored first. */
function interlacedRows(engine: Engine, layout: PngLayout, inflater: Inflater): ReadRows {
  const pixel = framePixel(layout);
  const frame = engine.alloc(layout.width * layout.height * pixel);
  let decoded: boolean | undefined;
  if (pixel === 4 && !layout.alpha) blank(viewOf(engine, frame, layout.width * layout.height * 4), false);
  return (top, rows, dst) => {
    decoded ??= readPasses(engine, layout, inflater, frame);
    engine.pngFrameRows(frame + top * layout.width * pixel, rows, layout.width, dst);
    return decoded ? rows : 0;
  };
}

/** @returns whether at least one row came */
function readPasses(engine: Engine, layout: PngLayout, inflater: Inflater, frame: number): boolean {
  let some = false;
  for (const pass of ADAM7) {
    const { width, height } = passSize(layout, pass);
    if (width === 0 || height === 0) continue;
    engine.pngFirstRow();
    const rowBytes = bytesOf(layout, width);
    const across = pass.across * framePixel(layout);
    const down = pass.down * layout.width * framePixel(layout);
    const origin = frame + (pass.top * layout.width + pass.left) * framePixel(layout);
    for (let row = 0; row < height; row++) {
      const taken = takeRows(inflater, 1, rowBytes, (src) =>
        engine.pngPassRows(src, 1, rowBytes, width, origin + row * down, across, down),
      );
      if (taken === 0) return some;
      some = true;
    }
  }
  return some;
}

/** Hands the whole rows that could be inflated to `use`, which says how many of them were good. */
function takeRows(
  inflater: Inflater,
  rows: number,
  rowBytes: number,
  use: (src: number, rows: number) => number,
): number {
  const { at, length } = inflater.need(rows * (rowBytes + 1));
  const taken = use(at, Math.floor(length / (rowBytes + 1)));
  inflater.skip(taken * (rowBytes + 1));
  return taken;
}

function configure(engine: Engine, layout: PngLayout, rowBytes: number): void {
  const { width, channels, depth, colours, key } = layout;
  const kind = colours ? 0 : KINDS[channels];
  const step = Math.max(1, (channels * depth) >> 3);
  const table = engine.pngConfigure(kind, depth, width, rowBytes, step, key !== undefined);
  if (colours) viewOf(engine, table, 1024).set(colours);
  if (key) viewOf(engine, table + 1024, 8).set(key);
}

/** Names of the layouts in the engine, by channels. */
const KINDS = { 1: 1, 2: 4, 3: 2, 4: 6 } as const;

const viewOf = (engine: Engine, at: number, bytes: number) => new Uint8Array(engine.memory.buffer, at, bytes);

const bytesOf = ({ channels, depth }: PngShape, width: number) => Math.ceil((width * channels * depth) / 8);

const framePixel = ({ channels, depth }: PngShape) => (depth === 16 ? 4 : channels);

const bandRows = ({ width, height }: Size) => Math.min(height, Math.max(1, Math.floor(BAND_BYTES / (width * 4))));

function blank(pixels: Uint8Array, alpha: boolean): void {
  new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4).fill(alpha ? 0 : 0xff000000);
}
