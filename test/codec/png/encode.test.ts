import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { pngDecoder, pngEncoder } from "../../../src/codec/png/png.ts";
import { firstFrame, type RawImage, stillPicture, toImage, toRaster } from "../../../src/transform/image.ts";
import { areEqual } from "../../support/pictures.ts";
import { wasmBytesOf } from "../../support/wasm-memory.ts";

const options = { quality: 80 };

const encode = (image: RawImage, alpha = true) => pngEncoder.encode(stillPicture(toRaster(image, alpha)), options);

async function decode(bytes: Uint8Array): Promise<RawImage> {
  const header = pngDecoder.readHeader(bytes);
  return toImage(await firstFrame(await pngDecoder.decode(bytes, header, { atLeast: undefined, frames: "all" })));
}

function image(width: number, height: number, pixel: (x: number, y: number) => readonly number[]): RawImage {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const colour = pixel(x, y);
      for (let channel = 0; channel < 4; channel++) data[at + channel] = colour[channel];
    }
  return { width, height, data };
}

const hash = (x: number, y: number) => (Math.imul(x * 374_761_393 + y * 668_265_263, 1_274_126_177) >>> 13) & 255;
const wave = (x: number, y: number) => Math.round(127 + 90 * Math.sin(x / 17) * Math.cos(y / 23)) + (hash(x, y) & 7);

const PICTURES = {
  photograph: (x: number, y: number) => [wave(x, y), wave(y, x), wave(x + y, x), 255],
  "photograph with alpha": (x: number, y: number) => [wave(x, y), wave(y, x), wave(x + y, x), wave(x, x)],
  noise: (x: number, y: number) => [hash(x, y), hash(y, x + 7), hash(x + y, 3), hash(x, y + 99)],
  "gray photograph": (x: number, y: number) => [wave(x, y), wave(x, y), wave(x, y), 255],
  "gray noise with alpha": (x: number, y: number) => [hash(x, y), hash(x, y), hash(x, y), hash(y, x)],
  "one colour": () => [1, 2, 3, 255],
  "clear colours": (x: number) => [x, 0, 0, 0],
  "two colours": (x: number, y: number) => ((x ^ y) & 4 ? [255, 255, 255, 255] : [0, 0, 0, 255]),
  "four colours": (x: number, y: number) => [((x >> 2) & 3) * 80, (y & 1) * 0, 0, 255],
  "sixteen colours, some translucent": (x: number, y: number) => [
    (hash(x, y) & 15) * 9,
    5,
    5,
    hash(x, y) & 1 ? 255 : 90,
  ],
  "256 colours": (x: number, y: number) => [hash(x, y), hash(x, y) * 7, hash(x, y) ^ 90, 255],
  "257 colours": (x: number, y: number) => (x + y ? [hash(x, y), 0, 0, 255] : [0, 1, 0, 255]),
  "a flat drawing": (x: number, y: number) => [x >> 5, y >> 5, ((x - 60) ** 2 + (y - 40) ** 2) >> 9, 255],
  "long runs": (x: number, y: number) =>
    y === 9 && x === 60 ? [1, 2, 3, 255] : [x & 128 ? 9 : hash(0, y), y, 200, 255],
} as const;

const SIZES = [
  [1, 1],
  [2, 3],
  [5, 1],
  [1, 9],
  [7, 7],
  [64, 20],
  [131, 97],
  [700, 211],
] as const;

it.for(Object.entries(PICTURES))("encode() keeps every pixel of %s", async ([, pixel]) => {
  for (const [width, height] of SIZES) {
    const original = image(width, height, pixel);
    const result = await decode(await encode(original));
    expect(result, `${width}x${height}`).toEqual(original);
  }
});

it.for([
  ["one colour", { colour: "palette", depth: 1 }],
  ["two colours", { colour: "palette", depth: 1 }],
  ["four colours", { colour: "palette", depth: 2 }],
  ["sixteen colours, some translucent", { colour: "palette", depth: 4, alpha: true }],
  ["256 colours", { colour: "palette", depth: 8, alpha: false }],
  ["257 colours", { colour: "rgb", depth: 8 }],
  ["photograph", { colour: "rgb", alpha: false }],
  ["gray photograph", { colour: "gray", alpha: false }],
  ["gray noise with alpha", { colour: "gray", alpha: true }],
  ["photograph with alpha", { colour: "rgb", alpha: true }],
] as const)("encode() writes %s as %o", async ([name, header]) => {
  expect(pngDecoder.readHeader(await encode(image(131, 97, PICTURES[name])))).toMatchObject(header);
});

