import module from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import encode, { init } from "@jsquash/jpeg/encode.js";
import { HttpError } from "../error.ts";
import { firstFrame, type RawImage, toImage } from "../transform/image.ts";
import type { Encoder } from "./codec.ts";

/** The package's types leave out that `init` takes a compiled module, the only way that workerd allows. */
const start = init as unknown as (module: WebAssembly.Module) => Promise<void>;

/** The instance lives in the package; false where it must be made anew before the next use. */
let ready = false;

/** Baseline JPEG by mozjpeg, its Huffman tables made for each picture. */
export const jpegEncoder: Encoder = {
  format: "jpg",
  mime: "image/jpeg",
  extension: "jpg",
  alpha: false,
  animated: false,
  // Pixels here and in WASM, coefficients of three full components, output; 16 MiB at rest.
  workingSetBytes: ({ width, height }) => width * height * 20 + 16_777_216,
  encode: async (picture, { quality }) => encodeImage(await toImage(await firstFrame(picture)), quality),
};

async function encodeImage({ data, width, height }: RawImage, quality: number): Promise<Uint8Array> {
  try {
    if (!ready) await start(module);
    ready = true;
    const pixels = { data: new Uint8ClampedArray(data), width, height };
    return new Uint8Array(await encode(pixels as Parameters<typeof encode>[0], { quality, progressive: false }));
  } catch (cause) {
    // After a trap the instance's memory is in an unknown state.
    ready = false;
    throw new HttpError(422, "output_too_large", `Cannot encode JPEG of ${width} × ${height}`, { cause });
  }
}
