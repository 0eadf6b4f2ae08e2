import jsquashEncoder from "@jsquash/avif/codec/enc/avif_enc.js";
import jsquashEncoderWasm from "@jsquash/avif/codec/enc/avif_enc.wasm";
import { defaultOptions } from "@jsquash/avif/meta.js";
import { firstFrame, toImage } from "../../transform/image.ts";
import type { Effort, Encoder } from "../codec.ts";
import { type EmscriptenFactory, runEncoder } from "../emscripten.ts";

/** libavif 1.0.1 over libaom 3.7.0, one thread. */
interface LibavifApi {
  encode(data: Uint8Array, width: number, height: number, options: typeof defaultOptions): Uint8Array | null;
}

const libavif: EmscriptenFactory<LibavifApi> = jsquashEncoder;

/**
 * Of 0 (slowest) to 10. One megapixel of a photo took 190 ms at 9, 430 ms and a tenth fewer bytes at 8, a seventh fewer
 * bytes and twice that time at 7; 6 takes twice as long again for nothing, and 10 does the same as 9.
 */
const SPEEDS: Readonly<Record<Effort, number>> = { normal: 9, max: 7 };
/** As libavif counts: 4:2:0. */
const SUBSAMPLING = 1;

/**
 * Our quality is that of JPEG encoders. These pairs give AVIF the same PSNR (means of three photos, mozjpeg against
 * speed 9); the file is then about 0.6 times as large.
 */
const QUALITIES: readonly (readonly [jpeg: number, avif: number])[] = [
  [0, 0],
  [10, 15],
  [50, 46],
  [80, 61],
  [90, 77],
  [95, 89],
  [100, 100],
];

/** Stills; sRGB, 4:2:0, 8 bit. Pictures of more than three megapixels do not fit into one instance's memory. */
export const avifEncoder: Encoder = {
  format: "avif",
  mime: "image/avif",
  extension: "avif",
  alpha: true,
  animated: false,
  // Measured: 37 MiB for 1 MP, 65 MiB for 2 MP, 92 MiB for 3 MP; then the pixels themselves.
  workingSetBytes: ({ width, height }) => 12 * 1024 * 1024 + width * height * (28 + 4),
  async encode(picture, { quality, effort = "normal" }) {
    const { width, height, data } = await toImage(await firstFrame(picture));
    const speed = SPEEDS[effort];
    const options = { ...defaultOptions, speed, subsample: SUBSAMPLING, quality: toAvifQuality(quality) };
    return runEncoder(libavif, jsquashEncoderWasm, { width, height }, (api) =>
      api.encode(data, width, height, options),
    );
  },
};

/** Linear between the pairs. */
function toAvifQuality(quality: number): number {
  const upper = Math.max(
    1,
    QUALITIES.findIndex(([jpeg]) => quality <= jpeg),
  );
  const [fromJpeg, fromAvif] = QUALITIES[upper - 1];
  const [toJpeg, toAvif] = QUALITIES[upper];
  return Math.round(fromAvif + ((quality - fromJpeg) / (toJpeg - fromJpeg)) * (toAvif - fromAvif));
}
