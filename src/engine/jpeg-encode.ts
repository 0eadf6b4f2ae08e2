import { createEngine, type EngineMemory } from "./engine.ts";
import { type JpegSampling, mcuSide } from "./jpeg-sampling.ts";

/** Exports of src/engine/assembly/jpeg-encode.ts. */
export interface JpegEncodeKernel {
  jpegEncodeOpen(mcusWide: number, side: number, gray: boolean, maxTokenBytes: number): number;
  jpegEncodeOutput(): number;
  jpegEncodeMcus(rows: number, first: number): number;
  jpegEncodeCodes(whole: boolean): number;
  jpegEncodeWrite(): number;
  jpegEncodeEnd(): number;
}

/** Exports of src/engine/assembly/jpeg-encode-pixels.ts. */
interface JpegPixelsKernel extends JpegEncodeKernel {
  jpegEncodePixels(width: number): number;
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

/** For luma DC and AC, then chroma DC and AC; gray has no chroma. */
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
const TOKEN_BYTES = 4;
const SAMPLES_A_PIXEL: Readonly<Record<JpegSampling, number>> = { "4:2:0": 1.5, "4:4:4": 3, gray: 1 };
/** Tables, output and the module itself. */
const FIXED_BYTES = 262_144;
const SPEC_BYTES = 272;

/** WASM memory that a writer of pixels takes at most. */
export const jpegWriterBytes = (width: number, height: number): number =>
  width * 4 * MCU_ROWS + jpegCoderBytes(width, height, "4:2:0");

/** WASM memory that encoding takes at most, without the rows that it is given. A sample gives a token at most. */
export function jpegCoderBytes(width: number, height: number, sampling: JpegSampling): number {
  const pixels = Math.ceil(width / 16) * Math.ceil(height / 16) * 256;
  return FIXED_BYTES + Math.min(pixels * SAMPLES_A_PIXEL[sampling] * TOKEN_BYTES, MAX_TOKEN_BYTES);
}

/** A writer of one baseline JPEG with chroma of half the width and height, from pixels. */
export function createJpegWriter(options: JpegWriterOptions): JpegWriter {
  const kernel = createEngine<JpegPixelsKernel>();
  const coder = createJpegCoder(kernel, { ...options, sampling: "4:2:0", ...PIXEL_UNITS });
  const pixels = kernel.jpegEncodePixels(options.width);
  return {
    memoryBytes: () => kernel.memory.buffer.byteLength,
    put: (rgba, at) => new Uint8Array(kernel.memory.buffer).set(rgba, pixels + at),
    encode: coder.encode,
  };
}

interface JpegCoderOptions extends JpegWriterOptions {
  readonly sampling: JpegSampling;
  /** Units of a sample in the engine. */
  readonly lumaUnit: number;
  readonly chromaUnit: number;
}

/** 2^15 for luma; chroma is the sum of four pixels. */
const PIXEL_UNITS = { lumaUnit: 2 ** 15, chromaUnit: 2 ** 17 };
export const PLANE_UNITS = { lumaUnit: 1, chromaUnit: 1 };

export interface JpegCoder {
  /** Encodes the row of MCUs that is there: `rows` of pixels, or 0 for planes. What it gives is valid until the next. */
  encode(rows: number, isLast: boolean): Generator<Uint8Array>;
}

/** Writes one baseline JPEG in an engine in which nothing else is allocated once the first row is encoded. */
export function createJpegCoder(kernel: Kernel, options: JpegCoderOptions): JpegCoder {
  const { width, sampling, luma, chroma, lumaUnit, chromaUnit } = options;
  const mcus = Math.ceil(width / mcuSide(sampling));
  const factors = kernel.jpegEncodeOpen(mcus, mcuSide(sampling) / 8, sampling === "gray", MAX_TOKEN_BYTES);
  const reciprocals = [...factorsOf(luma, lumaUnit), ...factorsOf(chroma, chromaUnit)];
  new Float32Array(kernel.memory.buffer, factors, 128).set(reciprocals);
  const tables = sampling === "gray" ? 2 : 4;
  let coded = false;

  function* drain(isLast: boolean): Generator<Uint8Array> {
    if (!coded) yield options.header(readTables(kernel, kernel.jpegEncodeCodes(isLast), tables));
    coded = true;
    for (let length = kernel.jpegEncodeWrite(); length > 0; length = kernel.jpegEncodeWrite())
      yield written(kernel, length);
    if (isLast) yield written(kernel, kernel.jpegEncodeEnd());
  }

  return {
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

function readTables(kernel: Kernel, specs: number, count: number): JpegHuffmanTables {
  return Array.from({ length: count }, (_, index) => {
    const spec = new Uint8Array(kernel.memory.buffer, specs + index * SPEC_BYTES, SPEC_BYTES);
    const symbols = spec.subarray(0, 16).reduce((sum, count) => sum + count, 0);
    return spec.slice(0, 16 + symbols);
  });
}

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
