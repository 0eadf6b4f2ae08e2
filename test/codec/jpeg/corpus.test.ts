import { describe, it } from "vitest";
import { jpegDecoder } from "../../../src/codec/jpeg/jpeg.ts";
import { HttpError } from "../../../src/error.ts";
import { firstFrame, type RawImage, toImage } from "../../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../../support/compare.ts";
import { type CorpusFile, corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { upright } from "../../support/upright.ts";

/** Larger pictures take long to compare; they are for the benchmark. */
const MAX_PIXELS = 4_000_000;
const files = await corpusFiles(
  ({ format, width, height }) => format === "jpeg" && (width ?? 0) * (height ?? 0) <= MAX_PIXELS,
);

describe.skipIf(!hasCorpus)("jpegDecoder on the corpus", () => {
  it.for(files.map((file) => [file.file, file] as const))("%s", async ([, file], { expect }) => {
    const bytes = await readCorpus(file.file);
    const result = await outcome(bytes, file);
    if (file.expected === "decode") expect(result).toBe("right");
    else if (file.expected === "decode-or-error") expect(result).not.toBe("wrong size");
    else expect(result).toBe("refused");
  });
});

async function outcome(bytes: Uint8Array, file: CorpusFile): Promise<string> {
  try {
    const header = jpegDecoder.readHeader(bytes);
    const request = { atLeast: undefined, frames: "first" } as const;
    const raster = await firstFrame(await jpegDecoder.decode(bytes, header, request));
    const image = await toImage(raster);
    return judge(upright(raster.space === "cmyk" ? onPaper(image) : image, header.orientation), file);
  } catch (error) {
    if (error instanceof HttpError && error.status < 500) return "refused";
    throw error;
  }
}

function judge(image: RawImage, { width, height, ref_rgb, ref_rgb_no_icc, ref_grid, tolerance }: CorpusFile): string {
  if (image.width !== width || image.height !== height) return "wrong size";
  const reference = ref_rgb_no_icc ?? ref_rgb;
  if (reference === undefined || ref_grid === undefined || tolerance === undefined) return "right";
  const difference = meanDifference(gridMeans(image, ref_grid), reference);
  return difference <= tolerance ? "right" : `differs by ${difference.toFixed(2)}`;
}

/** C, M, Y, K as R, G, B without any profile. */
function onPaper({ data, ...size }: RawImage): RawImage {
  const paper = data.map((ink, at) => (at % 4 === 3 ? 255 : ((255 - ink) * (255 - data[at | 3])) / 255));
  return { ...size, data: paper };
}
