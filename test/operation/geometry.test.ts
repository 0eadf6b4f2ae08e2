import { describe, expect, it } from "vitest";
import type { Header, Orientation } from "../../src/codec/codec.ts";
import { parseOptions } from "../../src/image/options.ts";
import { readParameters } from "../../src/image/parameters.ts";
import { planOf } from "../../src/transform/plan.ts";

const LIMITS = {
  maxParameters: 64,
  maxOperations: 16,
  maxOutputSide: 8192,
  maxOutputPixels: 12e6,
  allowedSizes: undefined,
};

function header(size: string, orientation: Orientation = 1): Header {
  const [width, height] = size.split("x").map(Number);
  return {
    format: "jpg",
    width,
    height,
    orientation,
    frameCount: 1,
    alpha: false,
    colour: "yuv",
    depth: 8,
    progressive: false,
  };
}

function plan(query: string, source: Header) {
  const parameters = readParameters("", new URLSearchParams(`path=a&${query}`), LIMITS);
  return planOf(source, parseOptions(parameters, LIMITS).operations);
}

const sizeOf = (query: string, source: Header) => {
  const { width, height } = plan(query, source).size;
  return `${width}x${height}`;
};

/** picfit.md 2.4, 2.5, 2.6, 2.7, 2.10: source, query, size of the result. */
const ROWS = [
  ["300x200", "op=resize&w=150", "150x100"],
  ["300x200", "op=resize&h=50", "75x50"],
  ["300x200", "op=resize&w=100&h=0", "100x67"],
  ["300x200", "op=resize&w=100&h=100", "100x100"],
  ["300x200", "op=resize", "300x200"],
  ["300x200", "op=resize&w=600", "600x400"],
  ["300x200", "op=resize&w=600&upscale=0", "300x200"],
  ["300x200", "op=resize&w=600&h=100&upscale=0", "300x200"],
  ["300x200", "op=resize&w=100&h=200&upscale=0", "300x200"],
  ["300x200", "op=resize&w=299&h=199&upscale=0", "299x199"],
  ["333x217", "op=resize&w=100", "100x65"],
  ["333x217", "op=resize&h=100", "153x100"],
  ["101x67", "op=resize&w=50", "50x33"],
  ["101x67", "op=resize&h=33", "50x33"],
  ["99x50", "op=resize&w=33", "33x17"],
  ["2000x3", "op=resize&w=100", "100x1"],
  ["300x200", "op=thumbnail&w=100&h=100", "100x100"],
  ["200x300", "op=thumbnail&w=100&h=100", "100x100"],
  ["300x200", "op=thumbnail&w=600&h=600", "600x600"],
  ["300x200", "op=thumbnail&w=600&h=600&upscale=0", "300x200"],
  ["300x200", "op=thumbnail&w=600&h=100&upscale=0", "300x200"],
  ["300x200", "op=thumbnail&w=200&h=200&upscale=0", "300x200"],
  ["300x200", "op=thumbnail&w=200&h=199&upscale=0", "200x199"],
  ["99x50", "op=thumbnail&w=40&h=40", "40x40"],
  ["300x200", "op=thumbnail", "300x200"],
  ["300x200", "op=thumbnail&w=150", "150x100"],
  ["300x200", "op=thumbnail&h=50", "75x50"],
  ["300x200", "op=fit&w=100&h=100", "100x66"],
  ["300x200", "op=fit&w=600&h=600", "300x200"],
  ["300x200", "op=fit&w=600&h=100", "150x100"],
  ["300x200", "op=fit&w=600&h=100&upscale=0", "300x200"],
  ["200x300", "op=fit&w=100&h=100", "66x100"],
  ["333x217", "op=fit&w=100&h=100", "100x65"],
  ["99x50", "op=fit&w=33&h=33", "33x16"],
  ["2000x3", "op=fit&w=100&h=100", "100x1"],
  ["300x200", "op=fit&w=100", "100x66"],
  ["300x200", "op=fit&h=100", "150x100"],
  ["300x200", "op=fit&w=600", "300x200"],
  ["300x200", "op=rotate", "200x300"],
  ["300x200", "op=rotate&deg=180", "300x200"],
  ["300x200", "op=rotate&deg=270&w=10&h=10", "200x300"],
  ["300x200", "op=flip&pos=h", "300x200"],
  ["300x200", "op=noop&w=10", "300x200"],
  ["300x200", "op=op:resize+w:100+h:50&op=op:rotate+deg:90", "50x100"],
  ["300x200", "op=resize&w=100&h=50&op=op:rotate+deg:90", "50x100"],
  ["300x200", "op=op:rotate+deg:90&op=op:resize+w:100", "100x150"],
  ["300x200", "op=resize&op=rotate&w=100", "67x100"],
  ["300x200", "op=resize&w=100&op=op:resize+w:50", "50x34"],
  ["300x200", "op=crop&x=10&y=20&w=30&h=40", "30x40"],
  ["300x200", "op=crop&x=290&y=190&w=30&h=40", "10x10"],
  ["300x200", "op=crop&x=100", "200x200"],
] as const;

