import { describe, it } from "vitest";
import { jpegDecoder } from "../../../src/codec/jpeg/jpeg.ts";
import { firstFrame, type RawImage, toImage } from "../../../src/transform/image.ts";
import { type CorpusFile, corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { mozjpegDecode } from "../../support/mozjpeg.ts";
import { areEqual } from "../../support/pictures.ts";

/**
 * Undamaged files that libjpeg, as mozjpeg in @jsquash/jpeg, shows differently or not at all. Of all others it shows
 * exactly what we do; a file that no longer differs has to leave this list.
 */
const EXCEPTIONS: readonly (readonly [reason: string, applies: (file: CorpusFile) => boolean])[] = [
  ["it refuses four components", ({ features }) => features.includes("cmyk") || features.includes("ycck")],
  ["it is built without arithmetic coding", ({ features }) => features.includes("arithmetic")],
  [
    "the last scans are missing: it smooths the edges of blocks, we do not",
    ({ file }) => /pocs--progressive_scan1|peacock\.progressive\.scan005/.test(file),
  ],
  [
    "chroma is halved downwards only: it repeats rows, we blend them, as libjpeg-turbo has done since 2.1",
    ({ features }) => features.includes("samp:1x2,1x1,1x1"),
  ],
];

const exceptionOf = (file: CorpusFile): string | undefined => EXCEPTIONS.find(([, applies]) => applies(file))?.[0];

const files = await corpusFiles(({ format, expected }) => format === "jpeg" && expected === "decode");
const named = (selected: readonly CorpusFile[]) => selected.map((file) => [file.file, file] as const);

async function decode(bytes: Uint8Array): Promise<RawImage> {
  const header = jpegDecoder.readHeader(bytes);
  return toImage(await firstFrame(await jpegDecoder.decode(bytes, header, { atLeast: undefined, frames: "first" })));
}

async function agrees({ file }: CorpusFile): Promise<boolean> {
  const bytes = await readCorpus(file);
  const theirs = await mozjpegDecode(bytes).catch(() => undefined);
  return theirs !== undefined && areEqual(await decode(bytes), theirs);
}

describe.skipIf(!hasCorpus)("decode() gives libjpeg's pixels of every undamaged file", { timeout: 60_000 }, () => {
  it("of which there are many", ({ expect }) => {
    expect(files.length).toBeGreaterThan(120);
    expect(files.filter(exceptionOf).length).toBeLessThan(15);
  });

  it.for(named(files.filter((file) => !exceptionOf(file))))("%s", async ([, file], { expect }) => {
    expect(await agrees(file)).toBe(true);
  });

  it.for(named(files.filter(exceptionOf)).map(([name, file]) => [name, exceptionOf(file), file] as const))(
    "but for %s: %s",
    async ([, , file], { expect }) => expect(await agrees(file)).toBe(false),
  );
});
