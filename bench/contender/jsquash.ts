import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import decodeJpeg, { init as startJpegDecoder } from "@jsquash/jpeg/decode.js";
import encodeJpeg, { type MozjpegOptions, init as startJpegEncoder } from "@jsquash/jpeg/encode.js";
import decodePng, { init as startPngDecoder } from "@jsquash/png/decode.js";
import encodePng, { init as startPngEncoder } from "@jsquash/png/encode.js";
import resize, { initResize } from "@jsquash/resize";
import decodeWebp, { init as startWebpDecoder } from "@jsquash/webp/decode.js";
import encodeWebp, { init as startWebpEncoder } from "@jsquash/webp/encode.js";
import type { RawImage } from "../../src/transform/image.ts";
import { type Contender, type Photo, type PhotoFormat, QUALITY, type Writer } from "../contender.ts";
import { Pixels } from "./pixels.ts";

const resolve = createRequire(import.meta.url).resolve;
const compile = async (path: string) => WebAssembly.compile(await readFile(resolve(path)));

globalThis.ImageData ??= Pixels;
await startJpegDecoder(await compile("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
await startJpegEncoder(await compile("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
await startPngDecoder(await compile("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
await startPngEncoder(await compile("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
await startWebpDecoder(await compile("@jsquash/webp/codec/dec/webp_dec.wasm"));
await startWebpEncoder(await compile("@jsquash/webp/codec/enc/webp_enc_simd.wasm"));
await initResize(await compile("@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm"));

/** The chain most Workers are built of, at its cheapest settings that work. */
export const jsquash: Contender = {
  async scale(photo, width, output) {
    const pixels = await decode(photo);
    const size = { width, height: Math.round((pixels.height * width) / pixels.width) };
    return encode(await resize(pixels, { ...size, method: "lanczos3", premultiply: false, linearRGB: false }), output);
  },
  async decode(photo, shrink) {
    if (shrink !== 1) throw new Error("has no shrunk decode");
    await decode(photo);
  },
  encode: (image, output) => encode(pixelsOf(image), output),
  writers: {
    "mozjpeg, baseline, tables of K.1": writer({ progressive: false, quant_table: 0 }),
    "mozjpeg, progressive, its own tables": writer({}),
  },
};

/** JPEG with chroma of half the density, as ours. */
function writer(options: Omit<MozjpegOptions, "quality">): Writer {
  const halved = { auto_subsample: false, chroma_subsample: 2, ...options };
  return async (image, quality) => new Uint8Array(await encodeJpeg(pixelsOf(image), { ...halved, quality }));
}

const pixelsOf = ({ data, width, height }: RawImage) => new Pixels(new Uint8ClampedArray(data), width, height);

/** The decoders take a whole buffer, so the photo's must hold nothing else. */
function decode({ bytes, format }: Photo): Promise<ImageData> {
  const { buffer } = bytes;
  if (format === "png") return decodePng(buffer);
  return format === "jpg" ? decodeJpeg(buffer) : decodeWebp(buffer);
}

async function encode(image: ImageData, output: PhotoFormat): Promise<Uint8Array> {
  if (output === "png") return new Uint8Array(await encodePng(image));
  if (output === "webp") return new Uint8Array(await encodeWebp(image, { quality: QUALITY }));
  return new Uint8Array(await encodeJpeg(image, { quality: QUALITY, progressive: false }));
}
