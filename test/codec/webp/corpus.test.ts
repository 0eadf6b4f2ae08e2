import { describe, expect, it } from "vitest";
import { webpDecoder } from "../../../src/codec/webp/webp.ts";
import { HttpError } from "../../../src/error.ts";
import { firstFrame, type RawImage, toImage } from "../../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../../support/compare.ts";
import { type CorpusFile, corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { upright } from "../../support/upright.ts";

async function decodeAll(file: CorpusFile) {
  const bytes = await readCorpus(file.file);
  const header = webpDecoder.readHeader(bytes);
  const picture = await webpDecoder.decode(bytes, header, { atLeast: undefined, frames: "all" });
  const images: RawImage[] = [];
  const delays: number[] = [];
  for await (const { raster, delayMs } of picture.frames()) {
    images.push(upright(await toImage(raster), header.orientation));
    delays.push(delayMs);
  }
  return { header, picture, images, delays };
}

const files = await corpusFiles(({ format }) => format === "webp");

describe.skipIf(!hasCorpus)("decode() of every picture that must decode", () => {
  it.for(files.filter(({ expected }) => expected === "decode"))("$file", async (file) => {
    const { header, picture, images, delays } = await decodeAll(file);
    const [first] = images;
    const last = images[images.length - 1];
    expect({ width: first.width, height: first.height }).toEqual({ width: file.width, height: file.height });
    expect(header.frameCount).toBe(file.frames ?? 1);
    expect(images.length).toBe(header.frameCount);
    if (file.loop !== undefined) expect(picture.loop).toBe(file.loop);
    if (file.delays) expect(delays).toEqual(file.delays);
    const tolerance = file.tolerance ?? 0;
    expect(
      meanDifference(gridMeans(first, file.ref_grid ?? 0), file.ref_rgb_no_icc ?? file.ref_rgb ?? []),
    ).toBeLessThan(tolerance);
    if (file.last_frame_ref_rgb)
      expect(meanDifference(gridMeans(last, file.last_frame_ref_grid ?? 0), file.last_frame_ref_rgb)).toBeLessThan(
        tolerance,
      );
  });
});

describe.skipIf(!hasCorpus)("decode() of damaged pictures", () => {
  it.for(files.filter(({ expected }) => expected !== "decode"))("$file", async (file) => {
    const outcome = await decodeAll(file).catch((error: unknown) => error);
    if (outcome instanceof HttpError) expect(outcome.status).toBe(422);
    else expect(outcome).toMatchObject({ header: { width: file.width, height: file.height } });
  });
});

it.skipIf(!hasCorpus)("decode() never takes more than workingSetBytes() says", async () => {
  const [large] = await corpusFiles(({ file }) => file.includes("gnome_symbolic-l"));
  const bytes = await readCorpus(large.file);
  const header = webpDecoder.readHeader(bytes);
  const request = { atLeast: undefined, frames: "first" } as const;
  const raster = await firstFrame(await webpDecoder.decode(bytes, header, request));
  let used = 0;
  for await (const band of raster.bands()) used = Math.max(used, band.buffer.byteLength);
  expect(used).toBeLessThan(webpDecoder.workingSetBytes(header, request, bytes.length));
  expect(used).toBeLessThan(4 << 20);
});
