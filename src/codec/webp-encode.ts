import type { EncodeOptions, WebPModule } from "@jsquash/webp/codec/enc/webp_enc.js";
import createModule from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import wasm from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { firstFrame, toImage } from "../transform/image.ts";
import type { Encoder } from "./codec.ts";

/** Measured: RGBA here and in the encoder, its planes and what it learns about each macroblock. */
const BYTES_PER_PIXEL = 14;
const FIXED_BYTES = 20 << 20;

/** Writes lossy WebP with libwebp, alpha kept without loss. */
export const webpEncoder: Encoder = {
  format: "webp",
  mime: "image/webp",
  extension: "webp",
  alpha: true,
  animated: false,

  workingSetBytes({ width, height }) {
    return FIXED_BYTES + BYTES_PER_PIXEL * width * height;
  },

  async encode(picture, { quality }) {
    const { width, height, data } = await toImage(await firstFrame(picture));
    const module = await startEncoder();
    return encode(module, data, width, height, { ...defaultOptions, quality });
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
