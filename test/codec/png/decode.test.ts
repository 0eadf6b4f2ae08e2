import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import type { ColourType } from "../../../src/codec/png/header.ts";
import { pngDecoder } from "../../../src/codec/png/png.ts";
import { HttpError } from "../../../src/error.ts";
import { firstFrame, type RawImage, toImage } from "../../../src/transform/image.ts";
import { chunk, type Fixture, ihdr, joinChunks, makePng, noise } from "../../support/png.ts";
import { quickest } from "../../support/quickest.ts";
import { wasmBytesOf } from "../../support/wasm-memory.ts";

const request = { atLeast: undefined, frames: "all" } as const;

async function decode(bytes: Uint8Array): Promise<RawImage> {
  const picture = await pngDecoder.decode(bytes, pngDecoder.readHeader(bytes), request);
  return toImage(await firstFrame(picture));
}

const KINDS: readonly (readonly [ColourType, number])[] = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
];
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 17, 33].flatMap((side) => [[side, 34 - side] as const, [side, side] as const]);
const PALETTE = Uint8Array.from({ length: 768 }, (_, index) => index * 11);
const ALPHAS = Uint8Array.from({ length: 256 }, (_, index) => index * 3);

/** What every pixel is, straight from the samples. */
function expected(fixture: Fixture, key?: readonly number[]): Uint8Array {
  const { width, height, colourType, depth } = fixture;
  const sample = fixture.sample ?? noise(fixture);
  const to8 = (value: number) => (depth === 16 ? value >> 8 : Math.round((value * 255) / (2 ** depth - 1)));
  const pixels: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (channel: number) => sample(x, y, channel);
      const colour = colourType === 2 || colourType === 6 ? [at(0), at(1), at(2)] : [at(0), at(0), at(0)];
      const isKey = key?.every((value, channel) => at(channel) === value) ?? false;
      const alpha = colourType === 4 ? to8(at(1)) : colourType === 6 ? to8(at(3)) : isKey ? 0 : 255;
      if (colourType === 3) pixels.push(...PALETTE.subarray(at(0) * 3, at(0) * 3 + 3), key ? ALPHAS[at(0)] : 255);
      else pixels.push(...colour.map(to8), alpha);
    }
  return new Uint8Array(pixels);
}

const palette = (depth: number) => chunk("PLTE", PALETTE.subarray(0, 3 * 2 ** depth));

it.for(KINDS)("decode() gives every pixel of colour type %i with %i bits", async ([colourType, depth]) => {
  for (const interlaced of [false, true])
    for (const [width, height] of SIZES) {
      const before = colourType === 3 ? [palette(depth)] : [];
      const fixture = { width, height, colourType, depth, interlaced, before };
      expect(await decode(makePng(fixture)), `${width}x${height} ${interlaced}`).toEqual({
        width,
        height,
        data: expected(fixture),
      });
    }
});

it.for(KINDS.filter(([type]) => type < 4))(
  "decode() clears what tRNS names in colour type %i with %i bits",
  async ([colourType, depth]) => {
    for (const interlaced of [false, true]) {
      const plain = { width: 19, height: 11, colourType, depth, interlaced };
      const sample = noise(plain);
      // The key's neighbour differs in its lowest bit alone.
      const key = [sample(3, 5, 0), sample(3, 5, 1), sample(3, 5, 2)].slice(0, colourType === 0 ? 1 : 3);
      const contents =
        colourType === 3
          ? ALPHAS.subarray(0, 2 ** depth)
          : Uint8Array.from(key.flatMap((value) => [value >> 8, value]));
      const before = [...(colourType === 3 ? [palette(depth)] : []), chunk("tRNS", contents)];
      const near = (x: number, y: number, channel: number) =>
        x === 4 && y === 5 ? key[channel] ^ 1 : sample(x, y, channel);
      const fixture = { ...plain, before, sample: near };
      const { data } = await decode(makePng(fixture));
      expect(data).toEqual(expected(fixture, key));
      if (colourType !== 3) expect([data[(5 * 19 + 3) * 4 + 3], data[(5 * 19 + 4) * 4 + 3]]).toEqual([0, 255]);
    }
  },
);

