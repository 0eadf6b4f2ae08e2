import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/env.ts";
import { HttpError } from "../../src/error.ts";
import { HEAD_BYTES } from "../../src/image/admit.ts";
import { OPERATIONS } from "../../src/operation/operations.ts";
import { readValues } from "../../src/operation/values.ts";
import type { Wanted } from "../../src/picture/derivation.ts";
import { forecast } from "../../src/picture/forecast.ts";
import { corpusFiles, hasCorpus, readCorpus } from "../support/corpus.ts";
import { encode, gradient } from "../support/drawings.ts";
import { gif, gifImage } from "../support/gif.ts";
import { payloadOf, vp8x, webpFile } from "../support/webp.ts";

const config = readConfig({});
const limited = (vars: Record<string, string>) => readConfig(vars);

function resizeTo(width: number, changes: Partial<Wanted> = {}): Wanted {
  const resize = OPERATIONS.get("resize");
  if (!resize) throw new Error("No operation is named resize");
  const operations = [resize.read(readValues((name) => (name === "w" ? String(width) : undefined), []))];
  const { background } = config;
  const plain = { original: false, quality: 90, background, keepProfile: false, effort: "normal", operations } as const;
  return { ...plain, format: (source) => (source === "tiff" ? "png" : source), ...changes };
}

const original = resizeTo(1, { operations: [], original: true });

/** Bytes, `too short`, or the status and code of a refusal. */
function told(head: Uint8Array, sizeBytes: number, wanted: Wanted, context = config): number | string {
  try {
    return forecast(head, sizeBytes, wanted, context) ?? "too short";
  } catch (thrown) {
    if (!(thrown instanceof HttpError)) throw thrown;
    return `${thrown.status} ${thrown.code}`;
  }
}

/** `bytes` with so many more behind them that a beginning of it is only a beginning. */
const padded = (bytes: Uint8Array) => Uint8Array.from([...bytes, ...new Uint8Array(100_000)]);
const headOf = (bytes: Uint8Array) => bytes.slice(0, HEAD_BYTES);

describe("forecast()", () => {
  it.for(["jpg", "png", "webp", "gif", "avif", "bmp"] as const)("knows %s by its beginning", async (format) => {
    const bytes = padded(await encode(gradient(300, 200), format));
    expect(told(headOf(bytes), bytes.length, resizeTo(90))).toBe(told(bytes, bytes.length, resizeTo(90)));
    expect(told(headOf(bytes), bytes.length, resizeTo(90))).toBeGreaterThan(bytes.length);
    expect(told(headOf(bytes), bytes.length, original)).toBeGreaterThan(bytes.length);
  });

  it.for([
    ["pixels", { MAX_SOURCE_PIXELS: "59999" }, resizeTo(90), "422 image_too_large"],
    ["a side", { MAX_SOURCE_SIDE: "299" }, resizeTo(90), "422 image_too_large"],
    [
      "a side as picfit has it",
      { MAX_IMAGE_DIMENSIONS: '{"width":0,"height":199}' },
      resizeTo(90),
      "400 image_too_large",
    ],
    ["memory", { MAX_WHOLE_BYTES: "1000" }, resizeTo(90, { format: () => "png" }), "422 image_too_large"],
    ["memory, of an original", { MAX_WHOLE_BYTES: "1000" }, original, "422 image_too_large"],
    ["pixels of the result", { MAX_OUTPUT_PIXELS: "5000" }, resizeTo(90), "422 output_too_large"],
  ] as const)("refuses by %s", async ([, vars, wanted, refusal]) => {
    const bytes = padded(await encode(gradient(300, 200), "jpg"));
    expect(told(headOf(bytes), bytes.length, wanted, limited(vars))).toBe(refusal);
  });

  it("refuses what is no picture", () => {
    const page = padded(new TextEncoder().encode("<html>"));
    expect(told(headOf(page), page.length, resizeTo(90))).toBe("415 unsupported_image");
  });

  it("refuses by frames, if the beginning shows too many of them", () => {
    const frames = Array.from({ length: 4 }, () => gifImage(0, 0, 4, 4, new Array(16).fill(1)));
    const bytes = padded(gif(4, 4, frames));
    expect(told(headOf(bytes), bytes.length, resizeTo(2), limited({ MAX_FRAMES: "3" }))).toBe(
      "422 animation_too_large",
    );
    expect(told(headOf(bytes), bytes.length, resizeTo(2), limited({ MAX_FRAMES: "4" }))).toBeGreaterThan(0);
  });

  it("needs more where a header is longer than the beginning, and of a TIFF all", async () => {
    const jpeg = await encode(gradient(300, 200), "jpg");
    const comments = Array.from({ length: 3 }, () => [0xff, 0xfe, 0xff, 0xff, ...new Uint8Array(0xfffd)]).flat();
    const commented = Uint8Array.from([0xff, 0xd8, ...comments, ...jpeg.subarray(2)]);
    expect(told(headOf(commented), commented.length, resizeTo(90))).toBe("too short");
    expect(told(commented.slice(0, -100), commented.length, resizeTo(90))).toBeGreaterThan(0);
    expect(told(padded(new TextEncoder().encode("II*\0")), 100_000, resizeTo(90))).toBe("too short");
  });

  it("does not call a file unknown whose boxes have not all come", async () => {
    const avif = await encode(gradient(300, 200), "avif");
    const general = Uint8Array.from(avif);
    general.set(new TextEncoder().encode("mif1"), 8);
    for (let at = 16; at < 32; at += 4) general.set(new TextEncoder().encode("mif1"), at);
    expect(told(general.subarray(0, 60), general.length, resizeTo(90))).toBe("too short");
  });

  const dimensions = (width: number, height: number) =>
    limited({ MAX_IMAGE_DIMENSIONS: JSON.stringify({ width, height }) });

  it("refuses by one side of a PNG or a WebP only if it may not turn out to be the other", async () => {
    const png = padded(await encode(gradient(300, 200), "png"));
    const webp = padded(
      webpFile(vp8x(300, 200, 0), ["VP8 ", payloadOf(await encode(gradient(300, 200), "webp"), "VP8 ")]),
    );
    for (const bytes of [png, webp]) {
      expect(told(headOf(bytes), bytes.length, resizeTo(90), dimensions(250, 0))).toBeGreaterThan(0);
      expect(told(headOf(bytes), bytes.length, resizeTo(90), dimensions(250, 250))).toBe("400 image_too_large");
    }
  });
});

