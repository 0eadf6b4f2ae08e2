import jsquashDecoder from "@jsquash/avif/codec/dec/avif_dec.js";
import jsquashDecoderWasm from "@jsquash/avif/codec/dec/avif_dec.wasm";
import { HttpError } from "../../error.ts";
import type { RawImage, Size } from "../../transform/image.ts";
import { type EmscriptenFactory, runEmscripten } from "../emscripten.ts";
import type { AvifColour, AvifTile } from "./header.ts";
import { wrapTile } from "./wrap.ts";

/** libavif 1.0.1 over libaom 3.7.0. */
interface LibavifApi {
  /** RGBA, or null for anything it does not like, no memory included. */
  decode(file: Uint8Array, depth: 8): (Size & { readonly data: Uint8ClampedArray }) | null;
}

const libavif: EmscriptenFactory<LibavifApi> = jsquashDecoder;

export const undecodable = (what: string, cause?: unknown) =>
  new HttpError(422, "decode_failed", `Cannot decode AVIF: ${what}`, { cause });

/**
 * Monochrome is shown as it is stored, whatever its range says: so does libheif, hence most servers and viewers.
 * @throws HttpError 422 decode_failed, 503 busy
 */
export async function decodeTile(file: Uint8Array, tile: AvifTile, colour: AvifColour): Promise<RawImage> {
  const gray = tile.sequence.subsampling === "4:0:0";
  const wrapped = wrapTile(file, tile, gray ? { matrix: 2, fullRange: true } : colour);
  const image = await runLibavif(wrapped);
  if (!image) throw undecodable("its AV1 data is damaged or too large");
  const { width, height, data } = image;
  if (width !== tile.width || height !== tile.height) throw undecodable("its AV1 data has another size");
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

async function runLibavif(wrapped: Uint8Array): Promise<ReturnType<LibavifApi["decode"]>> {
  try {
    return (await runEmscripten(libavif, jsquashDecoderWasm, (api) => api.decode(wrapped, 8))).result;
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    throw undecodable("its AV1 data is damaged or too large", cause);
  }
}
