import type { EncodeOptions, WebPModule } from "@jsquash/webp/codec/enc/webp_enc.js";
import createModule from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import wasm from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { firstFrame, type Size, toImage } from "../../transform/image.ts";
import type { Encoder } from "../codec.ts";

/** Above this the encoder codes every macroblock twice rather than keep what it learned: half as slow again. */
const LOW_MEMORY_PIXELS = 2_000_000;
/** Measured on photographs up to quality 100, with RGBA on our side; noise can take twice as much. */
const BYTES_PER_PIXEL = 28;
const LOW_MEMORY_BYTES_PER_PIXEL = 18;
/** Compressing an alpha plane without loss takes far more than the colours do. */
const ALPHA_BYTES_PER_PIXEL = 22;
/** What an instance of the encoder begins with. */
const FIXED_BYTES = 16 << 20;

/** Writes lossy WebP with libwebp, alpha kept without loss. */
export const webpEncoder: Encoder = {
  format: "webp",
  mime: "image/webp",
  extension: "webp",
  alpha: true,
  animated: false,

  /** Given a picture or a raster, counts on its word that it is opaque. */
  workingSetBytes({ width, height, alpha = true }: Size & { readonly alpha?: boolean }) {
    const pixels = width * height;
    const colour = pixels > LOW_MEMORY_PIXELS ? LOW_MEMORY_BYTES_PER_PIXEL : BYTES_PER_PIXEL;
    return Math.max(FIXED_BYTES + 4 * pixels, (colour + (alpha ? ALPHA_BYTES_PER_PIXEL : 0)) * pixels);
  },

  async encode(picture, { quality }) {
    const { width, height, data } = await toImage(await firstFrame(picture));
    const module = await startEncoder();
    const low_memory = width * height > LOW_MEMORY_PIXELS ? 1 : 0;
    return encode(module, data, width, height, { ...defaultOptions, quality, low_memory });
  },
};

/** One picture, one instance: what it grew to, or broke, goes with it. */
async function startEncoder(): Promise<WebPModule> {
  return createModule({
    noInitialRun: true,
    instantiateWasm(imports: WebAssembly.Imports, succeed: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(wasm, imports);
      succeed(instance);
      return instance.exports;
    },
  });
}

/** The encoder may throw a number, the address of its own exception. */
function encode(
  module: WebPModule,
  data: Uint8Array,
  width: number,
  height: number,
  options: EncodeOptions,
): Uint8Array {
  let result: Uint8Array | null;
  try {
    result = module.encode(data as Uint8Array<ArrayBuffer>, width, height, options);
  } catch (cause) {
    throw new Error(`Cannot encode WebP of ${width} × ${height}`, { cause });
  }
  if (!result) throw new Error(`Cannot encode WebP of ${width} × ${height}`);
  return result;
}
