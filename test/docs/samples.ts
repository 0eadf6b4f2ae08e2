import { ENCODERS, type OutputFormat } from "../../src/codec/codecs.ts";
import { type Picture, type RawImage, toRaster } from "../../src/transform/image.ts";

/** Flat pictures under the names, in the formats and of the sizes that the documents promise; 0xaabbggrr. */
const SAMPLES: readonly (readonly [name: string, OutputFormat, width: number, height: number, ...colours: number[]])[] =
  [
    ["landscape.jpg", "jpg", 4000, 3000, 0xff806040],
    ["badge.png", "png", 1200, 1200, 0x80546af6],
    ["orbit.gif", "gif", 320, 240, 0xffa03c24, 0xff6e40e4],
    ["bokeh.webp", "webp", 1600, 1067, 0xff220e0e],
  ];

/** Stands in for what `npm start` draws. */
export async function putSamples(bucket: R2Bucket): Promise<void> {
  for (const [name, format, width, height, ...colours] of SAMPLES) {
    const frames = colours.map((colour) => flat(width, height, colour));
    await bucket.put(name, await ENCODERS[format].encode(pictureOf(frames), { quality: 80 }));
  }
}

function flat(width: number, height: number, colour: number): RawImage {
  const data = new Uint8Array(width * height * 4);
  new Uint32Array(data.buffer).fill(colour);
  return { width, height, data };
}

function pictureOf(images: readonly RawImage[]): Picture {
  const [{ width, height, data }] = images;
  const alpha = data[3] < 255;
  return {
    ...{ width, height, alpha },
    frameCount: images.length,
    loop: 0,
    async *frames() {
      for (const image of images) yield { raster: toRaster(image, alpha), delayMs: images.length > 1 ? 60 : 0 };
    },
  };
}
