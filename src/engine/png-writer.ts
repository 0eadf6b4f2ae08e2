import { createEngine, type EngineMemory } from "./engine.ts";

interface PngWriterExports {
  pngScanStart(): void;
  pngScan(src: number, pixels: number): void;
  pngScanColours(): number;
  pngScanOpaque(): number;
  pngScanGray(): number;
  pngScanRepeats(): number;
  pngScanList(): number;
  pngPackStart(type: number, depth: number, width: number, rowBytes: number, step: number, plain: boolean): number;
  pngPackRows(src: number, count: number, dst: number): void;
  pngDeflateStart(): void;
  pngDeflate(src: number, length: number, dst: number, isFirst: boolean, isLast: boolean): number;
}

/** What the kept pixels have in common. */
export interface PngScan {
  readonly opaque: boolean;
  readonly gray: boolean;
  /** Colours in order of appearance, RGBA; absent above 256. */
  readonly colours: Uint8Array | undefined;
  /** Share of the pixels that equal their left neighbour: low in photographs. */
  readonly repeats: number;
}

/** How rows are written. */
export interface PngRows {
  /** PNG 3rd edition §11.2.1. */
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly depth: 1 | 2 | 4 | 8;
  /** Whether rows are filtered, each by what suits it best. */
  readonly filtered: boolean;
  /** For a palette: the place in it of every colour of the scan. */
  readonly places: Uint8Array | undefined;
}

export interface PngWriter {
  /** Rows that `filter` takes at once. */
  readonly chunkRows: number;
  /** Keeps whole rows of RGBA pixels from row `top` of those kept on. */
  put(pixels: Uint8Array, top: number): void;
  scan(): PngScan;
  /** Starts again with rows of this kind. */
  use(rows: PngRows): void;
  /** Filtered rows of those kept, good until the next call. */
  filter(top: number, rows: number): Uint8Array;
  /** What `filter` gave last, as a piece of a zlib stream of runs and Huffman codes. */
  deflate(isFirst: boolean, isLast: boolean): Uint8Array;
}

const CHUNK_BYTES = 262_144;
const SLACK_BYTES = 64;
/** Tables of the scan and of the compressor, and the module itself. */
const FIXED_BYTES = 327_680;
const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

const chunkRowsOf = (width: number) => Math.max(1, Math.floor(CHUNK_BYTES / (width * 4 + 1)));

/** At most a ninth more than the input, and a header for each block (pngDeflate). */
const deflatedBytes = (bytes: number) => Math.ceil(bytes * 1.125) + 400 * Math.ceil(bytes / 49_152) + SLACK_BYTES;

/** Predicted bytes of WASM memory for a writer that keeps `rows` rows. */
export function pngWriterBytes(width: number, rows: number): number {
  const chunk = chunkRowsOf(width) * (width * 4 + 1);
  return FIXED_BYTES + rows * width * 4 + chunk + deflatedBytes(chunk) + 16 * width;
}

/** A writer that keeps `rows` rows of `width` pixels, or with 0 as many as it filters at once. */
export function createPngWriter(width: number, rows: number): PngWriter {
  const engine = createEngine<PngWriterExports>();
  const chunkRows = chunkRowsOf(width);
  const kept = rows || chunkRows;
  const chunkBytes = Math.min(chunkRows, kept) * (width * 4 + 1);
  const pixels = engine.alloc(kept * width * 4 + SLACK_BYTES);
  const filtered = engine.alloc(chunkBytes + SLACK_BYTES);
  const deflated = engine.alloc(deflatedBytes(chunkBytes));
  let rowBytes = 0;
  let length = 0;
  engine.pngDeflateStart();
  const view = (at: number, bytes: number) => new Uint8Array(engine.memory.buffer, at, bytes);
  return {
    chunkRows,
    put: (rgba, top) => view(pixels + top * width * 4, rgba.length).set(rgba),
    scan: () => scan(engine, pixels, kept * width),
    use(rowKind) {
      rowBytes = use(engine, rowKind, width);
    },
    filter(top, count) {
      engine.pngPackRows(pixels + top * width * 4, count, filtered);
      length = count * (rowBytes + 1);
      return view(filtered, length);
    },
    deflate: (isFirst, isLast) =>
      view(deflated, engine.pngDeflate(filtered, length, deflated, isFirst, isLast)).slice(),
  };
}

type Engine = EngineMemory & PngWriterExports;

function scan(engine: Engine, pixels: number, count: number): PngScan {
  engine.pngScanStart();
  engine.pngScan(pixels, count);
  const colours = engine.pngScanColours();
  return {
    opaque: engine.pngScanOpaque() !== 0,
    gray: engine.pngScanGray() !== 0,
    repeats: engine.pngScanRepeats() / count,
    colours:
      colours <= 256 ? new Uint8Array(engine.memory.buffer, engine.pngScanList(), colours * 4).slice() : undefined,
  };
}

/** @returns the bytes of a row without its filter type */
function use(engine: Engine, { colourType, depth, filtered, places }: PngRows, width: number): number {
  const bits = CHANNELS[colourType] * depth;
  const rowBytes = Math.ceil((width * bits) / 8);
  const table = engine.pngPackStart(colourType, depth, width, rowBytes, Math.max(1, bits >> 3), !filtered);
  if (places) new Uint8Array(engine.memory.buffer, table, places.length).set(places);
  return rowBytes;
}