it("decode() streams bands of whole rows when the picture is large", async () => {
  const fixture = { width: 700, height: 300, colourType: 6, depth: 8 } as const;
  const bytes = makePng(fixture);
  const raster = await firstFrame(await pngDecoder.decode(bytes, pngDecoder.readHeader(bytes), request));
  const bands: Uint8Array[] = [];
  // A reader may do what it likes with a band: the next one must not change by it.
  for await (const band of raster.bands()) {
    bands.push(band.slice());
    band.fill(77);
  }
  expect(bands.length).toBeGreaterThan(3);
  for (const band of bands) expect(band.length % (700 * 4)).toBe(0);
  expect(new Uint8Array(await new Blob(bands).arrayBuffer())).toEqual(expected(fixture));
});

it("decode() joins IDAT chunks of any size", async () => {
  const fixture = { width: 40, height: 30, colourType: 2, depth: 8 } as const;
  const whole = makePng(fixture);
  const data = whole.subarray(41, whole.length - 16);
  const pieces = Array.from(data, (byte) => [
    chunk("IDAT", Uint8Array.of(byte)),
    chunk("IDAT", new Uint8Array()),
  ]).flat();
  expect((await decode(joinChunks([ihdr(fixture), ...pieces]))).data).toEqual(expected(fixture));
});

it("decode() shows the rows before the damage when the data is cut", async () => {
  const fixture = { width: 30, height: 40, colourType: 2, depth: 8 } as const;
  const bytes = makePng(fixture);
  const pixels = expected(fixture);
  let last = 0;
  for (let length = 60; length < bytes.length - 16; length += 7) {
    const cut = await decode(bytes.subarray(0, length)).catch(() => undefined);
    if (!cut) {
      expect(last).toBe(0);
      continue;
    }
    const good = cut.data.findIndex((value, index) => value !== pixels[index]);
    const rows = good < 0 ? 40 : Math.floor(good / 120);
    expect(rows).toBeGreaterThanOrEqual(last);
    expect(cut.data.subarray(rows * 120).every((value, index) => value === (index % 4 === 3 ? 255 : 0))).toBe(true);
    last = rows;
  }
  expect(last).toBeGreaterThan(30);
});

it.for(KINDS)(
  "decode() shows what coarser passes drew when colour type %i with %i bits is cut",
  async ([colourType, depth]) => {
    const before = colourType === 3 ? [palette(depth)] : [];
    const fixture = { width: 9, height: 9, colourType, depth, interlaced: true, before };
    const pixels = expected(fixture);
    const rowBytes = (width: number) =>
      1 + Math.ceil((width * { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colourType] * depth) / 8);
    // Passes 1 to 3 have 2 × 2, 1 × 2 and 3 × 1 pixels here: pixels 4 apart.
    const intact = 2 * rowBytes(2) + 2 * rowBytes(1) + rowBytes(3);
    const { data } = await decode(makePng({ ...fixture, changeRows: (rows) => rows.subarray(0, intact) }));
    for (let y = 0; y < 9; y++)
      for (let x = 0; x < 9; x++) {
        const from = ((y & ~3) * 9 + (x & ~3)) * 4;
        expect(data.subarray((y * 9 + x) * 4, (y * 9 + x + 1) * 4), `${x},${y}`).toEqual(
          pixels.subarray(from, from + 4),
        );
      }
  },
);

