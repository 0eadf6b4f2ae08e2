import type { EncodeOptions } from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import jsquashEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import wasm from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import { defaultOptions } from "@jsquash/jpeg/meta.js";
import { type Raster, type Size, toImage } from "../../transform/image.ts";
import { type EmscriptenFactory, runEncoder } from "../emscripten.ts";

interface MozjpegApi {
  encode(data: Uint8Array, width: number, height: number, options: EncodeOptions): Uint8Array;
}

const mozjpeg: EmscriptenFactory<MozjpegApi> = jsquashEncoder as never;

/** It holds the whole picture, and all coefficients several times: more than this do not fit beside other jobs. */
const MAX_PIXELS = 2_000_000;
/** Below, trellis quantisation leaves less of a picture than its quality promises: at 1 nearly nothing. */
export const LEAST_TRELLIS_QUALITY = 10;
/** Of libjpeg, a little less than the format's. */
const MAX_SIDE = 65_500;
/** What an instance begins with, and what of it is taken before there is a picture. */
const INITIAL_BYTES = 17 << 20;
const FIXED_BYTES = 4 << 20;
/** Of noise at quality 100; photographs take two thirds of that. */
const BYTES_A_PIXEL = 28;

/**
 * Trellis quantisation and progressive scans, with the steps of T.81 annex K.1 as our own encoder, so that a quality
 * means the same. Some settings of this build fail: no trellis loops, or a baseline file without optimised tables.
 */
const SETTINGS = { progressive: true, quant_table: 0, auto_subsample: false, chroma_subsample: 2 } as const;

/** Whether mozjpeg can write a picture of this size here. */
export const fitsMozjpeg = ({ width, height }: Size): boolean =>
  width * height <= MAX_PIXELS && Math.max(width, height) <= MAX_SIDE;

/** Predicted peak of the instance and of our own copy of the pixels. */
export const mozjpegBytes = ({ width, height }: Size): number =>
  Math.max(INITIAL_BYTES, FIXED_BYTES + width * height * BYTES_A_PIXEL) + width * height * 4;

/** Progressive JPEG, chroma halved both ways. Alpha is left out. */
export async function encodeByMozjpeg(raster: Raster, quality: number): Promise<Uint8Array> {
  const { width, height, data } = await toImage(raster);
  const options = { ...defaultOptions, ...SETTINGS, quality };
  return runEncoder(mozjpeg, wasm, { width, height }, (api) => api.encode(data, width, height, options).slice());
}
