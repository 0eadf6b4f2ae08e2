import { describe, it } from "vitest";
import { openAs, readJpegHeader } from "../../src/codec/jpeg/header.ts";
import { openScans } from "../../src/codec/jpeg/scans.ts";
import { jpegSteps } from "../../src/codec/jpeg/steps.ts";
import { jpegFileHeader } from "../../src/codec/jpeg/write.ts";
import { createRescaler, rescalerBytes } from "../../src/engine/jpeg-rescale.ts";
import type { JpegSampling } from "../../src/engine/jpeg-sampling.ts";
import { planScale, type ScalePlan } from "../../src/engine/scale-plan.ts";
import { wholeOf } from "../../src/transform/geometry.ts";
import type { Size } from "../../src/transform/image.ts";
import { turnOf } from "../../src/transform/orientation.ts";
import { decode, pixelAt } from "../support/decode.ts";
import { type FlatJpeg, flatJpeg } from "../support/jpeg.ts";
import { writeJpeg } from "../support/jpeg-writer.ts";

const size = (width: number, height: number): Size => ({ width, height });

/** All pieces of a picture rescaled, and the WASM memory that it took. */
function rescaled(bytes: Uint8Array, plan: ScalePlan): { file: Uint8Array; memoryBytes: number } {
  const jpeg = openAs(bytes, readJpegHeader(bytes));
  const steps = jpegSteps(100);
  const rescaler = createRescaler(bytes, plan, {
    ...{ width: plan.size.width, ...steps },
    header: (tables) => jpegFileHeader(plan.size, steps, plan.sampling, tables),
  });
  openScans(jpeg, rescaler);
  const pieces: number[] = [];
  for (const piece of rescaler.pieces()) for (const byte of piece) pieces.push(byte);
  return { file: Uint8Array.from([...pieces, 0xff, 0xd9]), memoryBytes: rescaler.memoryBytes() };
}

function planFor(bytes: Uint8Array, result: Size, sampling: JpegSampling, orientation: 1 | 6 = 1): ScalePlan {
  const header = readJpegHeader(bytes);
  const cutting = { part: wholeOf(header), size: result, cut: wholeOf(result), turn: turnOf(orientation) };
  return planScale(header.frame, {
    scanCount: header.scanCount,
    cutting,
    sampling,
    forPixels: false,
    atLeast: size(result.width * 1.5, result.height * 1.5),
  });
}

const component = { id: 1, across: 1, down: 1, dc: 1 };
const three = (across: number, down: number) => [
  { ...component, across, down },
  { ...component, id: 2 },
  { ...component, id: 3 },
];

describe("rescalerBytes() is at least the memory that it takes", () => {
  const pictures = [
    ["gray", { width: 1000, height: 700, components: [component] }],
    ["4:2:0", { width: 1999, height: 300, components: three(2, 2) }],
    ["4:1:1", { width: 1999, height: 300, components: three(4, 1) }],
    ["separate scans", { width: 700, height: 700, components: three(2, 1), separate: true }],
    ["one column", { width: 1, height: 5000, components: three(2, 2), separate: true }],
  ] as const satisfies [string, FlatJpeg][];

  it.for(pictures)("%s", ([, picture], { expect }) => {
    const bytes = flatJpeg(picture);
    for (const result of [size(1, 1), size(30, 20), size(400, 100), size(2500, 900)])
      for (const orientation of [1, 6] as const) {
        const plan = planFor(bytes, result, picture.components.length === 1 ? "gray" : "4:2:0", orientation);
        const { memoryBytes } = rescaled(bytes, plan);
        expect(memoryBytes).toBeLessThanOrEqual(rescalerBytes(plan));
      }
  });

  it("which hardly grows with the area of the source", ({ expect }) => {
    const components = three(2, 2);
    const frame = { progressive: false, arithmetic: false, multiScan: false, components };
    const bytesOf = (source: Size) => {
      const cutting = { part: wholeOf(source), size: size(300, 225), cut: wholeOf(size(300, 225)), turn: turnOf(1) };
      return rescalerBytes(
        planScale(
          { ...frame, ...source },
          { scanCount: 1, cutting, sampling: "4:2:0", forPixels: false, atLeast: size(450, 338) },
        ),
      );
    };
    expect(bytesOf(size(11_600, 8_700))).toBeLessThan(1.7 * 1024 * 1024);
    expect(bytesOf(size(5120, 2880))).toBeLessThan(1.4 * 1024 * 1024);
  });
});

describe("every sampling", () => {
  const ramp = (slope: number) => ({ across: 1, down: 1, sample: (x: number) => 100 + x * slope });
  const file = writeJpeg({ ...size(64, 48), components: [ramp(1), ramp(-1), ramp(0.5)] });

  it.for(["4:4:4", "4:2:0"] as const)("%s is written and read", async (sampling, { expect }) => {
    const source = await decode(file);
    const { image } = await decode(rescaled(file, planFor(file, size(64, 48), sampling)).file);
    for (const x of [10, 31, 32, 50])
      pixelAt(image, x, 20).forEach((value, channel) => {
        expect(Math.abs(value - pixelAt(source.image, x, 20)[channel])).toBeLessThanOrEqual(4);
      });
  });

  it("4:4:4 keeps stripes of colour that 4:2:0 loses", async ({ expect }) => {
    const gray = { across: 1, down: 1, sample: () => 128 };
    const stripes = { across: 1, down: 1, sample: (x: number) => (Math.round(x) % 2 ? 190 : 66) };
    const striped = writeJpeg({ ...size(32, 32), components: [gray, gray, stripes] });
    const contrast = async (sampling: JpegSampling) => {
      const { image } = await decode(rescaled(striped, planFor(striped, size(32, 32), sampling)).file);
      return Math.abs(pixelAt(image, 9, 9)[0] - pixelAt(image, 10, 9)[0]);
    };
    expect(await contrast("4:4:4")).toBeGreaterThan(120);
    expect(await contrast("4:2:0")).toBeLessThan(30);
  });

  it("gray takes the first of three components", async ({ expect }) => {
    const { image } = await decode(rescaled(file, planFor(file, size(32, 24), "gray")).file);
    const [red, green, blue] = pixelAt(image, 16, 10);
    expect([green, blue]).toEqual([red, red]);
    expect(Math.abs(red - 132.5)).toBeLessThanOrEqual(2);
  });
});