it.for(ROWS)("planOf() %s by %s is %s", ([source, query, expected]) => {
  expect(sizeOf(query, header(source))).toBe(expected);
});

it("planOf() orients before geometry: EXIF 6 stored 300x200 by w=100 is 100x150", () => {
  expect(sizeOf("op=resize&w=100", header("300x200", 6))).toBe("100x150");
});

it("planOf() crops the centre: columns 50 to 249, rows 50 to 249", () => {
  const part = (source: string) => plan("op=thumbnail&w=100&h=100", header(source)).steps[0];
  expect(part("300x200")).toMatchObject({ do: "resample", part: { left: 50, top: 0, width: 200, height: 200 } });
  expect(part("200x300")).toMatchObject({ do: "resample", part: { left: 0, top: 50, width: 200, height: 200 } });
});

it("planOf() scales small sources before it crops them", () => {
  expect(plan("op=thumbnail&w=40&h=40", header("99x50")).steps).toEqual([
    { do: "resample", part: { left: 0, top: 0, width: 99, height: 50 }, size: { width: 79, height: 40 } },
    { do: "crop", rect: { left: 19, top: 0, width: 40, height: 40 } },
  ]);
});

describe("planOf() turns late", () => {
  it("scales as stored, then turns once", () => {
    expect(plan("op=thumbnail&w=100&h=100&op=op:rotate+deg:90", header("300x200", 6)).steps).toEqual([
      { do: "resample", part: { left: 50, top: 0, width: 200, height: 200 }, size: { width: 100, height: 100 } },
    ]);
  });

  it("keeps the turn before what depends on it", () => {
    const steps = plan("op=effect&filter=blur&op=op:resize+w:10", header("300x200", 6)).steps.map((step) => step.do);
    expect(steps).toEqual(["orient", "blur", "resample"]);
  });

  it("makes a crop before a scaling an offset", () => {
    expect(plan("op=op:crop+x:10+y:20+w:100+h:100&op=op:resize+w:50", header("300x200")).steps).toEqual([
      { do: "resample", part: { left: 10, top: 20, width: 100, height: 100 }, size: { width: 50, height: 50 } },
    ]);
  });
});

it("planOf() lets decoding shrink to 1.5 times what is wanted, and not where pixels are cropped", () => {
  expect(plan("op=resize&w=100", header("3000x2000")).atLeast).toEqual({ width: 150, height: 101 });
  expect(plan("op=crop&w=100&h=100", header("3000x2000")).atLeast).toBeUndefined();
  expect(plan("op=noop", header("3000x2000", 6)).atLeast).toBeUndefined();
});

describe("flat", () => {
  const steps = (query: string) =>
    plan(`op=noop&op=${encodeURIComponent(`op:flat ${query}`)}`, header("300x200")).steps;
  const placed = (query: string, foreground = { width: 300, height: 200 }) =>
    steps(query).map((step) => (step.do === "draw" ? step.place(foreground) : step));

  it("fills a rectangle in percent", () => {
    expect(steps("pos:0.0.50.50 color:00ff00")).toEqual([
      {
        do: "fill",
        rect: { left: 0, top: 0, width: 150, height: 100 },
        colour: { red: 0, green: 255, blue: 0, alpha: 255 },
      },
    ]);
  });

  it("fits a foreground into the box", () => {
    expect(placed("path:P pos:60.10.80.30")).toEqual([{ left: 180, top: 20, width: 60, height: 40 }]);
  });

  it("sticks a resized foreground to a corner", () => {
    expect(placed("path:P stick:bottom-right w:60")).toEqual([{ left: 240, top: 160, width: 60, height: 40 }]);
    expect(placed("path:P stick:top-left h:40")).toEqual([{ left: 0, top: 0, width: 60, height: 40 }]);
    expect(placed("path:P stick:top-left")).toEqual([]);
  });

  it("cuts the box into cells, along its longer side", () => {
    expect(placed("path:P path:Q pos:0.0.100.50", { width: 50, height: 50 })).toEqual([
      { left: 50, top: 25, width: 50, height: 50 },
      { left: 200, top: 25, width: 50, height: 50 },
    ]);
    expect(placed("path:P path:Q pos:0.0.33.100", { width: 50, height: 50 })).toEqual([
      { left: 24, top: 25, width: 50, height: 50 },
      { left: 24, top: 125, width: 50, height: 50 },
    ]);
  });

  it("draws nothing without pos, with a transparent colour, or in an empty box", () => {
    expect(steps("color:00ff00")).toEqual([]);
    expect(steps("pos:0.0.50.50 color:zzz")).toEqual([]);
    expect(placed("path:P pos:50.50.50.50")).toEqual([undefined]);
  });
});