it("encode() keeps every pixel when the picture is too large to be kept whole", async () => {
  for (const alpha of [false, true]) {
    const original = image(2_100, 2_050, (x, y) => [x, y, x ^ y, alpha ? x + y : 255]);
    const bytes = await encode(original, alpha);
    expect(pngDecoder.readHeader(bytes)).toMatchObject({ colour: "rgb", alpha });
    expect(areEqual(await decode(bytes), original)).toBe(true);
  }
});

it("encode() gives the same bytes whatever bands the rows come in", async () => {
  const { width, height, data } = image(131, 97, PICTURES.photograph);
  const raster = {
    ...toRaster({ width, height, data }),
    async *bands() {
      for (let at = 0, rows = 1; at < data.length; at += rows++ * width * 4)
        yield data.slice(at, at + (rows + 1) * width * 4).subarray(0, rows * width * 4);
    },
  };
  expect(await pngEncoder.encode(stillPicture(raster), options)).toEqual(await encode({ width, height, data }));
});

it("encode() writes a picture of one colour in a few bytes", async () => {
  expect((await encode(image(1_000, 1_000, PICTURES["one colour"]))).length).toBeLessThan(300);
});

it.for([
  [1_000, 1_000],
  [2_300, 2_000],
] as const)("workingSetBytes() covers what %i × %i pixels take", async ([width, height]) => {
  const noisy = image(width, height, PICTURES.noise);
  let output = 0;
  const taken = await wasmBytesOf(async () => {
    output = (await encode(noisy)).length;
  });
  const kept = width * height <= 4 * 1024 * 1024 ? noisy.data.length : 0;
  expect(taken).toBeGreaterThan(kept);
  expect(taken).toBeLessThan(kept + 2_000_000);
  // Noise is as bad as it gets: a photograph takes half of it.
  expect(pngEncoder.workingSetBytes({ ...noisy, alpha: true })).toBeGreaterThan(taken + output);
});

/** Letters: each a block of strokes, eight of them again and again, with edges of grays. */
const text = (x: number, y: number) => {
  const letter = (Math.floor(x / 9) * 5 + Math.floor(y / 14) * 3) % 8;
  const ink = x % 9 < 7 && y % 14 < 10 && (hash((x % 9) + letter * 9, y % 14) & 3) > 1;
  return ink ? [hash(letter, x % 9) & 0x7c, 0, 0, 255].with(1, 0) : [255, 255, 255, 255];
};

const disc = (x: number, y: number) => {
  const distance = Math.hypot(x - 150, y - 150) / 140;
  return distance > 1
    ? [0, 0, 0, 0]
    : [255, 255 - 255 * distance, 136 * distance, 255 - 200 * distance].map(Math.round);
};

it.for([
  ["text", text],
  ["a disc of a gradient", disc],
] as const)("encode() searches where that pays: %s", async ([, pixel]) => {
  const original = image(300, 300, pixel);
  const rows = new Uint8Array(300 * 1201);
  for (let y = 0; y < 300; y++) rows.set(original.data.subarray(y * 1200, (y + 1) * 1200), y * 1201 + 1);
  expect((await encode(original)).length).toBeLessThan(deflateSync(rows).length * 1.02 + 100);
});

it.for([...Object.entries(PICTURES), ["text", text] as const])(
  "encode() with all effort keeps every pixel of %s, in hardly ever more bytes",
  async ([, pixel]) => {
    for (const [width, height] of SIZES) {
      const original = image(width, height, pixel);
      const file = await pngEncoder.encode(stillPicture(toRaster(original)), { quality: 80, effort: "max" });
      expect(file.length).toBeLessThanOrEqual((await encode(original)).length * 1.001);
      expect(await decode(file), `${width}x${height}`).toEqual(original);
    }
  },
);
