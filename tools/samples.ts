// Draws the sample pictures: one of each kind that people store, all by our own code.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import encodeJpeg, { init as initJpeg } from "@jsquash/jpeg/encode.js";
import encodePng, { init as initPng } from "@jsquash/png/encode.js";
import encodeWebp, { init as initWebp } from "@jsquash/webp/encode.js";
import { encodeGif } from "../src/codec/gif/encode.ts";
import { type Picture, toRaster } from "../src/transform/image.ts";
import { badge } from "./samples/badge.ts";
import { bokeh } from "./samples/bokeh.ts";
import { type Canvas, paint } from "./samples/canvas.ts";
import { landscape } from "./samples/landscape.ts";
import { orbit } from "./samples/orbit.ts";

export interface Sample {
  readonly name: string;
  readonly mime: string;
  readonly draw: () => Promise<Uint8Array>;
}

/** @param part of their sides: small ones are drawn soon */
export const samplesAt = (part: number): readonly Sample[] => [
  { name: "landscape.jpg", mime: "image/jpeg", draw: () => photo(landscape(4000 * part, 3000 * part)) },
  { name: "badge.png", mime: "image/png", draw: () => png(badge(1200 * part)) },
  { name: "orbit.gif", mime: "image/gif", draw: () => encodeGif(animation(orbit(320 * part, 240 * part, 24), 60)) },
  { name: "bokeh.webp", mime: "image/webp", draw: () => webp(bokeh(1600 * part, Math.round(1067 * part))) },
];

export const SAMPLES = samplesAt(1);

const modules = createRequire(import.meta.url);

/** In a Worker the bundler does this. */
const compile = async (path: string) => WebAssembly.compile(await readFile(modules.resolve(path)));

/** What the encoders take; the browser's class of that name does not exist here. */
const imageData = ({ data, width, height }: Canvas) =>
  ({ data: new Uint8ClampedArray(data.buffer), width, height, colorSpace: "srgb" }) as ImageData;

/** As a phone stores it: on its side, with an orientation that says so. */
async function photo(canvas: Canvas): Promise<Uint8Array> {
  await initJpeg(await compile("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
  const options = { quality: 85, progressive: false, optimize_coding: true };
  const bytes = new Uint8Array(await encodeJpeg(imageData(turned(canvas)), options));
  return new Uint8Array(Buffer.concat([bytes.subarray(0, 2), Uint8Array.from(ORIENTATION_6), bytes.subarray(2)]));
}

async function png(canvas: Canvas): Promise<Uint8Array> {
  await initPng(await compile("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
  return new Uint8Array(await encodePng(imageData(canvas)));
}

async function webp(canvas: Canvas): Promise<Uint8Array> {
  await initWebp(await compile("@jsquash/webp/codec/enc/webp_enc.wasm"));
  return new Uint8Array(await encodeWebp(imageData(canvas), { quality: 82 }));
}

/** A quarter turn counter-clockwise, which orientation 6 turns back. */
const turned = ({ width, height, data }: Canvas): Canvas =>
  paint(height, width, (x, y) => {
    const at = (x * width + width - 1 - y) * 4;
    return [data[at], data[at + 1], data[at + 2]];
  });

/** An EXIF segment (APP1) that holds nothing but orientation 6. */
const ORIENTATION_6 = [
  ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0],
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
];

function animation(frames: readonly Canvas[], delayMs: number): Picture {
  const [{ width, height }] = frames;
  return {
    width,
    height,
    frameCount: frames.length,
    loop: 0,
    alpha: true,
    async *frames() {
      for (const frame of frames) yield { raster: toRaster(frame), delayMs };
    },
  };
}
