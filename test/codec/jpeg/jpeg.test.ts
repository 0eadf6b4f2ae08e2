import { describe, it } from "vitest";
import { jpegDecoder, shrinkFor } from "../../../src/codec/jpeg/jpeg.ts";
import { HttpError } from "../../../src/error.ts";
import { firstFrame, type Raster, type RawImage, toImage } from "../../../src/transform/image.ts";
import { flatJpeg, segment } from "../../support/jpeg.ts";
import { arithmeticTwins } from "../../support/jpeg-arithmetic.ts";
import { writeJpeg } from "../../support/jpeg-writer.ts";
import { mozjpegDecode, mozjpegEncode } from "../../support/mozjpeg.ts";
import { mutate, random } from "../../support/mutate.ts";

const SUBSAMPLING = { "4:4:4": 1, "4:2:0": 2 } as const;

/** A gray picture of noise alone: blocks that are full of coefficients, with codes of all lengths. */
function noise(width: number, height: number): RawImage {
  const next = random(5);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < data.length; at += 4) data.fill(40 + next() * 175, at, at + 3);
  return { width, height, data };
}

/** A picture with slopes, edges and some noise. */
function scene(width: number, height: number): RawImage {
  const next = random(3);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const edge = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (width * height) / 12 ? 70 : 0;
      const noise = next() * 12;
      data.set(
        [(x * 180) / width + edge + noise, (y * 180) / height + noise, 150 - edge + noise, 255],
        (y * width + x) * 4,
      );
    }
  return { width, height, data };
}

async function rasterOf(bytes: Uint8Array, atLeast?: { width: number; height: number }): Promise<Raster> {
  const request = { atLeast, frames: "first" } as const;
  return firstFrame(await jpegDecoder.decode(bytes, jpegDecoder.readHeader(bytes), request));
}

const decoded = async (bytes: Uint8Array, atLeast?: { width: number; height: number }): Promise<RawImage> =>
  toImage(await rasterOf(bytes, atLeast));

const sizeOf = ({ width, height }: RawImage): number[] => [width, height];

const differing = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, at) => sum + (value === b[at] ? 0 : 1), 0);

describe("decode() gives the pixels of libjpeg", () => {
  const sizes = [
    [1, 1],
    [2, 2],
    [3, 5],
    [8, 8],
    [17, 9],
    [33, 40],
    [100, 67],
  ] as const;
  const cases = sizes.flatMap(([width, height]) =>
    (["4:4:4", "4:2:0"] as const).flatMap((sampling) =>
      [false, true].flatMap((progressive) =>
        [50, 98].map((quality) => [width, height, sampling, progressive, quality] as const),
      ),
    ),
  );

  it.for(cases)(
    "of %i × %i, %s, progressive %s, quality %i",
    async ([width, height, sampling, progressive, quality], { expect }) => {
      const file = await mozjpegEncode(scene(width, height), {
        chroma_subsample: SUBSAMPLING[sampling],
        progressive,
        quality,
      });
      const image = await decoded(file);
      expect(sizeOf(image)).toEqual([width, height]);
      expect(differing(image.data, (await mozjpegDecode(file)).data)).toBe(0);
    },
  );

  it.for([100, 95, 90])("of blocks that are full of coefficients, quality %i", async (quality, { expect }) => {
    const file = await mozjpegEncode(noise(160, 120), { quality, progressive: false });
    expect(differing((await decoded(file)).data, (await mozjpegDecode(file)).data)).toBe(0);
  });

  it.for([false, true])("of gray, progressive %s", async (progressive, { expect }) => {
    const file = await mozjpegEncode(scene(50, 30), { color_space: 1, progressive, quality: 90 });
    expect(differing((await decoded(file)).data, (await mozjpegDecode(file)).data)).toBe(0);
  });
});

describe("decode() of arithmetic coding", () => {
  const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

  it.for([8, 4, 2, 1])(
    "gives the pixels of the same coefficients in Huffman codes, at 1/%i",
    async (shrink, { expect }) => {
      const atLeast = { width: 21 / shrink, height: 13 / shrink };
      const { huffman, arithmetic, arithmeticProgressive } = arithmeticTwins;
      const expected = await decoded(bytesOf(huffman), atLeast);
      for (const twin of [arithmetic, arithmeticProgressive])
        expect(differing((await decoded(bytesOf(twin), atLeast)).data, expected.data)).toBe(0);
    },
  );

  it("stays within its budget where scans repeat without data", async ({ expect }) => {
    const components = [1, 2].map((id) => ({ id, across: 1, down: 1, dc: 0 }));
    const file = flatJpeg({ width: 8, height: 8, components, separate: true });
    const scan = segment(0xda, [1, 1, 0, 0, 63, 0]);
    const at = file.findIndex((byte, index) => byte === 0xff && file[index + 1] === 0xc0);
    file.set([0xc9, 0, 14, 8, 4000 >> 8, 4000 & 255, 4000 >> 8, 4000 & 255], at + 1);
    const bomb = Uint8Array.from([...file.subarray(0, -2), ...new Array(60).fill(scan).flat(), 0xff, 0xd9]);
    const small = decoded(bomb, { width: 500, height: 500 }).then(sizeOf);
    await expect(small).rejects.toMatchObject({ status: 422, code: "too_many_scans" });
  });
});

