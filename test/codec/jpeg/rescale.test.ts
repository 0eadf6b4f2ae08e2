import { describe, it } from "vitest";
import type { Orientation } from "../../../src/codec/codec.ts";
import { jpegDecoder } from "../../../src/codec/jpeg/jpeg.ts";
import { jpegRescaler } from "../../../src/codec/jpeg/rescale.ts";
import { HttpError } from "../../../src/error.ts";
import type { Operation, Step } from "../../../src/operation/operation.ts";
import { wholeOf } from "../../../src/transform/geometry.ts";
import type { Rect, Size } from "../../../src/transform/image.ts";
import { orientedSize } from "../../../src/transform/orientation.ts";
import { bothWays, psnr } from "../../support/both-ways.ts";
import { decode } from "../../support/decode.ts";
import { writeJpeg } from "../../support/jpeg-writer.ts";
import { mutate, random } from "../../support/mutate.ts";
import { SAMPLINGS, sampledScene as scene } from "../../support/sampled-scene.ts";

const size = (width: number, height: number): Size => ({ width, height });
const rect = (left: number, top: number, width: number, height: number): Rect => ({ left, top, width, height });

const operation = (steps: readonly Step[], result: Size): Operation => ({
  ...{ name: "test", box: undefined, foregrounds: [] },
  plan: () => ({ steps, size: result }),
});

const scaled = (source: Size, result: Size, part: Rect = wholeOf(source)) =>
  operation([{ do: "resample", part, size: result }], result);
const cropped = (rect: Rect) => operation([{ do: "crop", rect }], rect);
const turned = (orientation: Orientation, source: Size) =>
  operation([{ do: "orient", orientation }], orientedSize(source, orientation));

describe("rescaling planes gives what rescaling pixels gives", () => {
  const sizes: readonly (readonly [Size, Size])[] = [
    [size(120, 90), size(40, 30)],
    [size(121, 77), size(33, 21)],
    [size(130, 100), size(16, 12)],
    [size(90, 70), size(61, 47)],
    [size(33, 40), size(80, 97)],
    [size(150, 20), size(15, 33)],
  ];
  const cases = SAMPLINGS.flatMap((sampling) =>
    sizes.map(
      ([source, result]) =>
        [
          `${sampling} ${source.width}x${source.height} to ${result.width}x${result.height}`,
          sampling,
          source,
          result,
        ] as const,
    ),
  );

  it.for(cases)("%s", async ([, sampling, source, result], { expect }) => {
    const [planes, pixels] = await bothWays(scene(source, sampling), [scaled(source, result)]);
    expect([planes.width, planes.height]).toEqual([result.width, result.height]);
    expect(psnr(planes, pixels)).toBeGreaterThan(38);
  });
});

describe("the bytes that are said are enough", () => {
  const source = size(400, 300);
  const next = random(3);
  const noise = Array.from({ length: source.width * source.height }, () => next() * 255);
  const sample = (x: number, y: number) => noise[Math.round(y) * source.width + Math.round(x)] ?? 0;
  const file = writeJpeg({ ...source, components: [1, 2, 3].map(() => ({ across: 1, down: 1, sample })) });

  it.for([size(1, 1), size(400, 2), size(17, 33), size(400, 300)])("$width x $height", async (result, { expect }) => {
    const rescaling = { part: wholeOf(source), size: result, cut: wholeOf(result), orientation: 1 as const };
    const header = jpegDecoder.readHeader(file);
    const planned = jpegRescaler.plan(header, { rescaling, atLeast: undefined, quality: 100 });
    expect((await planned?.run(file))?.length).toBeLessThanOrEqual(planned?.outputBytes ?? 0);
  });
});

