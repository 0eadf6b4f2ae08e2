import { expect, it } from "vitest";
import type { Format } from "../../src/codec/codec.ts";
import { sniffFormat } from "../../src/codec/sniff.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../support/corpus.ts";

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

it.for<readonly [Format | undefined, string]>([
  ["jpg", "\xff\xd8\xff\xe0"],
  ["png", "\x89PNG\r\n\x1a\n"],
  ["gif", "GIF89a"],
  ["gif", "GIF87a"],
  ["webp", "RIFF\0\0\0\0WEBPVP8 "],
  ["avif", "\0\0\0\x14ftypavif\0\0\0\0mif1"],
  ["avif", "\0\0\0\x14ftypavis\0\0\0\0msf1"],
  ["avif", "\0\0\0\x18ftypmif1\0\0\0\0mif1avif"],
  ["bmp", `BM${"\0".repeat(12)}\x28\0\0\0`],
  ["tiff", "II*\0"],
  ["tiff", "MM\0*"],
  [undefined, ""],
  ["jpg", "\xff\xd8damaged"],
  [undefined, "\xff\xfb\x90"],
  [undefined, "\x89PNG\n\x1a\n\0"],
  [undefined, "GIF88a"],
  [undefined, "RIFF\0\0\0\0WAVE"],
  [undefined, "BMW is a maker of motor cars"],
  [undefined, "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
  [undefined, "\0\0\0\x14ftypmif1\0\0\0\0mif1"],
  [undefined, "\0\0\0\x14ftypisom\0\0\0\0mp41"],
  [undefined, "\0\0\0\x01ftypavif"],
  [undefined, "\0\0\0\x0cjP  \r\n\x87\n"],
  [undefined, "\0\0\0\x0cJXL \r\n\x87\n"],
  [undefined, "\0\0\x01\0\x01\0"],
  [undefined, "8BPS\0\x01"],
  [undefined, "<svg xmlns='http://www.w3.org/2000/svg'/>"],
])("sniffFormat() gives %s when it meets %j", ([format, text]) => {
  expect(sniffFormat(latin(text))).toBe(format);
});

const OURS: Readonly<Record<string, Format>> = {
  jpeg: "jpg",
  png: "png",
  gif: "gif",
  webp: "webp",
  avif: "avif",
  bmp: "bmp",
  tiff: "tiff",
};

it.skipIf(!hasCorpus)(
  "sniffFormat() never contradicts the manifest, and knows every file that can be shown",
  async () => {
    const wrong: string[] = [];
    for (const { file, format, expected } of await corpusFiles(() => true)) {
      const sniffed = sniffFormat(await readCorpus(file));
      const mayBeNothing = expected === "error" || expected === "decode-or-error";
      if (sniffed === undefined && mayBeNothing) continue;
      if (sniffed !== (format ? OURS[format] : undefined)) wrong.push(`${file}: ${sniffed}, not ${format}`);
    }
    expect(wrong).toEqual([]);
  },
);
