import { describe, expect, it } from "vitest";
import type { Format } from "../../src/codec/codec.ts";
import { stripMetadata } from "../../src/codec/strip.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../support/corpus.ts";
import { decode } from "../support/decode.ts";
import { encode, gradient } from "../support/drawings.ts";

const ascii = (text: string) => new TextEncoder().encode(text);
const CANARY = ascii("canary-7f3a");

const concat = (...parts: (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const holds = (bytes: Uint8Array, text: Uint8Array) =>
  new TextDecoder("latin1").decode(bytes).includes(new TextDecoder("latin1").decode(text));

const withJpegMetadata = (file: Uint8Array) =>
  concat(
    file.subarray(0, 2),
    [0xff, 0xe1, 0, 2 + CANARY.length],
    CANARY,
    [0xff, 0xfe, 0, 2 + CANARY.length],
    CANARY,
    file.subarray(2),
    CANARY,
  );

const pngChunk = (type: string, data: Uint8Array) => concat([0, 0, 0, data.length], ascii(type), data, [0, 0, 0, 0]);
const withPngMetadata = (file: Uint8Array) =>
  concat(file.subarray(0, 33), pngChunk("tEXt", CANARY), pngChunk("eXIf", CANARY), file.subarray(33), CANARY);

const withGifMetadata = (file: Uint8Array) => {
  const comment = concat([0x21, 0xfe, CANARY.length], CANARY, [0]);
  const start = 13 + (file[10] & 0x80 ? 3 << ((file[10] & 7) + 1) : 0);
  return concat(file.subarray(0, start), comment, file.subarray(start, -1), comment, [0x3b], CANARY);
};

const withWebpMetadata = (file: Uint8Array) => {
  const riff = concat(file, ascii("EXIF"), [CANARY.length, 0, 0, 0], CANARY, CANARY.length & 1 ? [0] : []);
  new DataView(riff.buffer).setUint32(4, riff.length - 8, true);
  return concat(riff, CANARY);
};

const ROWS = [
  ["jpg", withJpegMetadata],
  ["png", withPngMetadata],
  ["gif", withGifMetadata],
  ["webp", withWebpMetadata],
] as const;

describe("stripMetadata()", () => {
  it.for(ROWS)("takes everything but the picture out of %s", async ([format, addMetadata]) => {
    const clean = await encode(gradient(40, 30), format);
    const marked = addMetadata(clean);
    expect(holds(marked, CANARY)).toBe(true);
    const stripped = stripMetadata(marked, format);
    expect(stripped && holds(stripped, CANARY)).toBe(false);
    expect((await decode(stripped ?? new Uint8Array())).image).toEqual((await decode(clean)).image);
  });

  it.for(ROWS)("never throws on cut or changed %s", async ([format, addMetadata]) => {
    const file = addMetadata(await encode(gradient(40, 30), format));
    for (let cut = 12; cut < file.length; cut += 7) stripMetadata(file.slice(0, cut), format);
    for (let at = 0; at < file.length; at += 3) {
      const changed = file.slice();
      changed[at] ^= 0xff;
      stripMetadata(changed, format);
    }
  });

  it("knows no way for other formats", () => {
    expect(stripMetadata(new Uint8Array(100), "bmp")).toBeUndefined();
  });

  it.skipIf(!hasCorpus)("changes no pixel and no frame of the corpus", async () => {
    const formats = { jpeg: "jpg", png: "png", gif: "gif", webp: "webp" } as const;
    const files = await corpusFiles(
      ({ format, expected, width }) => expected === "decode" && (width ?? 0) < 400 && (format ?? "") in formats,
    );
    for (const { file, format } of files.filter((_, index) => index % 5 === 0)) {
      const bytes = await readCorpus(file);
      const stripped = stripMetadata(bytes, formats[format as keyof typeof formats] satisfies Format);
      if (!stripped) continue;
      const [before, after] = [await decode(bytes), await decode(stripped)];
      expect([file, after.frames.length, after.loop]).toEqual([file, before.frames.length, before.loop]);
      for (const [index, { image, delayMs }] of before.frames.entries()) {
        expect([file, index, after.frames[index].delayMs]).toEqual([file, index, delayMs]);
        expect(Buffer.compare(Buffer.from(after.frames[index].image.data), Buffer.from(image.data))).toBe(0);
      }
    }
  });
});