it.for([
  { width: 5120, height: 2880, colourType: 6, depth: 8 },
  { width: 5120, height: 2880, colourType: 2, depth: 16 },
  { width: 30_000, height: 100, colourType: 6, depth: 16 },
  { width: 3, height: 40_000, colourType: 0, depth: 1 },
  { width: 2_000, height: 1_500, colourType: 6, depth: 8, interlaced: true },
  { width: 2_000, height: 1_500, colourType: 2, depth: 16, interlaced: true },
  { width: 2_000, height: 1_500, colourType: 0, depth: 1, interlaced: true },
] as const)("workingSetBytes() covers the memory that %o takes", async (shape) => {
  const bytes = joinChunks([ihdr(shape), chunk("IDAT", deflateSync(new Uint8Array(300_000)))]);
  const header = pngDecoder.readHeader(bytes);
  const taken = await wasmBytesOf(async () => {
    const raster = await firstFrame(await pngDecoder.decode(bytes, header, request));
    for await (const band of raster.bands()) expect(band.length).toBeGreaterThan(0);
  });
  // Memory grows by pages of 64 KiB, and the module starts with two.
  const predicted = pngDecoder.workingSetBytes(header, request, bytes.length);
  expect(taken).toBeLessThanOrEqual(Math.max(131_072, predicted + 65_536));
  expect(taken).toBeGreaterThan(predicted / 2);
});

it("decode() inflates no more than the declared size needs", async () => {
  const fixture = { width: 8, height: 8, colourType: 0, depth: 8 } as const;
  const bomb = makePng({ ...fixture, changeRows: () => new Uint8Array(50_000_000) });
  expect(await quickest(50, () => decode(bomb))).toBeLessThan(50);
});

it.for([
  ["more pixels than any picture", { width: 20_000, height: 20_000, interlaced: false }],
  ["an interlaced frame that memory cannot hold", { width: 6_000, height: 6_000, interlaced: true }],
  ["a row that memory cannot hold", { width: 100_000_000, height: 1, interlaced: false }],
] as const)("decode() refuses %s before it takes memory", async ([, size]) => {
  const bytes = joinChunks([ihdr({ ...size, colourType: 2, depth: 8 }), chunk("IDAT", deflateSync(new Uint8Array(9)))]);
  await expect(decode(bytes)).rejects.toMatchObject({ status: 422, code: "image_too_large" });
});

it("decode() stops when the header named another size", async () => {
  const bytes = makePng({ width: 4, height: 4, colourType: 0, depth: 8 });
  const header = { ...pngDecoder.readHeader(bytes), width: 5 };
  await expect(pngDecoder.decode(bytes, header, request)).rejects.toMatchObject({ code: "decode_failed" });
});

it("decode() answers or refuses every mutation, twice alike", async () => {
  const random = mulberry(7);
  const seeds = KINDS.flatMap(([colourType, depth]) =>
    [false, true].map((interlaced) =>
      makePng({
        width: 13,
        height: 9,
        colourType,
        depth,
        interlaced,
        before: colourType === 3 ? [palette(depth)] : [],
      }),
    ),
  );
  for (let round = 0; round < 900; round++) {
    const bytes = mutate(seeds[round % seeds.length], random);
    const [first, second] = [await outcome(bytes), await outcome(bytes)];
    expect(first).toEqual(second);
  }
});

async function outcome(bytes: Uint8Array): Promise<Uint8Array | string> {
  try {
    const header = pngDecoder.readHeader(bytes);
    if (header.width * header.height > 1_000_000) return "too large";
    const image = await decode(bytes);
    expect([image.width, image.height]).toEqual([header.width, header.height]);
    return image.data;
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
    return (error as HttpError).code;
  }
}

function mutate(seed: Uint8Array, random: () => number): Uint8Array {
  const bytes = seed.slice(0, random() < 0.2 ? Math.floor(random() * seed.length) : seed.length);
  // Past IHDR, so that most mutations reach the data.
  for (let change = 0; change < 1 + random() * 3; change++)
    bytes[33 + Math.floor(random() * (bytes.length - 33))] = random() * 256;
  return bytes;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