/** The R, G, B, A or C, M, Y, K that every pixel of `image` is; absent where they differ. */
function onlyColour({ data }: RawImage): number[] | undefined {
  const first = [...data.subarray(0, 4)];
  return data.every((value, at) => value === first[at & 3]) ? first : undefined;
}

describe("decode() of a flat picture", () => {
  const gray = [{ id: 1, across: 1, down: 1, dc: 3 }];
  const three = (across: number, down: number, cAcross = 1, cDown = 1) => [
    { id: 1, across, down, dc: 3 },
    { id: 2, across: cAcross, down: cDown, dc: 0 },
    { id: 3, across: cAcross, down: cDown, dc: 0 },
  ];
  const samplings = [
    [1, 1],
    [2, 1],
    [1, 2],
    [2, 2],
    [4, 1],
    [1, 4],
    [4, 2],
    [3, 1],
    [3, 2],
    [2, 4],
  ] as const;
  const shrinks = [8, 4, 2, 1];

  it.for(samplings)("is one colour at all scales with luma of %i × %i", async ([across, down], { expect }) => {
    for (const shrink of shrinks)
      for (const separate of [false, true]) {
        const file = flatJpeg({ width: 61, height: 43, components: three(across, down), separate });
        const image = await decoded(file, { width: 61 / shrink, height: 43 / shrink });
        expect(sizeOf(image)).toEqual([Math.ceil(61 / shrink), Math.ceil(43 / shrink)]);
        expect(onlyColour(image)).toEqual([176, 176, 176, 255]);
      }
  });

  it.for([
    [1, 1, 2, 2],
    [1, 1, 2, 1],
    [2, 2, 1, 2],
    [3, 1, 2, 1],
    [2, 1, 3, 1],
    [1, 2, 1, 3],
  ] as const)(
    "is one colour with luma of %i × %i and chroma of %i × %i",
    async ([across, down, cAcross, cDown], { expect }) => {
      for (const shrink of shrinks) {
        const components = three(across, down, cAcross, cDown);
        const file = flatJpeg({ width: 61, height: 43, components, separate: true, restartInterval: 3 });
        expect(onlyColour(await decoded(file, { width: 61 / shrink, height: 43 / shrink }))).toEqual([
          176, 176, 176, 255,
        ]);
      }
    },
  );

  it.for([
    ["restart markers", { restartInterval: 2 }],
    ["DNL", { lineCountLast: true }],
    ["16-bit quantisation", { wideQuant: true }],
    ["a picture after its end", { extra: [segment(0xfe, [1, 2, 3])] }],
  ] as const)("reads %s", async ([, options], { expect }) => {
    const image = await decoded(flatJpeg({ width: 40, height: 70, components: gray, ...options }));
    expect(sizeOf(image)).toEqual([40, 70]);
    expect(onlyColour(image)).toEqual([176, 176, 176, 255]);
  });

  it("takes the first of two components as gray", async ({ expect }) => {
    const components = [...gray, { id: 2, across: 1, down: 1, dc: -3 }];
    expect(onlyColour(await decoded(flatJpeg({ width: 9, height: 9, components })))).toEqual([176, 176, 176, 255]);
  });

  it.for([
    ["rgb", [82, 71, 66], [1, 2, 3], undefined, [144, 160, 176, 255]],
    ["cmyk without Adobe", [1, 2, 3, 4], [1, 2, 3, 4], undefined, [111, 95, 79, 63]],
    ["cmyk of Adobe", [1, 2, 3, 4], [1, 2, 3, 4], 0, [111, 95, 79, 63]],
    ["ycck of Adobe", [1, 2, 3, 4], [1, 0, 0, 4], 2, [144, 144, 144, 63]],
  ] as const)("gives %s", async ([, ids, values, transform, pixel], { expect }) => {
    const components = ids.map((id, index) => ({ id, across: 1, down: 1, dc: values[index] }));
    const adobe = [0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform ?? 0];
    const extra = transform === undefined ? [] : [segment(0xee, adobe)];
    const raster = await rasterOf(flatJpeg({ width: 21, height: 19, components, extra }));
    expect(raster.space).toBe(ids.length === 4 ? "cmyk" : "rgb");
    expect(onlyColour(await toImage(raster))).toEqual(pixel);
  });
});

