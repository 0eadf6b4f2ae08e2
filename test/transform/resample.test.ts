import { describe, it } from "vitest";
import { type RawImage, type Rect, type Size, toImage, toRaster } from "../../src/transform/image.ts";
import { resample, resampleBytes } from "../../src/transform/resample.ts";
import { areEqual, createRandom, cutOut, difference, inBands, noise, plain } from "../support/pictures.ts";
import { referenceResample } from "../support/reference-filter.ts";

const whole = ({ width, height }: Size): Rect => ({ left: 0, top: 0, width, height });
const size = (width: number, height: number): Size => ({ width, height });

/** Source, part of it, result. */
const cases: readonly (readonly [Size, Rect, Size])[] = [
  [size(64, 48), whole(size(64, 48)), size(20, 15)],
  [size(20, 15), whole(size(20, 15)), size(64, 48)],
  [size(333, 217), whole(size(333, 217)), size(100, 65)],
  [size(300, 200), whole(size(300, 200)), size(299, 199)],
  [size(300, 200), { left: 50, top: 0, width: 200, height: 200 }, size(100, 100)],
  [size(126, 95), { left: 0, top: 0, width: 125.125, height: 94.5 }, size(50, 38)],
  [size(90, 70), { left: 3.25, top: 1.5, width: 40.6, height: 30.125 }, size(33, 60)],
  [size(2000, 3), whole(size(2000, 3)), size(100, 1)],
  [size(3, 2000), whole(size(3, 2000)), size(1, 100)],
  [size(1, 1), whole(size(1, 1)), size(500, 500)],
  [size(2, 2), whole(size(2, 2)), size(97, 3)],
  [size(1, 37), whole(size(1, 37)), size(5, 9)],
  [size(700, 500), whole(size(700, 500)), size(1, 1)],
  [size(5, 3000), whole(size(5, 3000)), size(40, 1)],
  [size(40, 60), whole(size(40, 60)), size(40, 20)],
  [size(40, 60), whole(size(40, 60)), size(13, 60)],
  [size(200, 200), whole(size(200, 200)), size(172, 168)],
];

const named = cases.flatMap(([source, part, result]) =>
  [false, true].map((alpha) => ({
    name: `${source.width}x${source.height} [${Object.values(part)}] -> ${result.width}x${result.height}, alpha ${alpha}`,
    ...{ source, part, result, alpha },
  })),
);

