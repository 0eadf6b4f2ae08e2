import sharp from "sharp";
import type { Photo } from "../contender.ts";

/** A picture of one colour, which no other has: whatever is made of it shows whose it is. */
export interface Source extends Photo {
  readonly width: number;
  readonly height: number;
  readonly colour: readonly [red: number, green: number, blue: number];
}

const FORMATS = ["jpg", "png", "webp"] as const;
const COUNT = 24;

/** Of several formats and sizes, the largest 12 megapixels. */
export const drawSources = (): Promise<Source[]> => Promise.all(Array.from({ length: COUNT }, (_, at) => draw(at)));

async function draw(at: number): Promise<Source> {
  const format = FORMATS[at % FORMATS.length];
  const [width, height] = at === 0 ? [4_000, 3_000] : [400 + 60 * at, 300 + 40 * at];
  const [r, g, b] = [(at * 53) % 256, (at * 97 + 40) % 256, (at * 193 + 80) % 256];
  const picture = sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
  const bytes = await picture.toFormat(format === "jpg" ? "jpeg" : format).toBuffer();
  return { name: `load-${at}.${format}`, format, bytes, width, height, colour: [r, g, b] };
}

/** Files that no picture can be made of, though each begins as one. */
export async function drawBroken(): Promise<Photo[]> {
  const noise = Buffer.from(Uint8Array.from({ length: 4_000 }, (_, at) => (at * 167) % 251));
  const pixels = sharp({ create: { width: 64, height: 64, channels: 3, background: { r: 255, g: 0, b: 0 } } });
  const [jpeg, png] = await Promise.all([pixels.toFormat("jpeg").toBuffer(), pixels.toFormat("png").toBuffer()]);
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(65_535, 16);
  bomb.writeUInt32BE(65_535, 20);
  return [
    { name: "broken-head.jpg", format: "jpg", bytes: Buffer.concat([jpeg.subarray(0, 180), noise]) },
    { name: "broken-body.png", format: "png", bytes: Buffer.concat([png.subarray(0, 60), noise]) },
    { name: "broken-bomb.png", format: "png", bytes: bomb },
    { name: "broken-page.jpg", format: "jpg", bytes: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") },
  ];
}
