import * as peer from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm";
import decodeByPeer, { init } from "@jsquash/png/decode.js";
import { beforeAll, describe, expect, it } from "vitest";
import { pngDecoder, pngEncoder } from "../../../src/codec/png/png.ts";
import { HttpError } from "../../../src/error.ts";
import { firstFrame, type RawImage, stillPicture, toImage, toRaster } from "../../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../../support/compare.ts";
import { type CorpusFile, corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import "../../support/image-data.ts";

const MAX_PIXELS = 50_000_000;
const files = await corpusFiles(({ format, file }) => format === "png" || file.startsWith("png-"));
const named = (expected: CorpusFile["expected"]) =>
  files.filter((file) => file.expected === expected).map((file) => [file.file, file] as const);

async function decode(bytes: Uint8Array): Promise<RawImage> {
  const header = pngDecoder.readHeader(bytes);
  if (header.width * header.height > MAX_PIXELS) throw new HttpError(422, "image_too_large", "Too many pixels");
  return toImage(await firstFrame(await pngDecoder.decode(bytes, header, { atLeast: undefined, frames: "all" })));
}

async function outcome(bytes: Uint8Array): Promise<RawImage | number> {
  try {
    return await decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
    return (error as HttpError).status;
  }
}

describe.skipIf(!hasCorpus)("corpus", () => {
  beforeAll(async () => {
    // The package's own types hide that the import of a .wasm file is a module with a default export.
    await init((peer as unknown as { default: WebAssembly.Module }).default);
  });

  it.for([...named("decode"), ...named("decode-or-limit")])("decode() shows %s", async ([, file]) => {
    const bytes = await readCorpus(file.file);
    const { orientation, ...header } = pngDecoder.readHeader(bytes);
    const isTurned = orientation > 4;
    expect(isTurned ? [header.height, header.width] : [header.width, header.height]).toEqual([file.width, file.height]);
    const image = await decode(bytes);
    const means = file.ref_rgb_no_icc ?? file.ref_rgb;
    if (orientation === 1 && means && file.ref_grid)
      expect(meanDifference(gridMeans(image, file.ref_grid), means)).toBeLessThanOrEqual(file.tolerance ?? 2);
    // Without exception: the peer reads them all.
    const theirs = await decodeByPeer(bytes.slice().buffer);
    expect(differences(image.data, theirs.data), "pixels unlike the peer's").toBe(0);
    const again = await decode(await pngEncoder.encode(stillPicture(toRaster(image)), { quality: 80 }));
    expect(differences(again.data, image.data), "pixels unlike before encoding").toBe(0);
  });

  it.for(named("decode-or-error"))("decode() shows or refuses %s, twice alike", async ([, file]) => {
    const bytes = await readCorpus(file.file);
    const [first, second] = [await outcome(bytes), await outcome(bytes)];
    expect(first).toEqual(second);
    if (typeof first === "number") expect(first).toBe(422);
    else expect([first.width, first.height]).toEqual([file.width, file.height]);
  });

  it.for([...named("error"), ...named("limit")])("decode() refuses %s", async ([, file]) => {
    expect(await outcome(await readCorpus(file.file))).toBe(422);
  });
});

function differences(ours: Uint8Array, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Math.max(ours.length, theirs.length);
  let count = 0;
  for (let at = 0; at < ours.length; at++) if (ours[at] !== theirs[at]) count++;
  return count;
}
