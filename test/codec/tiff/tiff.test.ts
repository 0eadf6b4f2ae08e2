import { expect, it } from "vitest";
import { tiffDecoder } from "../../../src/codec/tiff/tiff.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { decodeAll } from "../../support/frames.ts";
import { mutants, unexpectedFailure } from "../../support/mutants.ts";
import { quickest } from "../../support/quickest.ts";
import { tiff } from "../../support/tiff.ts";

/** Pixels as eight hexadecimal digits, rows apart by slashes. */
async function shown(bytes: Uint8Array): Promise<string> {
  const { frames } = await decodeAll(tiffDecoder, bytes);
  const { width, data } = frames[0];
  return Array.from(
    { length: data.length / 4 },
    (_, i) => (i > 0 && i % width === 0 ? "/ " : "") + data.subarray(i * 4, i * 4 + 4).toHex(),
  ).join(" ");
}

const grey = (...values: number[]) =>
  values.map((value) => `${value.toString(16).padStart(2, "0").repeat(3)}ff`).join(" ");

it.for([
  ["8-bit grey", { width: 2, height: 1, pieces: [[7, 200]] }, grey(7, 200)],
  ["grey with white as zero", { width: 2, height: 1, photometric: 0, pieces: [[7, 255]] }, grey(248, 0)],
  [
    "1 bit",
    { width: 3, height: 2, bits: 1, pieces: [[0b10100000, 0b01000000]] },
    `${grey(255, 0, 255)} / ${grey(0, 255, 0)}`,
  ],
  ["2 bits", { width: 4, height: 1, bits: 2, pieces: [[0b00011011]] }, grey(0, 85, 170, 255)],
  ["4 bits", { width: 3, height: 1, bits: 4, pieces: [[0x0f, 0x80]] }, grey(0, 255, 136)],
  ["12 bits", { width: 3, height: 1, bits: 12, pieces: [[0xff, 0xf0, 0x00, 0x80, 0x00]] }, grey(255, 0, 128)],
  ["16 bits", { width: 2, height: 1, bits: 16, pieces: [[0xff, 0x7f, 0x00, 0xff]] }, grey(127, 254)],
  [
    "16 bits, high byte first",
    { width: 2, height: 1, bits: 16, bigEndian: true, pieces: [[0x7f, 0xff, 0xff, 0x00]] },
    grey(127, 254),
  ],
  ["fill order 2", { width: 3, height: 1, bits: 1, tags: { 266: [2] }, pieces: [[0b00000101]] }, grey(255, 0, 255)],
  ["RGB", { width: 2, height: 1, samples: 3, photometric: 2, pieces: [[1, 2, 3, 4, 5, 6]] }, "010203ff 040506ff"],
  [
    "RGB in planes",
    {
      width: 2,
      height: 1,
      samples: 3,
      photometric: 2,
      tags: { 284: [2] },
      pieces: [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    },
    "010203ff 040506ff",
  ],
  [
    "unassociated alpha",
    { width: 1, height: 1, samples: 4, photometric: 2, tags: { 338: [2] }, pieces: [[1, 2, 3, 4]] },
    "01020304",
  ],
  [
    "associated alpha",
    { width: 2, height: 1, samples: 4, photometric: 2, tags: { 338: [1] }, pieces: [[64, 32, 200, 128, 9, 9, 9, 0]] },
    "8040ff80 00000000",
  ],
  [
    "grey with alpha and one more channel",
    { width: 1, height: 1, samples: 3, photometric: 1, tags: { 338: [2, 0] }, pieces: [[9, 8, 7]] },
    "09090908",
  ],
  ["CMYK", { width: 1, height: 1, samples: 4, photometric: 5, pieces: [[1, 2, 3, 4]] }, "01020304"],
  [
    "a palette",
    {
      width: 2,
      height: 1,
      bits: 1,
      photometric: 3,
      tags: { 320: [0x0100, 0xff00, 0x0200, 0x8000, 0x0300, 0] },
      pieces: [[0b01000000]],
    },
    "010203ff ff8000ff",
  ],
  [
    "strips",
    { width: 1, height: 3, tags: { 278: [2] }, pieces: [[1, 2], [3]] },
    `${grey(1)} / ${grey(2)} / ${grey(3)}`,
  ],
  ["PackBits", { width: 5, height: 1, tags: { 259: [32773] }, pieces: [[0xfd, 9, 0x80, 0, 7]] }, grey(9, 9, 9, 9, 7)],
  ["a strip that is cut", { width: 2, height: 2, pieces: [[5, 6, 7]] }, `${grey(5, 6)} / ${grey(7, 0)}`],
] as const)("decode() reads %s", async ([, file, expected]) => {
  expect(await shown(tiff(file))).toBe(expected);
});

/** Codes of 9 bits, highest bit first. */
function lzwCodes(...codes: number[]): number[] {
  const bits = codes.map((code) => code.toString(2).padStart(9, "0")).join("");
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8).padEnd(8, "0"), 2),
  );
}

