import { describe, it } from "vitest";
import { jpegDecoder } from "../../../src/codec/jpeg/jpeg.ts";
import { OPERATIONS } from "../../../src/operation/operations.ts";
import { readValues } from "../../../src/operation/values.ts";
import { bothWays, psnr } from "../../support/both-ways.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";

/** Larger pictures take long to compare. */
const MAX_PIXELS = 2_000_000;
/** Of a smaller one chroma has a few samples, and the two ways make up differently what lies between them. */
const LEAST_SIDE = 10;
const files = await corpusFiles(
  ({ format, expected, width, height }) =>
    format === "jpeg" &&
    expected === "decode" &&
    (width ?? 0) * (height ?? 0) <= MAX_PIXELS &&
    Math.min(width ?? 0, height ?? 0) >= LEAST_SIDE,
);

const thumbnail = OPERATIONS.get("thumbnail")?.read(readValues((name) => ({ w: "61", h: "45" })[name], []));

describe.skipIf(!hasCorpus)("rescaling planes of the corpus gives what rescaling pixels gives", () => {
  it.for(files.map(({ file }) => [file] as const))("%s", async ([file], { expect }) => {
    const bytes = await readCorpus(file);
    const { colour } = jpegDecoder.readHeader(bytes);
    if (!thumbnail || (colour !== "yuv" && colour !== "gray")) return;
    const [planes, pixels] = await bothWays(bytes, [thumbnail]);
    expect(psnr(planes, pixels)).toBeGreaterThan(36);
  });
});
