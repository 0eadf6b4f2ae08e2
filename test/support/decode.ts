import type { Header } from "../../src/codec/codec.ts";
import { DECODERS } from "../../src/codec/codecs.ts";
import { sniffFormat } from "../../src/codec/sniff.ts";
import { type RawImage, toImage } from "../../src/transform/image.ts";

export interface DecodedFrame {
  readonly image: RawImage;
  readonly delayMs: number;
}

export interface Decoded {
  readonly header: Header;
  readonly loop: number | undefined;
  readonly frames: readonly DecodedFrame[];
  /** The first one. */
  readonly image: RawImage;
}

/** All of a file that our own decoders read. */
export async function decode(bytes: Uint8Array): Promise<Decoded> {
  const format = sniffFormat(bytes);
  if (!format) throw new Error("No picture");
  const header = DECODERS[format].readHeader(bytes);
  const picture = await DECODERS[format].decode(bytes, header, { atLeast: undefined, frames: "all" });
  const frames: DecodedFrame[] = [];
  for await (const { raster, delayMs } of picture.frames()) frames.push({ image: await toImage(raster), delayMs });
  return { header, loop: picture.loop, frames, image: frames[0].image };
}

export const decodeResponse = async (response: Response): Promise<Decoded> => decode(await response.bytes());

/** R, G, B, A at a point. */
export function pixelAt({ width, data }: RawImage, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}