describe("rescaling planes crops, turns and leaves as they are", () => {
  const source = size(117, 83);
  const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
  const turns = orientations.flatMap((orientation) =>
    ([[], [scaled(source, size(45, 31))], [scaled(source, size(45, 31)), cropped(rect(5, 3, 29, 22))]] as const).map(
      (before) => [`orientation ${orientation} after ${before.length} others`, orientation, before] as const,
    ),
  );

  it.for(turns)("%s", async ([, orientation, before], { expect }) => {
    const shown = before.at(-1)?.plan(source).size ?? source;
    const [planes, pixels] = await bothWays(scene(source, "4:2:0"), [...before, turned(orientation, shown)]);
    expect([planes.width, planes.height]).toEqual([pixels.width, pixels.height]);
    expect(psnr(planes, pixels)).toBeGreaterThan(38);
  });

  it.for([
    [rect(0, 0, 117, 40)],
    [rect(1, 1, 64, 48)],
    [rect(51, 33, 7, 5)],
    [rect(116, 82, 1, 1)],
    [rect(0, 60, 117, 23)],
  ])("a crop of %o", async ([part], { expect }) => {
    const [planes, pixels] = await bothWays(scene(source, "4:2:0"), [cropped(part)]);
    expect(psnr(planes, pixels)).toBeGreaterThan(38);
  });

  it.for([
    [rect(10.5, 7.25, 60.3, 50.7), size(30, 25)],
    [rect(40, 30, 20, 10), size(100, 50)],
  ] as const)("a scaled part %o", async ([part, result], { expect }) => {
    const [planes, pixels] = await bothWays(scene(source, "4:2:0"), [scaled(source, result, part)]);
    expect(psnr(planes, pixels)).toBeGreaterThan(38);
  });

  it("nothing at all, and then changes hardly a sample", async ({ expect }) => {
    const file = scene(source, "4:2:0");
    const [planes] = await bothWays(file, []);
    expect(psnr(planes, (await decode(file)).image)).toBeGreaterThan(48);
  });

  it.for([
    [size(1, 1), size(1, 1)],
    [size(1, 1), size(50, 3)],
    [size(5, 1), size(17, 40)],
    [size(2, 2), size(1, 1)],
    [size(1, 300), size(1, 20)],
    [size(300, 1), size(20, 1)],
    [size(17, 16), size(1, 1)],
  ])("%o to %o", async ([from, to], { expect }) => {
    for (const sampling of ["4:2:0", "4:4:4", "gray"] as const) {
      const [planes, pixels] = await bothWays(scene(from, sampling), [scaled(from, to)]);
      expect(psnr(planes, pixels)).toBeGreaterThan(27);
    }
  });
});

describe("a damaged picture", () => {
  const source = size(160, 120);
  const operations = [scaled(source, size(50, 37))];

  it("looks as it does by way of pixels, wherever it is cut", async ({ expect }) => {
    const file = scene(source, "4:2:0", 3);
    for (let length = 700; length < file.length; length += 997) {
      const [planes, pixels] = await bothWays(file.subarray(0, length), operations);
      expect(psnr(planes, pixels)).toBeGreaterThan(26);
    }
  });

  it("with restart markers is whole", async ({ expect }) => {
    const [planes, pixels] = await bothWays(scene(source, "4:2:0", 2), operations);
    const [whole] = await bothWays(scene(source, "4:2:0"), operations);
    expect(planes.data).toEqual(whole.data);
    expect(psnr(planes, pixels)).toBeGreaterThan(38);
  });

  it("ends in a picture or in HttpError, by both ways alike", async ({ expect }) => {
    const file = scene(source, "4:2:0", 5);
    const next = random(8);
    let pictures = 0;
    for (let run = 0; run < 300; run++) {
      const outcome = await bothWays(mutate(file, next), operations).catch((thrown) => thrown);
      if (Array.isArray(outcome)) pictures++;
      else if (!(outcome instanceof HttpError && outcome.status === 422))
        expect(String(outcome)).toContain("cannot be");
    }
    expect(pictures).toBeGreaterThan(50);
  });
});

describe("plan()", () => {
  const request = (source: Size, result: Size) => ({
    rescaling: { part: wholeOf(source), size: result, cut: wholeOf(result), orientation: 1 as const },
    atLeast: undefined,
    quality: 80,
  });

  it.for(["rgb", "cmyk", "ycck"] as const)("leaves %s to the way of pixels", (colour, { expect }) => {
    const header = jpegDecoder.readHeader(scene(size(20, 20), "4:4:4"));
    const changed: typeof header = { ...header, colour };
    expect(jpegRescaler.plan(changed, request(size(20, 20), size(10, 10)))).toBeUndefined();
  });

  it("leaves to the way of pixels what would be vast in between", ({ expect }) => {
    const header = { ...jpegDecoder.readHeader(scene(size(20, 20), "4:4:4")), width: 4, height: 60_000 };
    expect(jpegRescaler.plan(header, request(size(4, 60_000), size(4000, 2)))).toBeUndefined();
  });
});