describe("resample()", () => {
  it.for(named)("is Lanczos3 to the level: $name", async ({ source, part, result, alpha }, { expect }) => {
    const image = noise(source, createRandom(source.width * 31 + result.width), alpha);
    const resized = await toImage(resample(inBands(image, 7, alpha), part, result));
    const { mean, max } = difference(resized, referenceResample(image, part, result));
    expect(resized).toMatchObject(result);
    expect(mean).toBeLessThanOrEqual(0.2);
    expect(max).toBeLessThanOrEqual(1.5);
  });

  it.for(named)("does not depend on the bands: $name", async ({ source, part, result, alpha }, { expect }) => {
    const image = noise(source, createRandom(source.height + result.height), alpha);
    const once = await toImage(resample(toRaster(image, alpha), part, result));
    for (const rows of [1, 3, 16])
      expect(areEqual(await toImage(resample(inBands(image, rows, alpha), part, result)), once)).toBe(true);
  });

  it.for(named)("leaves a plain picture plain: $name", async ({ source, part, result, alpha }, { expect }) => {
    const pixel = alpha ? [200, 10, 77, 130] : [200, 10, 77, 255];
    const resized = await toImage(resample(toRaster(plain(source, pixel), alpha), part, result));
    expect(areEqual(resized, plain(result, pixel))).toBe(true);
  });

  it("is Lanczos3 to the level for any part and size", async ({ expect }) => {
    const random = createRandom(2026);
    const upTo = (limit: number) => 1 + Math.floor(random() ** 2 * limit);
    for (let run = 0; run < 150; run++) {
      const source = noise(size(upTo(90), upTo(90)), random, run % 2 === 0);
      const part = randomPart(source, random, run % 3 === 0);
      const result = size(upTo(120), upTo(120));
      const resized = await toImage(resample(inBands(source, upTo(20), run % 2 === 0), part, result));
      const { mean, max } = difference(resized, referenceResample(source, part, result));
      expect(mean, JSON.stringify({ run, part, result })).toBeLessThanOrEqual(0.6);
      expect(max, JSON.stringify({ run, part, result })).toBeLessThanOrEqual(2);
    }
  });

  it("makes a tall picture low and wide without a vast one in between", async ({ expect }) => {
    const [source, result] = [size(4, 60_000), size(4000, 2)];
    const image = noise(source, createRandom(14), false);
    const resized = await toImage(resample(inBands(image, 16, false), whole(source), result));
    const downFirst = resample(inBands(image, 16, false), whole(source), size(4, 2));
    const reference = referenceResample(await toImage(downFirst), whole(size(4, 2)), result);
    expect(difference(resized, reference).max).toBeLessThanOrEqual(1);
  });

  it("copies exactly when nothing changes but the offset", async ({ expect }) => {
    const image = noise(size(40, 30), createRandom(5));
    const part = { left: 7, top: 9, width: 20, height: 11 };
    const cut = await toImage(resample(inBands(image, 4), part, size(20, 11)));
    expect(cut.data).toEqual(cutOut(image, part).data);
  });

  it("lets nothing outside the part have an influence", async ({ expect }) => {
    const image = noise(size(60, 50), createRandom(6));
    const part = { left: 13, top: 11, width: 30, height: 25 };
    const result = size(17, 40);
    const inside = await toImage(resample(toRaster(cutOut(image, part)), whole(part), result));
    expect((await toImage(resample(toRaster(image), part, result))).data).toEqual(inside.data);
  });

  it("never lets the colour of a transparent pixel through", async ({ expect }) => {
    const image = plain(size(50, 50), [0, 200, 0, 255]);
    const random = createRandom(7);
    for (let at = 0; at < image.data.length; at += 4) if (random() < 0.4) image.data.set([255, 0, 255, 0], at);
    for (const result of [size(13, 17), size(90, 120)]) {
      const { data } = await toImage(resample(toRaster(image), whole(image), result));
      for (const [red, green, blue, alpha] of pixelsOf(data).filter((pixel) => pixel[3] > 0)) {
        expect([red, blue]).toEqual([0, 0]);
        // Samples have 1/64 of a level, so a colour is as exact as its alpha is large.
        expect(Math.abs(green - 200)).toBeLessThanOrEqual(1 + 6 / alpha);
      }
    }
  });

  it("makes a fully transparent picture all zero", async ({ expect }) => {
    const { data } = await toImage(resample(toRaster(plain(size(9, 9), [9, 8, 7, 0])), whole(size(9, 9)), size(4, 4)));
    expect(data.every((byte) => byte === 0)).toBe(true);
  });

  it("stops the source after the last row that it needs", async ({ expect }) => {
    const source = watched(noise(size(10, 100), createRandom(8)));
    await toImage(resample(source.raster, { left: 0, top: 20, width: 10, height: 30 }, size(5, 15)));
    expect(source).toMatchObject({ bandsRead: 50, stopped: true });
  });

  it("stops the source when its own reader stops", async ({ expect }) => {
    const source = watched(noise(size(10, 400), createRandom(9)));
    for await (const _ of resample(source.raster, whole(size(10, 400)), size(5, 200)).bands()) break;
    expect(source.bandsRead).toBeLessThan(60);
    expect(source.stopped).toBe(true);
  });

  it("keeps its argument's bytes as they were", async ({ expect }) => {
    const image = noise(size(30, 30), createRandom(10));
    const before = image.data.slice();
    await toImage(resample(toRaster(image), whole(image), size(12, 12)));
    expect(image.data).toEqual(before);
  });

  it("fails when the source gives too few rows", async ({ expect }) => {
    const raster = { ...toRaster(noise(size(8, 8), createRandom(11))), height: 9 };
    await expect(toImage(resample(raster, whole(size(8, 9)), size(4, 4)))).rejects.toThrow("bytes");
  });
});

describe("resampleBytes()", () => {
  it.for([
    [size(5120, 3), size(300, 2)],
    [size(4000, 64), size(1600, 26)],
    [size(300, 20), size(3000, 200)],
    [size(5000, 900), size(5000, 1)],
    [size(60_000, 40), size(1, 30)],
    [size(1, 1), size(1, 1)],
    [size(1, 9), size(8000, 8)],
  ])("is no less than what %j to %j takes, nor far more", async ([source, result], { expect }) => {
    const raster = inBands(plain(source, [1, 2, 3, 255]), 8);
    let engineBytes = 0;
    for await (const band of resample(raster, whole(source), result).bands()) engineBytes = band.buffer.byteLength;
    expect(resampleBytes(source, result)).toBeGreaterThanOrEqual(engineBytes);
    expect(resampleBytes(source, result)).toBeLessThan(3 * engineBytes + 512 * 1024);
  });
});

function randomPart({ width, height }: Size, random: () => number, whole: boolean): Rect {
  const round = whole ? Math.floor : (value: number) => value;
  const [left, top] = [round(random() * width), round(random() * height)];
  return {
    ...{ left, top },
    width: Math.max(whole ? 1 : 0.01, round(random() * (width - left))),
    height: Math.max(whole ? 1 : 0.01, round(random() * (height - top))),
  };
}

function pixelsOf(data: Uint8Array): Uint8Array[] {
  return Array.from({ length: data.length / 4 }, (_, pixel) => data.subarray(pixel * 4, pixel * 4 + 4));
}

function watched(image: RawImage) {
  const watch = { bandsRead: 0, stopped: false };
  const bands = async function* () {
    try {
      for await (const band of inBands(image, 1).bands()) {
        watch.bandsRead++;
        yield band;
      }
    } finally {
      watch.stopped = true;
    }
  };
  return Object.assign(watch, { raster: { ...toRaster(image), bands } });
}
