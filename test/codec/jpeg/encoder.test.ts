import { describe, it } from "vitest";
import { jpegEncoder } from "../../../src/codec/jpeg/encoder.ts";
import { jpegSteps } from "../../../src/codec/jpeg/steps.ts";
import { createJpegWriter, jpegWriterBytes } from "../../../src/engine/jpeg-encode.ts";
import { readConfig } from "../../../src/env.ts";
import { type Raster, type RawImage, stillPicture, toRaster } from "../../../src/transform/image.ts";
import { decode } from "../../support/decode.ts";
import { draw, gradient } from "../../support/drawings.ts";
import { readJpegBlocks } from "../../support/jpeg-blocks.ts";
import { codeBits } from "../../support/jpeg-huffman.ts";
import { referenceBlocks } from "../../support/jpeg-reference.ts";
import { mozjpegDecode, mozjpegEncode } from "../../support/mozjpeg.ts";
import { createRandom, inBands, noise, plain } from "../../support/pictures.ts";
import { wasmBytesOf } from "../../support/wasm-memory.ts";

const encode = (raster: Raster, quality: number) => jpegEncoder.encode(stillPicture(raster), { quality });

const encoded = (image: RawImage, quality: number) => encode(toRaster(image, false), quality);

/** mozjpeg with the tables of annex K.1. It still drops what costs many bits (trellis), so it writes fewer bytes. */
const peer = (image: RawImage, quality: number): Promise<Uint8Array> =>
  mozjpegEncode(image, { quality, progressive: false, chroma_subsample: 2, quant_table: 0 });

const decodedByPeer = async (file: Uint8Array): Promise<Uint8Array> => (await mozjpegDecode(file)).data;

/** Mean error of R, G and B: absolute, and with its sign. */
function errors(a: Uint8Array, b: Uint8Array): { absolute: number; shifts: number[] } {
  const shifts = [0, 0, 0];
  let absolute = 0;
  for (let at = 0; at < a.length; at++) {
    if (at % 4 === 3) continue;
    shifts[at % 4] += ((a[at] - b[at]) * 4) / a.length;
    absolute += (Math.abs(a[at] - b[at]) * 4) / (3 * a.length);
  }
  return { absolute, shifts };
}

function psnr(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) if (at % 4 < 3) sum += (a[at] - b[at]) ** 2;
  return 10 * Math.log10((255 ** 2 * a.length * 0.75) / sum);
}

/** Slopes, an edge, texture and a little grain, as a photograph has them. */
function scene(width: number, height: number): RawImage {
  const random = createRandom(3);
  return draw(width, height, (x, y) => {
    const disc = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (width * height) / 12 ? 70 : 0;
    const waves = 20 * Math.sin(x / 3) * Math.cos(y / 5);
    const grain = random() * 12;
    return [(x * 150) / width + disc + grain, (y * 150) / height + waves + grain + 20, 150 - disc + grain];
  });
}

type Blocks = readonly (readonly number[])[];

const areSame = (a: Blocks, b: Blocks): boolean =>
  a.length === b.length && a.every((block, at) => block.every((value, index) => value === b[at][index]));

const QUALITIES = [1, 10, 50, 75, 80, 95, 100];