describe.skipIf(!hasCorpus)("forecast() of the corpus", () => {
  const narrow = limited({
    MAX_SOURCE_PIXELS: "300000",
    MAX_WHOLE_BYTES: "2000000",
    MAX_OUTPUT_PIXELS: "200000",
    MAX_IMAGE_DIMENSIONS: '{"width":0,"height":600}',
  });
  const cases = [
    [resizeTo(300), config],
    [resizeTo(9_000, { format: () => "jpg" }), config],
    [resizeTo(900, { effort: "max", format: () => "jpg" }), config],
    [resizeTo(300), narrow],
    [original, config],
    [original, narrow],
  ] as const;

  it("never refuses by a beginning what would not be refused as a whole", { timeout: 120_000 }, async () => {
    let refusals = 0;
    for (const { file } of await corpusFiles(() => true)) {
      const bytes = await readCorpus(file);
      for (const length of [200, 3_000, HEAD_BYTES].filter((cut) => cut < bytes.length))
        for (const [wanted, context] of cases) {
          const early = told(bytes.slice(0, length), bytes.length, wanted, context);
          if (typeof early === "number" || early === "too short") continue;
          refusals++;
          // Where there are two reasons, the other one may be told.
          expect(told(bytes, bytes.length, wanted, context), `${file}, ${length}: ${early}`).toBeTypeOf("string");
        }
    }
    expect(refusals).toBeGreaterThan(500);
  });

  it("is near the peak for nine of ten files larger than a beginning", { timeout: 120_000 }, async () => {
    const shares: number[] = [];
    for (const { file } of await corpusFiles(({ format }) => format !== "tiff")) {
      const bytes = await readCorpus(file);
      const whole = bytes.length > HEAD_BYTES ? told(bytes, bytes.length, resizeTo(300)) : undefined;
      const early = told(headOf(bytes), bytes.length, resizeTo(300));
      if (typeof whole === "number") shares.push(typeof early === "number" ? early / whole : 0);
    }
    expect(shares.length).toBeGreaterThan(80);
    expect(shares.filter((share) => share > 0.99 && share <= 1.25).length / shares.length).toBeGreaterThan(0.89);
  });
});
