import { createEngine, type EngineMemory } from "./engine.ts";

/** Exports of src/engine/assembly/jpeg-encode.ts. */
interface JpegEncodeKernel {
  jpegEncodeOpen(width: number, maxTokenBytes: number): number;
  jpegEncodeOutput(): number;
  jpegEncodeMcus(rows: number, first: number): number;
  jpegEncodeCodes(whole: boolean): number;
  jpegEncodeWrite(): number;
  jpegEncodeEnd(): number;
}

/** 64 divisors of the coefficients, row by row (T.81 §A.3.4). */
export type JpegSteps = Uint8Array;

export interface JpegWriterOptions {
  readonly width: number;
  readonly luma: JpegSteps;
  readonly chroma: JpegSteps;
  /** What stands before the scan, once its Huffman tables are known: 16 counts and the symbols of each (T.81 §B.2.4.2). */
  header(tables: JpegHuffmanTables): Uint8Array;
}

/** For luma DC and AC, then chroma DC and AC. */
export type JpegHuffmanTables = readonly Uint8Array[];

export interface JpegWriter {
  /** Bytes of WASM memory in use. */
  memoryBytes(): number;
  /** Keeps pixels of the current row of MCUs, from its byte `at` on. */
  put(pixels: Uint8Array, at: number): void;
  /** Encodes the row of MCUs of which `rows` rows were put. What it gives is valid until the next piece. */
  encode(rows: number, isLast: boolean): Generator<Uint8Array>;
}

/** Rows of pixels in a row of MCUs. */
export const MCU_ROWS = 16;

/** Tokens kept for making Huffman tables: those of some 4 megapixels at quality 80. */
const MAX_TOKEN_BYTES = 4_194_304;
/** A pixel is one and a half samples, each with a token of 4 bytes. */
const TOKEN_BYTES_A_PIXEL = 6;
/** Tables, output and the module itself. */
const FIXED_BYTES = 262_144;
const SPEC_BYTES = 272;

/** WASM memory that a writer takes at most. */
export function jpegWriterBytes(width: number, height: number): number {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16) * 256;
  return FIXED_BYTES + width * 4 * MCU_ROWS + Math.min(blocks * TOKEN_BYTES_A_PIXEL, MAX_TOKEN_BYTES);
}

/** A writer of one baseline JPEG with chroma of half the width and height. */
export function createJpegWriter(options: JpegWriterOptions): JpegWriter {
  const kernel = createEngine<JpegEncodeKernel>();
  const factors = kernel.jpegEncodeOpen(options.width, MAX_TOKEN_BYTES);
  new Float32Array(kernel.memory.buffer, factors, 128).set([
    ...factorsOf(options.luma, LUMA_SCALE),
    ...factorsOf(options.chroma, CHROMA_SCALE),
  ]);
  const pixels = factors + 512;
  const mcus = Math.ceil(options.width / 16);
  let coded = false;

  function* drain(isLast: boolean): Generator<Uint8Array> {
    if (!coded) yield options.header(readTables(kernel, kernel.jpegEncodeCodes(isLast)));
    coded = true;
    for (let length = kernel.jpegEncodeWrite(); length > 0; length = kernel.jpegEncodeWrite())
      yield written(kernel, length);
    if (isLast) yield written(kernel, kernel.jpegEncodeEnd());
  }

  return {
    memoryBytes: () => kernel.memory.buffer.byteLength,
    put: (rgba, at) => new Uint8Array(kernel.memory.buffer).set(rgba, pixels + at),
    *encode(rows, isLast) {
      for (let mcu = 0; mcu < mcus; ) {
        mcu = kernel.jpegEncodeMcus(rows, mcu);
        const isEnd = isLast && mcu === mcus;
        if (coded || isEnd || mcu < mcus) yield* drain(isEnd);
      }
    },
  };
}

type Kernel = EngineMemory & JpegEncodeKernel;

const written = (kernel: Kernel, length: number) =>
  new Uint8Array(kernel.memory.buffer, kernel.jpegEncodeOutput(), length);

function readTables(kernel: Kernel, specs: number): JpegHuffmanTables {
  return [0, 1, 2, 3].map((index) => {
    const spec = new Uint8Array(kernel.memory.buffer, specs + index * SPEC_BYTES, SPEC_BYTES);
    const symbols = spec.subarray(0, 16).reduce((sum, count) => sum + count, 0);
    return spec.slice(0, 16 + symbols);
  });
}

/** Units of a sample in the engine: 2^15 for luma; chroma is the sum of four pixels. */
const LUMA_SCALE = 2 ** 15;
const CHROMA_SCALE = 2 ** 17;

/** What a coefficient is multiplied by: the transform leaves it transposed and 8 × scale × scale too large. */
function factorsOf(steps: JpegSteps, unit: number): number[] {
  return Array.from(steps, (_, index) => {
    const across = index >> 3;
    const down = index & 7;
    return 1 / (steps[down * 8 + across] * 8 * unit * TRANSFORM_SCALES[across] * TRANSFORM_SCALES[down]);
  });
}

/** By frequency: √2 cos(kπ/16), but 1 for 0. */
const TRANSFORM_SCALES: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7].map((frequency) =>
  frequency === 0 ? 1 : Math.SQRT2 * Math.cos((frequency * Math.PI) / 16),
);