it("decode() reads LZW, a string that is just being made included", async () => {
  const file = tiff({ width: 9, height: 1, tags: { 259: [5] }, pieces: [lzwCodes(256, 7, 258, 8, 258, 260, 257)] });
  expect(await shown(file)).toBe(grey(7, 7, 7, 8, 7, 7, 8, 7, 0));
});

it("decode() reads deflate with differences, 8 and 16 bits", async () => {
  const packed = async (bytes: number[]) => [
    ...(await new Response(
      new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new CompressionStream("deflate")),
    ).bytes()),
  ];
  const tags = { 259: [8], 317: [2] };
  expect(await shown(tiff({ width: 3, height: 1, tags, pieces: [await packed([5, 1, 255])] }))).toBe(grey(5, 6, 5));
  const deep = await packed([0xff, 0x10, 0x01, 0x0f]);
  expect(await shown(tiff({ width: 2, height: 1, bits: 16, tags, pieces: [deep] }))).toBe(grey(17, 32));
});

it("decode() reads tiles, cut at the right and at the bottom", async () => {
  const tile = (value: number) => new Array(64).fill(value);
  const file = tiff({
    width: 10,
    height: 9,
    tiled: true,
    tags: { 322: [8], 323: [8] },
    pieces: [tile(1), tile(2), tile(3), tile(4)],
  });
  const rows = (await shown(file)).split(" / ");
  expect(rows[0]).toBe(grey(...new Array(8).fill(1), 2, 2));
  expect(rows[8]).toBe(grey(...new Array(8).fill(3), 4, 4));
});

it("readHeader() tells orientation, depth, colour and what must be unpacked", () => {
  const file = tiff({
    width: 4,
    height: 3,
    samples: 3,
    photometric: 2,
    bits: 16,
    tags: { 274: [6], 259: [5] },
    pieces: [[0]],
  });
  expect(tiffDecoder.readHeader(file)).toEqual({
    ...{ format: "tiff", width: 4, height: 3, orientation: 6, frameCount: 1, alpha: false },
    ...{ colour: "rgb", depth: 16, progressive: false, unpackedBytes: 72 },
  });
});

it("readProfile() gives the profile, and none where there is none", async () => {
  const base = { width: 1, height: 1, pieces: [[0]] };
  const file = tiff({ ...base, tags: { 34675: [0x0201, 0x0403] } });
  const view = new DataView(file.buffer);
  for (let at = 10; ; at += 12)
    if (view.getUint16(at, true) === 34675) {
      view.setUint16(at + 2, 7, true);
      view.setUint32(at + 4, 4, true);
      break;
    }
  expect([...((await tiffDecoder.readProfile(file)) ?? [])]).toEqual([1, 2, 3, 4]);
  expect(await tiffDecoder.readProfile(tiff(base))).toBeUndefined();
  expect(await tiffDecoder.readProfile(new Uint8Array(3))).toBeUndefined();
});

