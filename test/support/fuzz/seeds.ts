import { deflateSync } from "node:zlib";
import { avifEncoder } from "../../../src/codec/avif/encoder.ts";
import type { Format } from "../../../src/codec/codec.ts";
import type { ColourType } from "../../../src/codec/png/header.ts";
import { type RawImage, stillPicture, toRaster } from "../../../src/transform/image.ts";
import { bmp } from "../bmp.ts";
import { encode } from "../drawings.ts";
import { gif, gifControl, gifImage, gifLoop } from "../gif.ts";
import { srgbProfile } from "../icc.ts";
import { flatJpeg, segment } from "../jpeg.ts";
import { arithmeticTwins } from "../jpeg-arithmetic.ts";
import { mozjpegEncode } from "../mozjpeg.ts";
import { chunk, makePng } from "../png.ts";
import { tiff } from "../tiff.ts";
import { animationFrame, animationHeader, libwebpEncode, picture, vp8x, webpFile } from "../webp.ts";

/** Small undamaged files of every format, drawn here: what gets damaged. */
export async function drawnSeeds(): Promise<ReadonlyMap<Format, readonly Uint8Array[]>> {
  const photo = picture(44, 37, false);
  const glass = picture(44, 37, true);
  return new Map<Format, readonly Uint8Array[]>([
    ["jpg", await jpegs(photo)],
    ["png", [...pngs(), await encode(photo, "png"), await encode(glass, "png")]],
    ["webp", webps(photo, glass)],
    ["gif", [...gifs(), await encode(photo, "gif")]],
    ["bmp", [...bmps(), await encode(glass, "bmp")]],
    ["tiff", tiffs()],
    ["avif", await avifs()],
  ]);
}

async function jpegs(photo: RawImage): Promise<Uint8Array[]> {
  const settings = [1, 2].flatMap((chroma_subsample) =>
    [false, true].map((progressive) => ({ chroma_subsample, progressive, quality: progressive ? 92 : 60 })),
  );
  const written = await Promise.all([
    ...settings.map((options) => mozjpegEncode(photo, options)),
    mozjpegEncode(photo, { color_space: 1, quality: 80 }),
    encode(photo, "jpg", 85),
  ]);
  const three = [1, 2, 3].map((id) => ({ id, across: id === 1 ? 2 : 1, down: 1, dc: id }));
  const four = [1, 2, 3, 4].map((id) => ({ id, across: 1, down: 1, dc: id - 2 }));
  const adobe = segment(0xee, [0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 2]);
  const profile = segment(0xe2, [...new TextEncoder().encode("ICC_PROFILE\0"), 1, 1, ...srgbProfile]);
  const twins = Object.values(arithmeticTwins).map((base64) =>
    Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
  );
  return [
    ...written,
    ...twins,
    flatJpeg({ width: 40, height: 30, components: three, separate: true, restartInterval: 2 }),
    flatJpeg({ width: 40, height: 30, components: three, restartInterval: 1, wideQuant: true }),
    flatJpeg({ width: 40, height: 30, components: four, extra: [adobe], lineCountLast: true }),
    flatJpeg({ width: 17, height: 9, components: three.slice(0, 1), extra: [profile] }),
  ];
}

const PNG_KINDS: readonly (readonly [ColourType, number])[] = [
  [0, 1],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 2],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
];

/** Of half of them the rows lie uncompressed, so that damage reaches filters and pixels. */
function pngs(): Uint8Array[] {
  const colours = chunk(
    "PLTE",
    Uint8Array.from({ length: 768 }, (_, index) => index * 11),
  );
  const alphas = chunk("tRNS", Uint8Array.of(0, 90, 200));
  const name = new TextEncoder().encode("icc\0\0");
  const profile = chunk("iCCP", Uint8Array.from([...name, ...deflateSync(srgbProfile)]));
  return PNG_KINDS.flatMap(([colourType, depth], index) =>
    [false, true].map((interlaced) =>
      makePng({
        ...{ width: 23, height: 19, colourType, depth, interlaced },
        before: colourType === 3 ? [colours, alphas] : [profile],
        level: (index + Number(interlaced)) % 2 ? 0 : 6,
      }),
    ),
  );
}

