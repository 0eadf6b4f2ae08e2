import { HttpError } from "../../error.ts";
import { MAX_INSTANCE_BYTES } from "../../platform/wasm-memory.ts";
import type { Size } from "../../transform/image.ts";

/** Twice what callers allow by default (security.md L4): a larger size is never meant. */
const MAX_PIXELS = 100_000_000;

/** @throws HttpError 422 image_too_large */
export function verifySize({ width, height }: Size, memoryBytes: number): void {
  if (width * height > MAX_PIXELS || memoryBytes > MAX_INSTANCE_BYTES)
    throw new HttpError(422, "image_too_large", `Cannot decode JPEG: ${width} × ${height} pixels are too many`);
}