const ONE = { width: 1, height: 1, pieces: [[0]] };

it.for([
  ["other bytes", new Uint8Array(50), 422, "decode_failed"],
  ["no size", tiff({ ...ONE, width: 0 }), 422, "decode_failed"],
  ["too many pixels", tiff({ ...ONE, width: 60000, height: 60000 }), 422, "image_too_large"],
  ["no strips", tiff({ ...ONE, tiled: true }), 422, "decode_failed"],
  ["BigTIFF", Uint8Array.of(0x49, 0x49, 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0), 415, "unsupported_image"],
  ["JPEG", tiff({ ...ONE, photometric: 6, tags: { 259: [7] } }), 415, "unsupported_image"],
  ["CCITT", tiff({ ...ONE, tags: { 259: [4] } }), 415, "unsupported_image"],
  ["floats", tiff({ ...ONE, bits: 16, tags: { 339: [3] } }), 415, "unsupported_image"],
  ["CIELAB", tiff({ ...ONE, photometric: 8, samples: 3 }), 415, "unsupported_image"],
  [
    "samples of different depths",
    tiff({ ...ONE, samples: 3, photometric: 2, tags: { 258: [8, 8, 4] } }),
    415,
    "unsupported_image",
  ],
  ["tiles of a pixel", tiff({ ...ONE, tiled: true, tags: { 322: [1], 323: [1] } }), 415, "unsupported_image"],
] as const)("readHeader() refuses %s", ([, bytes, status, code]) => {
  expect(() => tiffDecoder.readHeader(bytes)).toThrow(expect.objectContaining({ status, code }));
});

it("decode() refuses a file without its pixels", async () => {
  await expect(decodeAll(tiffDecoder, tiff({ ...ONE, pieces: [[]] }))).rejects.toThrow("not in the file");
});

const SEEDS = [
  tiff({
    width: 5,
    height: 4,
    samples: 3,
    photometric: 2,
    tags: { 278: [2], 259: [5] },
    pieces: [lzwCodes(256, 7, 258, 8, 258, 260), lzwCodes(256, 1, 2, 3, 257)],
  }),
  tiff({
    width: 9,
    height: 9,
    tiled: true,
    bigEndian: true,
    tags: { 322: [8], 323: [8], 259: [32773] },
    pieces: [
      [0x81, 4],
      [0x81, 5],
      [0x81, 6],
      [0, 7],
    ],
  }),
  tiff({
    width: 3,
    height: 3,
    bits: 4,
    photometric: 3,
    tags: { 320: new Array(48).fill(0x1234) },
    pieces: [[1, 2, 3, 4, 5, 6]],
  }),
];

it("readHeader() throws nothing but HttpError on 12,000 damaged files, and is fast", async () => {
  for (const bytes of mutants(SEEDS, 12_000, 1)) {
    expect(await unexpectedFailure(() => tiffDecoder.readHeader(bytes))).toBeUndefined();
    expect(await quickest(50, () => unexpectedFailure(() => tiffDecoder.readHeader(bytes)))).toBeLessThan(50);
  }
});

it("decode() throws nothing but HttpError on damaged files", async () => {
  for (const bytes of mutants(SEEDS, 900, 2)) {
    const failure = await unexpectedFailure(async () => {
      const { width, height, unpackedBytes = 0 } = tiffDecoder.readHeader(bytes);
      if (width * height < 100_000 && unpackedBytes < 1_000_000) await decodeAll(tiffDecoder, bytes);
      await tiffDecoder.readProfile(bytes);
    });
    expect(failure).toBeUndefined();
  }
});

it.skipIf(!hasCorpus).for(await corpusFiles(({ format }) => format === "tiff"))(
  "decode() reads $file or says 415",
  async ({ file }) => {
    const bytes = await readCorpus(file);
    const outcome = await decodeAll(tiffDecoder, bytes).then(
      ({ frames }) => frames.length,
      (error) => error.status,
    );
    expect([1, 415]).toContain(outcome);
  },
);
