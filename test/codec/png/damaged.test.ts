import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { pngDecoder } from "../../../src/codec/png/png.ts";
import { firstFrame, type RawImage, toImage } from "../../../src/transform/image.ts";
import { chunk, type Fixture, ihdr, joinChunks, makePng } from "../../support/png.ts";

// Rules and their numbers: docs/decisions/0005-damaged-files.md.

async function decode(bytes: Uint8Array): Promise<RawImage> {
  const request = { atLeast: undefined, frames: "first" } as const;
  return toImage(await firstFrame(await pngDecoder.decode(bytes, pngDecoder.readHeader(bytes), request)));
}

const refused = { status: 422, code: "decode_failed" };
const FIXTURES = {
  opaque: { width: 12, height: 10, colourType: 2, depth: 8 },
  translucent: { width: 12, height: 10, colourType: 6, depth: 8 },
} as const satisfies Record<string, Fixture>;
const kinds = Object.entries(FIXTURES);
const BLANK = { opaque: [0, 0, 0, 255], translucent: [0, 0, 0, 0] };

/** Rows of `image` from `from` on, as pixels. */
const pixelsFrom = ({ width, data }: RawImage, from: number): number[][] =>
  Array.from({ length: data.length / 4 - from * width }, (_, index) => [
    ...data.subarray((from * width + index) * 4, (from * width + index) * 4 + 4),
  ]);

describe("rule 1: data that ends early", () => {
  it.for(kinds)("of a picture that is %s: whole rows stay, the rest is blank", async ([kind, fixture]) => {
    const whole = await decode(makePng(fixture));
    const rowBytes = 1 + fixture.width * (kind === "opaque" ? 3 : 4);
    for (let rows = 1; rows < fixture.height; rows++)
      for (const more of [0, 1, rowBytes - 1]) {
        const changeRows = (bytes: Uint8Array) => bytes.subarray(0, rows * rowBytes + more);
        const image = await decode(makePng({ ...fixture, changeRows }));
        expect(pixelsFrom(image, 0).slice(0, rows * 12)).toEqual(pixelsFrom(whole, 0).slice(0, rows * 12));
        for (const pixel of pixelsFrom(image, rows)) expect(pixel).toEqual(BLANK[kind as keyof typeof BLANK]);
      }
  });

  it.for(kinds)("of a picture that is %s: the same where the stream breaks", async ([kind, fixture]) => {
    const whole = await decode(makePng({ ...fixture, level: 0 }));
    // A second, stored block whose lengths disagree.
    const changeData = (data: Uint8Array) => {
      const rowBytes = 1 + fixture.width * (kind === "opaque" ? 3 : 4);
      const stored = data.subarray(7, 7 + 4 * rowBytes);
      const length = [stored.length & 255, stored.length >> 8];
      return Uint8Array.of(0x78, 1, 0, ...length, ...length.map((byte) => byte ^ 255), ...stored, 0, 9, 0, 9, 0, 1, 2);
    };
    const image = await decode(makePng({ ...fixture, level: 0, changeData }));
    expect(pixelsFrom(image, 0).slice(0, 48)).toEqual(pixelsFrom(whole, 0).slice(0, 48));
    for (const pixel of pixelsFrom(image, 4)) expect(pixel).toEqual(BLANK[kind as keyof typeof BLANK]);
  });
});

describe("rule 2: check values", () => {
  const { opaque } = FIXTURES;

  it("of the data, CRC and Adler-32, hide nothing", async () => {
    const changeData = (data: Uint8Array) => data.with(-2, data[data.length - 2] ^ 0x55);
    const bytes = makePng({ ...opaque, changeData });
    bytes[bytes.length - 14] ^= 1;
    expect(await decode(bytes)).toEqual(await decode(makePng(opaque)));
  });

  it("of palette and transparency neither", async () => {
    const [colours, alphas] = [chunk("PLTE", Uint8Array.of(9, 8, 7, 6, 5, 4)), chunk("tRNS", Uint8Array.of(50))];
    const fixture = { width: 2, height: 1, colourType: 3, depth: 8, sample: (x: number) => x } as const;
    const right = await decode(makePng({ ...fixture, before: [colours, alphas] }));
    const broken = [colours, alphas].map((bytes) => bytes.with(-1, bytes[bytes.length - 1] ^ 1));
    expect(await decode(makePng({ ...fixture, before: broken }))).toEqual(right);
  });

  it("of IHDR refuse the picture", async () => {
    const bytes = makePng(opaque);
    bytes[29] ^= 1;
    await expect(decode(bytes)).rejects.toMatchObject(refused);
  });
});

it.for([5, 17, 255])("rule 3: filter %i ends the rows", async (filter) => {
  const { opaque } = FIXTURES;
  const whole = await decode(makePng(opaque));
  const image = await decode(makePng({ ...opaque, changeRows: (rows) => rows.with(37 * 6, filter) }));
  expect(pixelsFrom(image, 0).slice(0, 72)).toEqual(pixelsFrom(whole, 0).slice(0, 72));
  for (const pixel of pixelsFrom(image, 6)) expect(pixel).toEqual(BLANK.opaque);
});

it.for([
  ["missing", 12, []],
  ["cut", 5, []],
  ["followed by anything", 0, [1, 2, 3, 0, 0, 0, 4, 0x49, 0x44, 0x41, 0x54, 1, 2, 3, 4]],
] as const)("rule 4: an end that is %s changes nothing", async ([, missing, more]) => {
  const { translucent } = FIXTURES;
  const bytes = makePng(translucent);
  const changed = Uint8Array.of(...bytes.subarray(0, bytes.length - missing), ...more);
  expect(await decode(changed)).toEqual(await decode(bytes));
});

it("rule 5: colours beyond the palette are opaque black", async () => {
  const before = [chunk("PLTE", Uint8Array.of(9, 8, 7))];
  const { data } = await decode(
    makePng({ width: 2, height: 1, colourType: 3, depth: 8, before, sample: (x) => x * 200 }),
  );
  expect([...data]).toEqual([9, 8, 7, 255, 0, 0, 0, 255]);
});

describe("rule 6: refuses", () => {
  const { opaque } = FIXTURES;
  const size = { width: 3, height: 3 };

  it.for([
    ["a picture without a whole row", makePng({ ...opaque, changeRows: (rows) => rows.subarray(0, 20) })],
    ["a picture without data", joinChunks([ihdr(opaque), chunk("IEND", new Uint8Array())])],
    ["a palette picture without palette", makePng({ ...size, colourType: 3, depth: 8 })],
    [
      "an IHDR of no columns",
      joinChunks([ihdr({ ...opaque, width: 0 }), chunk("IDAT", deflateSync(new Uint8Array(9)))]),
    ],
    ["an IHDR of 3 bits", makePng({ ...size, colourType: 0, depth: 3 })],
  ] as const)("%s", async ([, bytes]) => {
    await expect(decode(bytes)).rejects.toMatchObject(refused);
  });
});
