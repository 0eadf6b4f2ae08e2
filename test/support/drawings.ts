import { ENCODERS, type OutputFormat } from "../../src/codec/codecs.ts";
import { type RawImage, stillPicture, toRaster } from "../../src/transform/image.ts";

export type Pixel = readonly [red: number, green: number, blue: number, alpha?: number];

/** A picture whose pixels `colourAt` gives. */
export function draw(width: number, height: number, colourAt: (x: number, y: number) => Pixel): RawImage {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const [red, green, blue, alpha = 255] = colourAt(x, y);
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = alpha;
    }
  return { width, height, data };
}

export const RED: Pixel = [255, 0, 0];
export const GREEN: Pixel = [0, 255, 0];
export const BLUE: Pixel = [0, 0, 255];
export const WHITE: Pixel = [255, 255, 255];

/** Four quarters: top left red, top right green, bottom left blue, bottom right white. */
export const corners = (width: number, height: number): RawImage =>
  draw(width, height, (x, y) => {
    const left = x < width / 2;
    return y < height / 2 ? (left ? RED : GREEN) : left ? BLUE : WHITE;
  });

/** Smooth in both directions, with every channel different. */
export const gradient = (width: number, height: number): RawImage =>
  draw(width, height, (x, y) => [(x * 255) / width, (y * 255) / height, ((x + y) * 255) / (width + height)]);

/** `image` as a file. */
export const encode = (image: RawImage, format: OutputFormat, quality = 95): Promise<Uint8Array> =>
  ENCODERS[format].encode(stillPicture(toRaster(image, isTranslucent(image))), { quality });

function isTranslucent({ data }: RawImage): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] < 255) return true;
  return false;
}
