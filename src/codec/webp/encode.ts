import type { EncodeOptions } from "@jsquash/webp/codec/enc/webp_enc.js";
import jsquashEncoder from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import wasm from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import { defaultOptions } from "@jsquash/webp/meta.js";
import { firstFrame, toImage } from "../../transform/image.ts";
import type { Effort, Encoder } from "../codec.ts";
import { type EmscriptenFactory, runEncoder } from "../emscripten.ts";

/** Above this the encoder codes every macroblock twice rather than keep what it learned: half as slow again. */
const LOW_MEMORY_PIXELS = 2_000_000;
/** Measured on photographs up to quality 100, with RGBA on our side; noise can take twice as much. */
const BYTES_PER_PIXEL = 28;
const LOW_MEMORY_BYTES_PER_PIXEL = 18;
/** Compressing an alpha plane without loss takes far more than the colours do. */
const ALPHA_BYTES_PER_PIXEL = 22;
/** What an instance of the encoder begins with. */
const FIXED_BYTES = 16 << 20;

/** Of 0 to 6. On photographs 6 takes up to one and a half times as long for 5 to 7 % fewer bytes. */
const METHODS: Readonly<Record<Effort, number>> = { normal: defaultOptions.method, max: 6 };

interface LibwebpApi {
  encode(data: Uint8Array, width: number, height: number, options: EncodeOptions): Uint8Array | null;
}

const libwebp: EmscriptenFactory<LibwebpApi> = jsquashEncoder as never;

/** Writes lossy WebP with libwebp, alpha kept without loss. */
export const webpEncoder: Encoder = {
  format: "webp",
  mime: "image/webp",
  extension: "webp",
  alpha: true,
  animated: false,

  workingSetBytes({ width, height, alpha }) {
    const pixels = width * height;
    const colour = pixels > LOW_MEMORY_PIXELS ? LOW_MEMORY_BYTES_PER_PIXEL : BYTES_PER_PIXEL;
    return Math.max(FIXED_BYTES + 4 * pixels, (colour + (alpha ? ALPHA_BYTES_PER_PIXEL : 0)) * pixels);
  },

  async encode(picture, { quality, effort = "normal" }) {
    const { width, height, data } = await toImage(await firstFrame(picture));
    const low_memory = width * height > LOW_MEMORY_PIXELS ? 1 : 0;
    const options = { ...defaultOptions, quality, low_memory, method: METHODS[effort] };
    return runEncoder(libwebp, wasm, { width, height }, (api) => api.encode(data, width, height, options));
  },
};
