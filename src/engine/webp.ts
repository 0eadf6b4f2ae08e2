import { HttpError } from "../error.ts";
import type { Size } from "../transform/image.ts";
import { createEngine } from "./engine.ts";

/** The coded image of one frame; its own header gives the same size. */
export interface WebpImage extends Size {
  /** The bitstream: VP8L, or else VP8. */
  readonly image: Uint8Array;
  readonly lossless: boolean;
  /** The ALPH chunk of a VP8 frame. */
  readonly alphaPlane: Uint8Array | undefined;
}

interface WebpExports {
  release(at: number): void;
  webpLossyOpen(from: number, bytes: number, width: number, height: number): number;
  webpLossyRows(): number;
  webpLossyBand(): number;
  webpLossyDecoded(): number;
  webpAlphaOpen(from: number, bytes: number, width: number, height: number): void;
  webpAlphaApply(band: number, rows: number): void;
  webpLosslessDecode(from: number, bytes: number, width: number, height: number): number;
  webpLosslessPixels(): number;
}

/** Rows of a lossless picture given at once: few enough to stay in a processor's cache. */
const LOSSLESS_BAND_ROWS = 32;

/** Decodes frames one after another, in the same memory. */
export interface WebpEngine {
  /**
   * Bands of whole rows, RGBA, from the top down; each is valid until the next. A frame must be used up, or given up,
   * before the next one. What a damaged frame lacks is grey.
   * @throws HttpError 422 decode_failed where nothing at all can be decoded, 422 image_too_large
   */
  frameRows(frame: WebpImage): Iterable<Uint8Array>;
  /** Ends the use of it. */
  close(): void;
}

export function createWebpEngine(): WebpEngine {
  const engine = createEngine<WebpExports>();
  const empty = engine.alloc(0);
  return {
    close: engine.close,
    *frameRows(frame) {
      engine.release(empty);
      try {
        yield* frame.lossless ? losslessRows(engine, frame) : lossyRows(engine, frame);
      } catch (cause) {
        throw toHttpError(cause);
      }
    },
  };
}

type Engine = ReturnType<typeof createEngine<WebpExports>>;

function* lossyRows(engine: Engine, { image, alphaPlane, width, height }: WebpImage): Iterable<Uint8Array> {
  if (!engine.webpLossyOpen(copyIn(engine, image), image.length, width, height)) throw failed();
  if (alphaPlane) engine.webpAlphaOpen(copyIn(engine, alphaPlane), alphaPlane.length, width, height);
  for (let rows = engine.webpLossyRows(); rows > 0; rows = engine.webpLossyRows()) {
    if (engine.webpLossyDecoded() === 0) throw failed();
    const band = engine.webpLossyBand();
    if (alphaPlane) engine.webpAlphaApply(band, rows);
    yield new Uint8Array(engine.memory.buffer, band, rows * width * 4);
  }
}

function* losslessRows(engine: Engine, { image, width, height }: WebpImage): Iterable<Uint8Array> {
  const complete = engine.webpLosslessDecode(copyIn(engine, image), image.length, width, height);
  if (complete === 0) throw failed();
  const pixels = engine.webpLosslessPixels();
  for (let row = 0; row < height; row += LOSSLESS_BAND_ROWS) {
    const rows = Math.min(LOSSLESS_BAND_ROWS, height - row);
    yield new Uint8Array(engine.memory.buffer, pixels + row * width * 4, rows * width * 4);
  }
}

function copyIn(engine: Engine, bytes: Uint8Array): number {
  const at = engine.alloc(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  return at;
}

function failed(): HttpError {
  return new HttpError(422, "decode_failed", "Cannot decode WebP: expected at least the start of an image");
}

/** The engine traps only where memory runs out: it checks every read and write against sizes it knows. */
function toHttpError(cause: unknown): unknown {
  if (!(cause instanceof WebAssembly.RuntimeError)) return cause;
  return new HttpError(422, "image_too_large", "Cannot decode WebP: it takes too much memory", { cause });
}