describe("encode()", () => {
  const pictures = {
    scene: scene(150, 117),
    gradient: gradient(64, 200),
    noise: noise({ width: 65, height: 50 }, createRandom(1), false),
  };
  const cases = Object.entries(pictures).flatMap(([name, image]) =>
    QUALITIES.map((quality) => [name, quality, image] as const),
  );

  it.for(cases)("is as near to the picture as mozjpeg: %s at quality %i", async ([, quality, image], { expect }) => {
    const ours = await decodedByPeer(await encoded(image, quality));
    const theirs = await decodedByPeer(await peer(image, quality));
    expect(psnr(ours, image.data)).toBeGreaterThan(psnr(theirs, image.data) - 0.3);
    expect(errors(ours, image.data).absolute).toBeLessThan(errors(theirs, image.data).absolute * 1.03 + 0.05);
    if (quality < 75) return;
    for (const shift of errors(ours, image.data).shifts) expect(Math.abs(shift)).toBeLessThan(0.25);
  });

  it("takes one bit a symbol where each table has one symbol", async ({ expect }) => {
    // 100 MCUs of 6 blocks without any difference, each a DC and an end-of-block code.
    const file = await encoded(plain({ width: 160, height: 160 }, [128, 128, 128, 255]), 80);
    const empty = await encoded(plain({ width: 16, height: 16 }, [128, 128, 128, 255]), 80);
    expect(file.length - empty.length).toBe(150 - 2);
  });

  it.for(cases)(
    "writes exactly the coefficients of the plain version: %s at quality %i",
    async ([, quality, image], { expect }) => {
      const { steps, blocks, onesCodes } = readJpegBlocks(await encoded(image, quality));
      const { luma, chroma } = jpegSteps(quality);
      expect(steps).toEqual([[...luma], [...chroma]]);
      expect(onesCodes).toBe(0);
      expect(blocks).toEqual(referenceBlocks(image, steps));
    },
  );

  it.for(cases)("writes the shortest codes: %s at quality %i", async ([, quality, image], { expect }) => {
    for (const { taken, least } of codeBits(readJpegBlocks(await encoded(image, quality)))) expect(taken).toBe(least);
  });

  it("writes every size from 1 × 1 to 40 × 40, its edges repeated", async ({ expect }) => {
    const random = createRandom(9);
    for (let width = 1; width <= 40; width++)
      for (let height = 1; height <= 40; height++) {
        const image = noise({ width, height }, random, false);
        const file = await encoded(image, 90);
        const { steps, blocks } = readJpegBlocks(file);
        if (!areSame(blocks, referenceBlocks(image, steps))) expect.fail(`${width} × ${height}`);
        const { image: back } = await decode(file);
        expect([back.width, back.height]).toEqual([width, height]);
      }
  });

  it.for(["stripes", "checks", "tiles"] as const)(
    "writes the largest coefficients there are: %s",
    async (kind, { expect }) => {
      // At these frequencies every pixel adds all it can; tiles of a block give the largest differences of DC.
      const isWhite = {
        stripes: (x: number) => ((x + 2) >> 1) & 1,
        checks: (x: number, y: number) => ((x + 2) >> 1) ^ ((y + 2) >> 1),
        tiles: (x: number, y: number) => ((x - 1) ^ (y - 1)) >> 3,
      }[kind];
      const image = draw(64, 48, (x, y) => (isWhite(x + 1, y + 1) & 1 ? [255, 255, 255] : [0, 0, 0]));
      const { steps, blocks } = readJpegBlocks(await encoded(image, 100));
      expect(blocks).toEqual(referenceBlocks(image, steps));
      expect(Math.max(...blocks.flat().map(Math.abs))).toBeGreaterThan(kind === "tiles" ? 1000 : 1015);
    },
  );

  it("gives what both decoders read alike", async ({ expect }) => {
    const file = await encoded(scene(301, 203), 85);
    expect(Buffer.compare((await decode(file)).image.data, await decodedByPeer(file))).toBe(0);
  });

  it.for([1, 2, 7, 15, 16, 17, 48, 500])("gives the same bytes from bands of %i rows", async (rows, { expect }) => {
    const image = scene(83, 131);
    expect(await encode(inBands(image, rows, false), 80)).toEqual(await encoded(image, 80));
  });

  it("refuses a raster that ends before its last row", async ({ expect }) => {
    const image = scene(20, 40);
    await expect(encoded({ ...image, height: 41 }, 80)).rejects.toThrow("of 41 rows");
  });

  it("leaves alpha out", async ({ expect }) => {
    const image = scene(33, 20);
    const holes = { ...image, data: image.data.map((byte, at) => (at % 4 === 3 ? (at * 7) & 255 : byte)) };
    expect(await encoded(holes, 80)).toEqual(await encoded(image, 80));
  });

  it.for([
    [0, 0, 0],
    [255, 255, 255],
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [128, 128, 128],
  ])("keeps a picture of rgb(%i, %i, %i)", async (colour, { expect }) => {
    const { image } = await decode(await encoded(plain({ width: 40, height: 24 }, [...colour, 255]), 100));
    for (let at = 0; at < image.data.length; at++)
      expect(Math.abs(image.data[at] - [...colour, 255][at % 4])).toBeLessThanOrEqual(2);
  });

  it("begins with a JFIF header, then tables, frame and scan, and ends with a marker", async ({ expect }) => {
    const file = await encoded(scene(300, 260), 80);
    const markers: number[] = [];
    for (let at = 2; markers.at(-1) !== 0xda; at += 2 + (file[at + 2] << 8) + file[at + 3]) markers.push(file[at + 1]);
    expect(markers).toEqual([0xe0, 0xdb, 0xc0, 0xc4, 0xda]);
    expect([...file.subarray(0, 20)]).toEqual([
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 16],
      ...[0x4a, 0x46, 0x49, 0x46, 0],
      1,
      1,
      0,
      0,
      1,
      0,
      1,
      0,
      0,
    ]);
    expect([...file.subarray(-2)]).toEqual([0xff, 0xd9]);
  });

  it.for([
    [65_535, 1],
    [1, 65_535],
    [65_535, 16],
  ])("writes %i × %i", async ([width, height], { expect }) => {
    const image = gradient(width, height);
    const { image: back } = await decode(await encoded(image, 90));
    expect(psnr(back.data, image.data)).toBeGreaterThan(40);
  });

  it.for([
    [65_536, 1],
    [1, 65_536],
  ])("refuses %i × %i", async ([width, height], { expect }) => {
    const image = plain({ width, height }, [0, 0, 0, 255]);
    await expect(encoded(image, 90)).rejects.toMatchObject({ status: 422, code: "output_too_large" });
  });
});

