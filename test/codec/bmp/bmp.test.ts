import { expect, it } from "vitest";
import { bmpDecoder, bmpEncoder } from "../../../src/codec/bmp/bmp.ts";
import { stillPicture, toRaster } from "../../../src/transform/image.ts";
import { bmp } from "../../support/bmp.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { decodeAll, differingPixels, paint } from "../../support/frames.ts";
import { mutants, unexpectedFailure } from "../../support/mutants.ts";
import { quickest } from "../../support/quickest.ts";

/** Pixels as RRGGBBAA, rows apart by slashes. */
async function shown(bytes: Uint8Array): Promise<string> {
  const { frames } = await decodeAll(bmpDecoder, bytes);
  const { width, data } = frames[0];
  return Array.from(
    { length: data.length / 4 },
    (_, i) => (i > 0 && i % width === 0 ? "/ " : "") + data.subarray(i * 4, i * 4 + 4).toHex(),
  ).join(" ");
}

/** Blue, green, red and white, four bytes each. */
const PALETTE = [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 255, 255, 255, 0];
const R = "ff0000ff";
const G = "00ff00ff";
const B = "0000ffff";
const W = "ffffffff";
const NONE = "00000000";
const K = "000000ff";
const ARGB = [0xff0000, 0xff00, 0xff, 0xff000000];

it.for([
  [
    "1 bit",
    { width: 3, height: 1, bits: 1, palette: PALETTE.slice(0, 8), pixels: [0b01000000, 0, 0, 0] },
    `${B} ${G} ${B}`,
  ],
  ["2 bits", { width: 4, height: 1, bits: 2, palette: PALETTE, pixels: [0b00011011, 0, 0, 0] }, `${B} ${G} ${R} ${W}`],
  [
    "4 bits",
    { width: 3, height: 1, bits: 4, palette: PALETTE, colours: 4, pixels: [0x12, 0x30, 0, 0] },
    `${G} ${R} ${W}`,
  ],
  [
    "8 bits, from the bottom up",
    { width: 1, height: 2, bits: 8, palette: PALETTE, colours: 4, pixels: [1, 0, 0, 0, 2, 0, 0, 0] },
    `${R} / ${G}`,
  ],
  [
    "8 bits, from the top down",
    { width: 1, height: -2, bits: 8, palette: PALETTE, colours: 4, pixels: [1, 0, 0, 0, 2, 0, 0, 0] },
    `${G} / ${R}`,
  ],
  [
    "an index beyond the palette as black",
    { width: 1, height: 1, bits: 8, palette: PALETTE, colours: 4, pixels: [9, 0, 0, 0] },
    K,
  ],
  [
    "OS/2's first header",
    { width: 2, height: 1, bits: 1, headerBytes: 12, palette: [255, 0, 0, 0, 0, 255], pixels: [0b01000000, 0, 0, 0] },
    `${B} ${R}`,
  ],
  ["16 bits, 5 a channel", { width: 2, height: 1, bits: 16, pixels: [0x00, 0x7c, 0xff, 0xff] }, `${R} ${W}`],
  [
    "16 bits with masks of 5, 6, 5",
    { width: 1, height: 1, bits: 16, compression: 3, masks: [0xf800, 0x07e0, 0x001f], pixels: [0xe0, 0x07, 0, 0] },
    G,
  ],
  ["24 bits", { width: 1, height: 2, bits: 24, pixels: [1, 2, 3, 0, 4, 5, 6, 0] }, "060504ff / 030201ff"],
  ["32 bits without alpha", { width: 1, height: 1, bits: 32, pixels: [1, 2, 3, 4] }, "030201ff"],
  [
    "32 bits with masks of 10",
    {
      width: 1,
      height: 1,
      bits: 32,
      compression: 3,
      masks: [0x3ff00000, 0xffc00, 0x3ff],
      pixels: [0xff, 0x03, 0x00, 0x20],
    },
    "8000ffff",
  ],
  [
    "32 bits with alpha",
    { width: 1, height: 1, bits: 32, headerBytes: 108, compression: 3, masks: ARGB, pixels: [1, 2, 3, 4] },
    "03020104",
  ],
  [
    "alpha by a third-version header",
    { width: 1, height: 1, bits: 32, headerBytes: 56, compression: 3, masks: ARGB, pixels: [1, 2, 3, 4] },
    "03020104",
  ],
  [
    "alpha by BI_ALPHABITFIELDS",
    { width: 1, height: 1, bits: 32, compression: 6, masks: ARGB, pixels: [1, 2, 3, 4] },
    "03020104",
  ],
  [
    "alpha of a fifth-version header without compression",
    { width: 1, height: 1, bits: 32, headerBytes: 124, masks: ARGB, pixels: [1, 2, 3, 4] },
    "03020104",
  ],
  [
    "alpha that is 0 everywhere as opaque",
    { width: 1, height: 1, bits: 32, headerBytes: 108, compression: 3, masks: ARGB, pixels: [1, 2, 3, 0] },
    "030201ff",
  ],
  [
    "RLE8 runs, literals and ends of lines",
    {
      width: 3,
      height: 2,
      bits: 8,
      compression: 1,
      palette: PALETTE,
      colours: 4,
      pixels: [3, 1, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1],
    },
    `${B} ${G} ${R} / ${G} ${G} ${G}`,
  ],
  [
    "RLE8 that skips",
    {
      width: 3,
      height: 2,
      bits: 8,
      compression: 1,
      palette: PALETTE,
      colours: 4,
      pixels: [1, 1, 0, 2, 1, 1, 1, 2, 0, 1],
    },
    `${NONE} ${NONE} ${R} / ${G} ${NONE} ${NONE}`,
  ],
  [
    "RLE4 runs and literals",
    {
      width: 5,
      height: 1,
      bits: 4,
      compression: 2,
      palette: PALETTE,
      colours: 4,
      pixels: [2, 0x12, 0, 3, 0x30, 0x10, 0, 1],
    },
    `${G} ${R} ${W} ${B} ${G}`,
  ],
  [
    "RLE8 that runs over the edge",
    { width: 2, height: 1, bits: 8, compression: 1, palette: PALETTE, colours: 4, pixels: [9, 1, 0, 1] },
    `${G} ${G}`,
  ],
  [
    "RLE8 that is cut",
    { width: 2, height: 1, bits: 8, compression: 1, palette: PALETTE, colours: 4, pixels: [1, 1, 0] },
    `${G} ${NONE}`,
  ],
  ["missing rows as black", { width: 1, height: 2, bits: 24, pixels: [0, 0, 255, 0] }, `${K} / ${R}`],
] as const)("decode() reads %s", async ([, bitmap, expected]) => {
  expect(await shown(bmp(bitmap))).toBe(expected);
});