function webps(photo: RawImage, glass: RawImage): Uint8Array[] {
  const dot = libwebpEncode(picture(10, 10, true), { lossless: 1 });
  const animation = webpFile(
    vp8x(24, 12, 0x12),
    animationHeader(3),
    animationFrame(dot, [10, 10], { delayMs: 40 }),
    animationFrame(libwebpEncode(picture(10, 10, false), { quality: 60 }), [10, 10], { left: 6, dispose: true }),
  );
  return [
    libwebpEncode(photo, { quality: 20 }),
    libwebpEncode(photo, { quality: 90, segments: 4, filter_sharpness: 5 }),
    libwebpEncode(photo, { quality: 60, filter_type: 0, partitions: 3 }),
    libwebpEncode(glass, { quality: 50 }),
    libwebpEncode(glass, { quality: 50, alpha_compression: 0 }),
    libwebpEncode(glass, { lossless: 1 }),
    libwebpEncode({ ...glass, data: glass.data.map((value) => value & 0xc0) }, { lossless: 1 }),
    animation,
  ];
}

function gifs(): Uint8Array[] {
  const indices = (count: number) => Array.from({ length: count }, (_, index) => (index * 5) % 8);
  const whole = gifImage(0, 0, 14, 9, indices(126));
  return [
    gif(14, 9, [gifLoop(3), gifControl(2, 5, 0), whole, gifControl(3, 5), gifImage(3, 2, 4, 4, indices(16)), whole]),
    gif(9, 9, [gifImage(0, 0, 9, 9, indices(81), { interlaced: true, colours: new Array(24).fill(77) })]),
  ];
}

const PALETTE = [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 255, 255, 255, 0];

function bmps(): Uint8Array[] {
  const table = { palette: PALETTE, colours: 4 };
  const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
  return [
    bmp({ width: 5, height: 4, bits: 8, ...table, compression: 1, pixels: [3, 1, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1] }),
    bmp({ width: 9, height: -4, bits: 4, ...table, pixels: new Array(32).fill(0x12) }),
    bmp({ width: 6, height: 4, bits: 32, headerBytes: 124, compression: 3, masks, pixels: new Array(96).fill(77) }),
    bmp({ width: 2, height: 2, bits: 1, headerBytes: 12, palette: PALETTE.slice(0, 6), pixels: [64, 0, 0, 0, 1, 2] }),
    bmp({ width: 3, height: 2, bits: 24, pixels: new Array(24).fill(9) }),
  ];
}

function tiffs(): Uint8Array[] {
  const row = [1, 2, 3, 4, 5, 6];
  return [
    tiff({ width: 2, height: 2, samples: 3, photometric: 2, tags: { 278: [1] }, pieces: [row, row] }),
    tiff({
      ...{ width: 9, height: 9, tiled: true, bigEndian: true, tags: { 322: [8], 323: [8], 259: [32773] } },
      pieces: [
        [0x81, 4],
        [0x81, 5],
        [0x81, 6],
        [0, 7],
      ],
    }),
    tiff({ width: 3, height: 3, bits: 4, photometric: 3, tags: { 320: new Array(48).fill(0x1234) }, pieces: [row] }),
    tiff({ width: 2, height: 1, bits: 16, tags: { 259: [8] }, pieces: [[...deflateSync(Uint8Array.from(row))]] }),
    tiff({ width: 4, height: 1, tags: { 259: [5] }, pieces: [[0x80, 0x00, 0x40, 0x40, 0x20, 0x20]] }),
  ];
}

const avifs = (): Promise<Uint8Array[]> =>
  Promise.all(
    [false, true].map((alpha) =>
      avifEncoder.encode(stillPicture(toRaster(picture(16, 16, alpha), alpha)), { quality: 90 }),
    ),
  );