describe("a picture of more tokens than are kept", () => {
  /** Enough for the tokens of noise at quality 100 to be written in several goes. */
  const large = noise({ width: 1200, height: 900 }, createRandom(4), false);

  it("is written with codes made from its first part", async ({ expect }) => {
    const file = await encoded(large, 100);
    const { image } = await decode(file);
    expect(Buffer.compare(image.data, await decodedByPeer(file))).toBe(0);
    expect(psnr(image.data, large.data)).toBeGreaterThan(
      psnr(await decodedByPeer(await peer(large, 100)), large.data) - 0.3,
    );
  });

  it("does not depend on its bands", async ({ expect }) => {
    const rows = await encode(inBands(large, 5, false), 100);
    const whole = await encoded(large, 100);
    expect(Buffer.compare(rows, whole)).toBe(0);
  });

  it.for(["first", "last"])("is written when its %s part is plain", async (place, { expect }) => {
    const data = large.data.slice();
    if (place === "first") data.fill(128, 0, data.length / 4);
    else data.fill(128, data.length * 0.75);
    const file = await encoded({ ...large, data }, 100);
    const { image } = await decode(file);
    expect(Buffer.compare(image.data, await decodedByPeer(file))).toBe(0);
    expect(psnr(image.data, data)).toBeGreaterThan(10);
  });
});

describe("workingSetBytes()", () => {
  it.for([
    [1, 1],
    [300, 200],
    [1600, 900],
    [1200, 1500],
    [65_535, 17],
  ])("holds for noise of %i × %i at quality 100", async ([width, height], { expect }) => {
    const image = noise({ width, height }, createRandom(7), false);
    const { luma, chroma } = jpegSteps(100);
    const writer = createJpegWriter({ width, luma, chroma, header: () => new Uint8Array() });
    let bytes = 0;
    for (let top = 0; top < height; top += 16) {
      const rows = Math.min(16, height - top);
      writer.put(image.data.subarray(top * width * 4, (top + rows) * width * 4), 0);
      for (const piece of writer.encode(rows, top + rows === height)) bytes += piece.length;
    }
    expect(writer.memoryBytes()).toBeLessThanOrEqual(jpegWriterBytes(width, height));
    expect(writer.memoryBytes() + 2 * bytes).toBeLessThanOrEqual(
      jpegEncoder.workingSetBytes({ width, height, alpha: false }),
    );
  });
});

describe("jpegSteps()", () => {
  it.for([
    [1, 255, 255],
    [10, 80, 85],
    [50, 16, 17],
    [75, 8, 9],
    [80, 6, 7],
    [95, 2, 2],
    [100, 1, 1],
  ])("at quality %i begins with %i and %i", ([quality, luma, chroma], { expect }) => {
    const steps = jpegSteps(quality);
    expect([steps.luma[0], steps.chroma[0]]).toEqual([luma, chroma]);
  });
});

describe("encode() with all effort", () => {
  const most = (image: RawImage, quality: number) =>
    jpegEncoder.encode(stillPicture(toRaster(image, false)), { quality, effort: "max" });

  it.for([50, 80, 95, 100])("gives a smaller file that looks alike at quality %i", async (quality, { expect }) => {
    const image = scene(300, 220);
    const [plainFile, file] = [await encoded(image, quality), await most(image, quality)];
    expect(file.length).toBeLessThan(plainFile.length);
    const { header, image: back } = await decode(file);
    expect(header).toMatchObject({ format: "jpg", width: 300, height: 220, progressive: true });
    expect(psnr(back.data, image.data)).toBeGreaterThan(psnr((await decode(plainFile)).image.data, image.data) - 1.5);
  });

  it.for([
    [1, 1],
    [17, 3],
    [65_500, 8],
  ])("writes %i × %i", async ([width, height], { expect }) => {
    const { header } = await decode(await most(gradient(width, height), 80));
    expect(header).toMatchObject({ width, height, progressive: true });
  });

  it.for([
    [1600, 1251],
    [65_501, 1],
  ])("writes %i × %i, too large for that, as without", async ([width, height], { expect }) => {
    const image = gradient(width, height);
    const size = { width, height, alpha: false };
    expect(Buffer.compare(await most(image, 60), await encoded(image, 60))).toBe(0);
    expect(jpegEncoder.workingSetBytes(size, "max")).toBe(jpegEncoder.workingSetBytes(size));
  });

  it("writes the lowest qualities as without, since nothing would be left", async ({ expect }) => {
    expect(await most(scene(40, 30), 9)).toEqual(await encoded(scene(40, 30), 9));
  });

  it.for([
    [10, 10],
    [1000, 600],
  ])("takes no more than workingSetBytes() says for noise of %i × %i", async ([width, height], { expect }) => {
    const image = noise({ width, height }, createRandom(2), false);
    let output = 0;
    const taken = await wasmBytesOf(async () => {
      output = (await most(image, 100)).length;
    });
    const predicted = jpegEncoder.workingSetBytes({ width, height, alpha: false }, "max");
    expect(taken + image.data.length + output).toBeLessThanOrEqual(predicted);
  });

  it("never needs more than the whole budget of an isolate", ({ expect }) => {
    const { decodeBudgetBytes } = readConfig({}).limits;
    const size = { width: 2000, height: 1000, alpha: false };
    expect(jpegEncoder.workingSetBytes(size, "max")).toBeLessThan(decodeBudgetBytes);
  });
});
