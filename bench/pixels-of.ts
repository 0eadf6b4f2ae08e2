import sharp from "sharp";
import type { RawImage } from "../src/transform/image.ts";

/** The pixels of a file, scaled to `width` by sharp. */
export async function pixelsOf(file: Uint8Array, width: number): Promise<RawImage> {
  const scaled = sharp(file).resize({ width }).ensureAlpha().raw();
  const { data, info } = await scaled.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: Uint8Array.from(data) };
}