describe("decode() shrinks", () => {
  // Codes of 8 bits with up to 10 extra bits, or 8: as many as one lookup may cover, several times in a row. Where samples
  // are cut off, only the whole picture tells what they were.
  it.for([
    [1, 700],
    [2, 200],
    [4, 200],
    [8, 200],
  ])("what has long codes to 1/%i, block by block", async ([shrink, range], { expect }) => {
    const [side, next] = [320, random(7)];
    const samples = Array.from({ length: side * side }, () => 128 + (next() - 0.5) * range);
    const file = writeJpeg({
      ...{ width: side, height: side },
      components: [{ across: 1, down: 1, sample: (x, y) => samples[y * side + x] }],
    });
    const small = await decoded(file, { width: side / shrink, height: side / shrink });
    const means = blockMeans({ ...small, data: small.data.filter((_, at) => at % 4 === 0) }, 8 / shrink);
    const expected = blockMeans({ width: side, height: side, data: Uint8ClampedArray.from(samples) }, 8);
    expect(Math.max(...means.map((mean, block) => Math.abs(mean - expected[block])))).toBeLessThan(2);
  });

  it.for([
    [1000, 500, 8],
    [1001, 500, 8],
    [125, 62, 8],
    [126, 62, 4],
    [500, 10, 2],
    [501, 10, 1],
    [2000, 10, 1],
  ] as const)("1000 × 500 to at least %i × %i", ([width, height, shrink], { expect }) => {
    expect(shrinkFor({ width: 1000, height: 500 }, { width, height })).toBe(width > 999 ? 1 : shrink);
  });

  it("says how much of the last column the picture covers", async ({ expect }) => {
    const raster = await rasterOf(await mozjpegEncode(scene(101, 67), { quality: 90 }), { width: 12, height: 8 });
    expect(raster).toMatchObject({ width: 13, height: 9, extent: { width: 12.625, height: 8.375 }, alpha: false });
  });

  const cases = [2, 4, 8].flatMap((shrink) =>
    ([1, 2] as const).flatMap((chroma) => [false, true].map((p) => [shrink, chroma, p] as const)),
  );
  it.for(cases)(
    "by %i, chroma by %i, progressive %s: near the area means",
    async ([shrink, chroma_subsample, progressive], { expect }) => {
      const file = await mozjpegEncode(scene(320, 240), { quality: 92, chroma_subsample, progressive });
      const full = await decoded(file);
      const small = await decoded(file, { width: 320 / shrink, height: 240 / shrink });
      expect(small.width).toBe(320 / shrink);
      expect(psnr(small.data, areaMeans(full, shrink))).toBeGreaterThan(32);
    },
  );

  it.for([100, 90, 60])("by 8 to the means of blocks of noise, quality %i", async (quality, { expect }) => {
    const file = await mozjpegEncode(noise(160, 120), { quality, progressive: false });
    const small = await decoded(file, { width: 20, height: 15 });
    expect(psnr(small.data, areaMeans(await decoded(file), 8))).toBeGreaterThan(48);
  });
});

function areaMeans({ width, height, data }: RawImage, shrink: number): Float64Array {
  const means = new Float64Array((width / shrink) * (height / shrink) * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 4; c++) {
        const at = (Math.floor(y / shrink) * (width / shrink) + Math.floor(x / shrink)) * 4 + c;
        means[at] += data[(y * width + x) * 4 + c] / shrink ** 2;
      }
  return means;
}

function psnr(a: Uint8Array, b: Float64Array): number {
  const squares = a.reduce((sum, value, at) => sum + (at % 4 === 3 ? 0 : (value - b[at]) ** 2), 0);
  return 10 * Math.log10(255 ** 2 / (squares / (a.length * 0.75)));
}

interface Samples {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** The mean of every block of `side` × `side` samples. */
function blockMeans({ width, height, data }: Samples, side: number): number[] {
  const blocks = width / side;
  const sums = new Array<number>(blocks * (height / side)).fill(0);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) sums[Math.floor(y / side) * blocks + Math.floor(x / side)] += data[y * width + x];
  return sums.map((sum) => sum / side ** 2);
}

