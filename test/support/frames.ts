import type { Decoder } from "../../src/codec/codec.ts";
import { type Picture, type RawImage, toImage, toRaster } from "../../src/transform/image.ts";

export interface DecodedFrame extends RawImage {
  readonly delayMs: number;
}

/** Everything in a file: its header, and copies of all frames. */
export async function decodeAll(decoder: Decoder, bytes: Uint8Array) {
  const header = decoder.readHeader(bytes);
  const picture = await decoder.decode(bytes, header, { atLeast: undefined, frames: "all" });
  const frames: DecodedFrame[] = [];
  for await (const { raster, delayMs } of picture.frames()) frames.push({ ...(await toImage(raster)), delayMs });
  return { header, picture, frames };
}

/** A picture of `frames`, all of one size. */
export function toPicture(frames: readonly RawImage[], { alpha = true, delayMs = 100, loop = 0 } = {}): Picture {
  const [{ width, height }] = frames;
  return {
    width,
    height,
    alpha,
    loop: frames.length > 1 ? loop : undefined,
    frameCount: frames.length,
    async *frames() {
      for (const frame of frames) yield { raster: toRaster(frame, alpha), delayMs };
    },
  };
}

/** An image whose pixel at x, y is `colour(x, y)`, as 0xRRGGBBAA. */
export function paint(width: number, height: number, colour: (x: number, y: number) => number): RawImage {
  const data = new Uint8Array(width * height * 4);
  const view = new DataView(data.buffer);
  for (let i = 0; i < width * height; i++) view.setUint32(i * 4, colour(i % width, Math.floor(i / width)) >>> 0);
  return { width, height, data };
}

/** How many pixels differ; what is fully transparent has no colour. */
export function differingPixels(a: RawImage, b: RawImage): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error("Cannot compare images of different sizes");
  const seen = (view: DataView, at: number) => (view.getUint8(at + 3) === 0 ? 0 : view.getUint32(at));
  const left = new DataView(a.data.buffer, a.data.byteOffset);
  const right = new DataView(b.data.buffer, b.data.byteOffset);
  let count = 0;
  for (let at = 0; at < a.data.length; at += 4) if (seen(left, at) !== seen(right, at)) count++;
  return count;
}
