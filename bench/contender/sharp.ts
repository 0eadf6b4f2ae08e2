import sharp, { type Sharp } from "sharp";
import type { RawImage } from "../../src/transform/image.ts";
import { type Contender, type PhotoFormat, QUALITY, type Writer } from "../contender.ts";

// One thread, as a Worker has; nothing remembered from the run before.
sharp.concurrency(1);
sharp.cache(false);

/** Native code: libvips through Node. */
export const nativeSharp: Contender = {
  scale: ({ bytes }, width, output) => encoded(sharp(bytes).resize({ width }), output),
  async decode({ bytes }, shrink) {
    if (shrink !== 1) throw new Error("has no shrunk decode without scaling");
    await sharp(bytes).raw().toBuffer();
  },
  encode: (image, output) => encoded(output === "jpg" ? pixelsOf(image).removeAlpha() : pixelsOf(image), output),
  writers: { sharp: writer(false), "sharp, mozjpeg": writer(true) },
};

function writer(mozjpeg: boolean): Writer {
  return (image, quality) => pixelsOf(image).removeAlpha().jpeg({ quality, mozjpeg }).toBuffer();
}

const pixelsOf = ({ data, width, height }: RawImage): Sharp => sharp(data, { raw: { width, height, channels: 4 } });

function encoded(image: Sharp, output: PhotoFormat): Promise<Uint8Array> {
  if (output === "png") return image.png().toBuffer();
  return output === "jpg" ? image.jpeg({ quality: QUALITY }).toBuffer() : image.webp({ quality: QUALITY }).toBuffer();
}