describe("decode() of a damaged file", () => {
  it.for([false, true])(
    "fills what is missing, the same each time, progressive %s",
    async (progressive, { expect }) => {
      const file = await mozjpegEncode(scene(200, 160), { quality: 80, progressive });
      const cut = file.subarray(0, Math.floor(file.length * 0.6));
      const image = await decoded(cut);
      expect(sizeOf(image)).toEqual([200, 160]);
      expect(differing(image.data, (await decoded(cut)).data)).toBe(0);
      if (!progressive) expect([...image.data.subarray(-4)]).toEqual([128, 128, 128, 255]);
    },
  );

  it("goes on at the next restart marker", async ({ expect }) => {
    const file = flatJpeg({
      width: 64,
      height: 8,
      components: [{ id: 1, across: 1, down: 1, dc: 3 }],
      restartInterval: 2,
    });
    const at = file.findIndex((byte, index) => byte === 0xff && file[index + 1] === 0xd1);
    file.fill(0xfe, at - 1, at);
    const { data } = await decoded(file);
    expect([data[0], data[63 * 4]]).toEqual([176, 176]);
  });

  it("passes over a reserved marker between restarts of several scans", async ({ expect }) => {
    const components = [1, 2, 3].map((id) => ({ id, across: 1, down: 1, dc: 3 }));
    const file = flatJpeg({ width: 64, height: 8, components, separate: true, restartInterval: 2 });
    const at = file.findIndex((byte, index) => byte === 0xff && file[index + 1] === 0xd0);
    const damaged = Uint8Array.from([...file.subarray(0, at), 0xff, 0xb0, 0xff, 0xff, ...file.subarray(at)]);
    expect(differing((await decoded(damaged)).data, (await decoded(file)).data)).toBe(0);
  });

  it("reads a file of many parts of the input buffer, with long runs of fill bytes", async ({ expect }) => {
    const file = flatJpeg({
      width: 64,
      height: 8,
      components: [{ id: 1, across: 1, down: 1, dc: 3 }],
      restartInterval: 2,
    });
    const at = file.findIndex((byte, index) => byte === 0xff && file[index + 1] === 0xd2);
    const filled = new Uint8Array(file.length + 100_000).fill(0xff);
    filled.set(file.subarray(0, at));
    filled.set(file.subarray(at), at + 100_000);
    expect(differing((await decoded(filled)).data, (await decoded(file)).data)).toBe(0);
  });

  it("does not look through the same bytes for each restart", async ({ expect }) => {
    const file = flatJpeg({
      width: 8,
      height: 8,
      components: [{ id: 1, across: 1, down: 1, dc: 3 }],
      restartInterval: 1,
    });
    const at = file.findIndex((byte, index) => byte === 0xff && file[index + 1] === 0xc0);
    file.set([2000 >> 8, 2000 & 255, 2000 >> 8, 2000 & 255], at + 5);
    const junk = new Uint8Array(2_000_000).map((_, index) => (index & 1 ? 1 : 0xff));
    const long = new Uint8Array(await new Blob([file.subarray(0, -2), junk]).arrayBuffer());
    expect(sizeOf(await decoded(long))).toEqual([2000, 2000]);
  });

  it("refuses more than 100 megapixels before any memory is taken", async ({ expect }) => {
    const file = flatJpeg({ width: 8, height: 8, components: [{ id: 1, across: 1, down: 1, dc: 3 }] });
    const at = file.findIndex((byte, index) => byte === 0xff && file[index + 1] === 0xc0);
    file.fill(0xff, at + 5, at + 9);
    await expect(decoded(file).then(sizeOf)).rejects.toMatchObject({ status: 422, code: "image_too_large" });
  });

  it("refuses a frame header among the scan data", async ({ expect }) => {
    const file = flatJpeg({ width: 800, height: 800, components: [{ id: 1, across: 1, down: 1, dc: 3 }] });
    file.set([0xff, 0xc3, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0], file.length - 600);
    await expect(decoded(file).then(sizeOf)).rejects.toMatchObject({ status: 422, code: "decode_failed" });
  });

  it("throws nothing but HttpError on 600 mutated files", { timeout: 60_000 }, async ({ expect }) => {
    const next = random(11);
    const seeds = [
      await mozjpegEncode(scene(40, 30), { quality: 60, progressive: false, chroma_subsample: 2 }),
      await mozjpegEncode(scene(40, 30), { quality: 90, progressive: true, chroma_subsample: 2 }),
      flatJpeg({
        width: 40,
        height: 30,
        components: [1, 2, 3].map((id) => ({ id, across: id === 1 ? 2 : 1, down: 1, dc: id })),
        separate: true,
        restartInterval: 2,
      }),
    ];
    for (let round = 0; round < 600; round++) {
      const file = mutate(seeds[round % seeds.length], next);
      try {
        const header = jpegDecoder.readHeader(file);
        if (header.width * header.height > 1_000_000) continue;
        const atLeast = { width: header.width / (1 << (round & 3)), height: header.height / (1 << (round & 3)) };
        await decoded(file, atLeast);
      } catch (error) {
        expect(error, `round ${round}: ${error}`).toBeInstanceOf(HttpError);
      }
    }
  });
});
