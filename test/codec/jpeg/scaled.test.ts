import { describe, it } from "vitest";
import { jpegDecoder } from "../../../src/codec/jpeg/jpeg.ts";
import { wholeOf } from "../../../src/transform/geometry.ts";
import { firstFrame, type RawImage, type Rect, type Size, toImage } from "../../../src/transform/image.ts";
import { resample } from "../../../src/transform/resample.ts";
import { psnr } from "../../support/both-ways.ts";
import { SAMPLINGS, sampledScene } from "../../support/sampled-scene.ts";
import { wasmBytesOf } from "../../support/wasm-memory.ts";

const size = (width: number, height: number): Size => ({ width, height });

/** The decoder of `file` that scales `part`, and the same scaled after decoding. */
function bothDecodes(file: Uint8Array, part: Rect, result: Size) {
  const header = jpegDecoder.readHeader(file);
  const atLeast = size(
    Math.ceil((1.5 * result.width * header.width) / part.width),
    Math.ceil((1.5 * result.height * header.height) / part.height),
  );
  const rescaling = { part, size: result, cut: wholeOf(result), orientation: 1 as const };
  const planned = jpegDecoder.planScaled?.(header, { rescaling, atLeast });
  if (!planned) throw new Error("The picture cannot be scaled by its decoder");
  const scaled = async (): Promise<RawImage> => toImage(await firstFrame(await planned.decode(file)));
  const later = async (): Promise<RawImage> => {
    const raster = await firstFrame(await jpegDecoder.decode(file, header, { atLeast, frames: "first" }));
    const [x, y] = [raster.extent.width / header.width, raster.extent.height / header.height];
    const { left, top, width, height } = part;
    return toImage(resample(raster, { left: left * x, top: top * y, width: width * x, height: height * y }, result));
  };
  return { planned, scaled, later };
}

describe("planScaled() gives the pixels that scaling after decoding gives", () => {
  const sizes: readonly (readonly [Size, Size])[] = [
    [size(120, 90), size(40, 30)],
    [size(121, 77), size(33, 21)],
    [size(90, 70), size(61, 47)],
    [size(33, 40), size(80, 97)],
  ];
  const cases = SAMPLINGS.flatMap((sampling) =>
    sizes.map(
      ([source, result]) => [`${sampling} ${source.width} to ${result.width}`, sampling, source, result] as const,
    ),
  );

  it.for(cases)("%s", async ([, sampling, source, result], { expect }) => {
    const { scaled, later } = bothDecodes(sampledScene(source, sampling), wholeOf(source), result);
    const [image, expected] = [await scaled(), await later()];
    expect([image.width, image.height]).toEqual([result.width, result.height]);
    expect(psnr(image, expected)).toBeGreaterThan(38);
    expect(image.data.every((value, at) => at % 4 < 3 || value === 255)).toBe(true);
  });

  it.for([size(61, 47), size(130, 101)])(
    "also of sparse luma that is read in full: $width",
    async (result, { expect }) => {
      const source = size(90, 70);
      const { scaled, later } = bothDecodes(sampledScene(source, "chroma alone is dense"), wholeOf(source), result);
      expect(psnr(await scaled(), await later())).toBeGreaterThan(48);
    },
  );

  it("of a part", async ({ expect }) => {
    const part = { left: 20.5, top: 11, width: 61, height: 40.25 };
    const { scaled, later } = bothDecodes(sampledScene(size(117, 83), "4:2:0"), part, size(31, 20));
    expect(psnr(await scaled(), await later())).toBeGreaterThan(38);
  });

  it("within the memory that was said", async ({ expect }) => {
    const file = sampledScene(size(400, 300), "4:2:0");
    for (const result of [size(10, 8), size(150, 100), size(900, 500)]) {
      const { planned, scaled } = bothDecodes(file, wholeOf(size(400, 300)), result);
      const bytes = await wasmBytesOf(async () => {
        await scaled();
      });
      expect(bytes).toBeLessThanOrEqual(planned.memoryBytes);
    }
  });
});
