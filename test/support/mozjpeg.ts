import createDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import decoderWasm from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import type { EncodeOptions } from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import createEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import encoderWasm from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { type EmscriptenFactory, runEmscripten } from "../../src/codec/emscripten.ts";
import type { RawImage } from "../../src/transform/image.ts";
import "./image-data.ts";

interface Decoder {
  decode(bytes: Uint8Array, preserveOrientation: boolean): RawImage | null;
}

interface Encoder {
  encode(data: Uint8Array, width: number, height: number, options: EncodeOptions): Uint8Array;
}

/** Enough for the largest picture that tests compare. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * libjpeg's pixels, by mozjpeg in a fresh instance: the oracle. EXIF does not turn them.
 * @throws Error where it gives none
 */
export async function mozjpegDecode(bytes: Uint8Array): Promise<RawImage> {
  const factory = createDecoder as unknown as EmscriptenFactory<Decoder>;
  const { result } = await runEmscripten(factory, decoderWasm, (api) => api.decode(bytes, false), MAX_BYTES);
  if (result === null) throw new Error("mozjpeg gives no pixels");
  return { width: result.width, height: result.height, data: new Uint8Array(result.data) };
}

/** What mozjpeg makes of `image`; chroma is halved only where `options` say so. */
export async function mozjpegEncode(image: RawImage, options: Partial<EncodeOptions> = {}): Promise<Uint8Array> {
  const { data, width, height } = image;
  const all = { ...defaultOptions, auto_subsample: false, ...options };
  const factory = createEncoder as unknown as EmscriptenFactory<Encoder>;
  const encode = (api: Encoder) => api.encode(data, width, height, all).slice();
  return (await runEmscripten(factory, encoderWasm, encode, MAX_BYTES)).result;
}
