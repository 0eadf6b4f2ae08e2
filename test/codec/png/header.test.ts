import { expect, it } from "vitest";
import { pngDecoder } from "../../../src/codec/png/png.ts";
import { HttpError } from "../../../src/error.ts";
import { chunk, type Fixture, ihdr, joinChunks, makePng } from "../../support/png.ts";
import { quickest } from "../../support/quickest.ts";

const small: Fixture = { width: 5, height: 3, colourType: 2, depth: 8 };
const readHeader = (bytes: Uint8Array) => pngDecoder.readHeader(bytes);
/** A big-endian TIFF block that says orientation 6. */
const TIFF = Uint8Array.of(77, 77, 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0);
const idat = chunk("IDAT", Uint8Array.of(1));

it.for([
  [
    { colourType: 0, depth: 1 },
    { colour: "gray", depth: 1, alpha: false },
  ],
  [
    { colourType: 2, depth: 16 },
    { colour: "rgb", depth: 16, alpha: false },
  ],
  [
    { colourType: 3, depth: 4, before: [chunk("PLTE", new Uint8Array(48))] },
    { colour: "palette", depth: 4, alpha: false },
  ],
  [
    { colourType: 4, depth: 8 },
    { colour: "gray", depth: 8, alpha: true },
  ],
  [
    { colourType: 6, depth: 8, interlaced: true },
    { colour: "rgb", depth: 8, alpha: true, progressive: true },
  ],
  [
    { colourType: 0, depth: 8, before: [chunk("tRNS", new Uint8Array(2))] },
    { colour: "gray", alpha: true },
  ],
] as const)("readHeader() of %o is %o", ([kind, header]) => {
  const common = { format: "png", width: 5, height: 3, frameCount: 1, orientation: 1 };
  expect(readHeader(makePng({ ...small, ...kind }))).toMatchObject({ ...common, ...header });
});

it.for([
  ["before the pixels", [chunk("eXIf", TIFF), idat]],
  ["behind the pixels", [idat, chunk("eXIf", TIFF)]],
  ["with the marker of JPEG", [chunk("eXIf", Uint8Array.of(69, 120, 105, 102, 0, 0, ...TIFF)), idat]],
  [
    "behind chunks nobody knows",
    [chunk("juNK", new Uint8Array(70_000)), idat, chunk("zTXt", TIFF), chunk("eXIf", TIFF)],
  ],
] as const)("readHeader() finds the orientation when EXIF stands %s", ([, chunks]) => {
  expect(readHeader(joinChunks([ihdr(small), ...chunks])).orientation).toBe(6);
});

it.for([
  ["gray", 0, 3],
  ["RGB", 2, 2],
  ["a palette", 3, 3],
  ["gray with alpha", 4, 2],
] as const)("readHeader() ignores a tRNS chunk that does not fit %s", ([, colourType, bytes]) => {
  const palette = colourType === 3 ? [chunk("PLTE", new Uint8Array(6))] : [];
  const png = joinChunks([ihdr({ ...small, colourType }), ...palette, chunk("tRNS", new Uint8Array(bytes)), idat]);
  expect(readHeader(png).alpha).toBe(colourType === 4);
});

const withIhdr = (change: (bytes: Uint8Array) => void) => {
  const bytes = makePng(small);
  const contents = bytes.slice(16, 29);
  change(contents);
  return joinChunks([chunk("IHDR", contents), bytes.subarray(33)]);
};

it.for([
  ["nothing", new Uint8Array()],
  ["the signature alone", makePng(small).subarray(0, 8)],
  ["a signature broken by a text transfer", makePng(small).with(4, 10)],
  ["a cut IHDR", makePng(small).subarray(0, 30)],
  ["another first chunk", joinChunks([chunk("gAMA", new Uint8Array(4)), ihdr(small), idat])],
  ["an IHDR with a wrong CRC", makePng(small).with(19, 6)],
  ["no width", withIhdr((bytes) => bytes.fill(0, 0, 4))],
  ["a height above 31 bits", withIhdr((bytes) => bytes.fill(255, 4, 8))],
  ["colour type 1", withIhdr((bytes) => bytes.fill(1, 9, 10))],
  ["depth 3", withIhdr((bytes) => bytes.fill(3, 8, 9))],
  ["RGB of 4 bits", withIhdr((bytes) => bytes.fill(4, 8, 9))],
  ["another compression", withIhdr((bytes) => bytes.fill(1, 10, 11))],
  ["another filter method", withIhdr((bytes) => bytes.fill(1, 11, 12))],
  ["another interlace method", withIhdr((bytes) => bytes.fill(2, 12, 13))],
  ["no IDAT", joinChunks([ihdr(small), chunk("IEND", new Uint8Array())])],
  ["a chunk longer than the file", joinChunks([ihdr(small), chunk("juNK", new Uint8Array(9)).with(0, 127), idat])],
  ["no palette", joinChunks([ihdr({ ...small, colourType: 3 }), idat])],
  [
    "a palette of a colour and a half",
    joinChunks([ihdr({ ...small, colourType: 3 }), chunk("PLTE", new Uint8Array(5)), idat]),
  ],
] as const)("readHeader() refuses %s", ([, bytes]) => {
  expect(() => readHeader(bytes)).toThrow(expect.objectContaining({ status: 422, code: "decode_failed" }));
});

it("readHeader() is quick when the file is nothing but empty chunks", async () => {
  const bytes = new Uint8Array(26_000_004).fill(0);
  const start = joinChunks([ihdr(small), idat]);
  bytes.set(start);
  const view = new DataView(bytes.buffer);
  for (let at = start.length; at + 12 <= bytes.length; at += 12) view.setUint32(at + 4, 0x7a5a5a5a);
  expect(await quickest(50, () => readHeader(bytes))).toBeLessThan(50);
});

it("readHeader() answers or refuses 12,000 mutations, each quickly", async () => {
  const seeds = [
    makePng({ ...small, before: [chunk("eXIf", TIFF), chunk("tRNS", new Uint8Array(6))] }),
    makePng({
      ...small,
      colourType: 3,
      before: [chunk("PLTE", new Uint8Array(768)), chunk("tRNS", new Uint8Array(3))],
    }),
  ];
  let state = 1;
  const random = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const attempt = (bytes: Uint8Array) => {
    try {
      readHeader(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(HttpError);
    }
  };
  for (let round = 0; round < 12_000; round++) {
    const bytes = seeds[round % 2].slice(0, round % 7 ? undefined : random(seeds[0].length));
    for (let change = random(4); change >= 0 && bytes.length > 0; change--) bytes[random(bytes.length)] = random(256);
    expect(await quickest(50, () => attempt(bytes))).toBeLessThan(50);
  }
});