it.for([
  ["cut headers", bmp({ width: 1, height: 1, bits: 24, pixels: [] }).subarray(0, 30), 422, "decode_failed"],
  ["other bytes", new Uint8Array(100), 422, "decode_failed"],
  ["no width", bmp({ width: 0, height: 1, bits: 24, pixels: [] }), 422, "decode_failed"],
  ["a negative width", bmp({ width: -5, height: 1, bits: 24, pixels: [] }), 422, "decode_failed"],
  ["too many pixels", bmp({ width: 2e9, height: -0x80000000, bits: 24, pixels: [] }), 422, "image_too_large"],
  ["too long a side", bmp({ width: 300_000, height: 1, bits: 24, pixels: [] }), 422, "image_too_large"],
  ["3 bits", bmp({ width: 1, height: 1, bits: 3, pixels: [] }), 415, "unsupported_image"],
  ["an embedded JPEG", bmp({ width: 1, height: 1, bits: 0, compression: 4, pixels: [] }), 415, "unsupported_image"],
  [
    "Huffman",
    bmp({ width: 1, height: 1, bits: 1, headerBytes: 64, compression: 3, pixels: [] }),
    415,
    "unsupported_image",
  ],
] as const)("readHeader() refuses %s", ([, bytes, status, code]) => {
  expect(() => bmpDecoder.readHeader(bytes)).toThrow(expect.objectContaining({ status, code }));
});

const image = paint(7, 5, (x, y) => ((x * 30) << 24) | ((y * 40) << 16) | (99 << 8) | (255 - x * 20));

it.for([true, false])("encode() gives back what it was given, alpha %s", async (alpha) => {
  const given = alpha ? image : paint(7, 5, (x, y) => ((x * 30) << 24) | ((y * 40) << 16) | 255);
  const bytes = await bmpEncoder.encode(stillPicture(toRaster(given, alpha)), { quality: 80 });
  const { header, frames } = await decodeAll(bmpDecoder, bytes);
  expect(header).toMatchObject({ width: 7, height: 5, alpha, colour: "rgb", depth: 8 });
  expect(differingPixels(frames[0], given)).toBe(0);
  expect(new DataView(bytes.buffer).getUint32(2, true)).toBe(bytes.length);
});

it("encode() takes a picture that comes in bands", async () => {
  const whole = await bmpEncoder.encode(stillPicture(toRaster(image)), { quality: 80 });
  const banded = stillPicture({
    ...toRaster(image),
    async *bands() {
      for (let y = 0; y < 5; y += 2) yield image.data.subarray(y * 28, (y + 2) * 28);
    },
  });
  expect(await bmpEncoder.encode(banded, { quality: 80 })).toEqual(whole);
});

const SEEDS = [
  bmp({
    width: 5,
    height: 4,
    bits: 8,
    palette: PALETTE,
    colours: 4,
    compression: 1,
    pixels: [3, 1, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1],
  }),
  bmp({ width: 6, height: 4, bits: 32, headerBytes: 124, compression: 3, masks: ARGB, pixels: new Array(96).fill(77) }),
  bmp({ width: 9, height: -4, bits: 4, palette: PALETTE, colours: 4, pixels: new Array(32).fill(0x12) }),
];

it("readHeader() throws nothing but HttpError on 12,000 damaged files, and is fast", async () => {
  for (const bytes of mutants(SEEDS, 12_000, 1)) {
    expect(await unexpectedFailure(() => bmpDecoder.readHeader(bytes))).toBeUndefined();
    expect(await quickest(50, () => unexpectedFailure(() => bmpDecoder.readHeader(bytes)))).toBeLessThan(50);
  }
});

it("decode() throws nothing but HttpError on damaged files", async () => {
  for (const bytes of mutants(SEEDS, 900, 2)) {
    const failure = await unexpectedFailure(async () => {
      const { width, height } = bmpDecoder.readHeader(bytes);
      if (width * height < 100_000) await decodeAll(bmpDecoder, bytes);
    });
    expect(failure).toBeUndefined();
  }
});

it.skipIf(!hasCorpus).for(await corpusFiles(({ format }) => format === "bmp"))(
  "decode() reads $file",
  async ({ file }) => {
    const bytes = await readCorpus(file);
    const { width, height } = bmpDecoder.readHeader(bytes);
    const failure = await unexpectedFailure(async () => {
      if (width * height < 10_000_000)
        expect((await decodeAll(bmpDecoder, bytes)).frames[0]).toMatchObject({ width, height });
    });
    expect(failure).toBeUndefined();
  },
);
