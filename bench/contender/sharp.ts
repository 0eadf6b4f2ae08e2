import sharp, { type Sharp } from "sharp";
import type { RawImage } from "../../src/transform/image.ts";
import { type Contender, type PhotoFormat, QUALITY } from "../contender.ts";

// One thread, as a Worker has; nothing remembered from the run before.
sharp.concurrency(1);
sharp.cache(false);

/** Native code: libvips through Node. */
export const nativeSharp: Contender = {
  name: "sharp",
  scale: ({ bytes }, width, output) => encoded(sharp(bytes).resize({ width }), output),
  async decode({ bytes }, shrink) {
    if (shrink !== 1) throw new Error("has no shrunk decode without scaling");
    await sharp(bytes).raw().toBuffer();
  },
  encode: ({ data, width, height }: RawImage, output) => {
    const pixels = sharp(data, { raw: { width, height, channels: 4 } });
    return encoded(output === "jpg" ? pixels.removeAlpha() : pixels, output);
  },
};

function encoded(image: Sharp, output: PhotoFormat): Promise<Uint8Array> {
  if (output === "png") return image.png().toBuffer();
  return output === "jpg" ? image.jpeg({ quality: QUALITY }).toBuffer() : image.webp({ quality: QUALITY }).toBuffer();
}
