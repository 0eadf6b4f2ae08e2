import { describe, expect, it } from "vitest";
import { webpDecoder, webpEncoder } from "../../../src/codec/webp/webp.ts";
import { HttpError } from "../../../src/error.ts";
import { firstFrame, type RawImage, stillPicture, toImage, toRaster } from "../../../src/transform/image.ts";
import { quickest } from "../../support/quickest.ts";
import {
  animationFrame,
  animationHeader,
  libwebpDecode,
  libwebpEncode,
  mutate,
  payloadOf,
  picture,
  randomNumbers,
  vp8x,
  webpFile,
} from "../../support/webp.ts";

async function decodeFrames(bytes: Uint8Array, frames: "first" | "all" = "all"): Promise<RawImage[]> {
  const decoded = await webpDecoder.decode(bytes, webpDecoder.readHeader(bytes), { atLeast: undefined, frames });
  const images: RawImage[] = [];
  for await (const { raster } of decoded.frames()) images.push(await toImage(raster));
  return images;
}

const decode = async (bytes: Uint8Array) => (await decodeFrames(bytes))[0];

/** `width` × `height` of one colour, without loss. */
function plain(width: number, height: number, rgba: readonly number[]): Uint8Array {
  const data = new Uint8Array(width * height * 4).map((_, index) => rgba[index % 4]);
  return libwebpEncode({ width, height, data }, { lossless: 1, exact: 1 });
}

const pixel = ({ data, width }: RawImage, x: number, y: number) => [...data.slice((y * width + x) * 4).slice(0, 4)];

const SIZES = [
  [1, 1],
  [1, 64],
  [64, 1],
  [2, 2],
  [15, 17],
  [16, 16],
  [33, 47],
  [161, 90],
] as const;

describe("decode() gives libwebp's pixels when lossy", () => {
  it.for(SIZES)("at %i × %i", async ([width, height]) => {
    const bytes = libwebpEncode(picture(width, height, false), { quality: 60 });
    expect(await decode(bytes)).toEqual(libwebpDecode(bytes));
  });

  it.for([
    ["no filter", { filter_strength: 0 }],
    ["the simple filter", { filter_type: 0, filter_strength: 100 }],
    ["the strongest filter", { filter_strength: 100, filter_sharpness: 0, quality: 10 }],
    ["a sharp filter", { filter_strength: 80, filter_sharpness: 7, quality: 30 }],
    ["eight partitions", { partitions: 3 }],
    ["one segment", { segments: 1 }],
    ["the finest steps", { quality: 100 }],
    ["the coarsest steps", { quality: 0 }],
    ["no macroblock skipped", { method: 0, quality: 90 }],
    ["all modes tried", { method: 6, quality: 80 }],
  ] as const)("with %s", async ([, options]) => {
    const bytes = libwebpEncode(picture(150, 140, false), options);
    expect(await decode(bytes)).toEqual(libwebpDecode(bytes));
  });

  it.for([
    ["raw", { alpha_compression: 0 }],
    ["unfiltered", { alpha_filtering: 0 }],
    ["filtered quickly", { alpha_filtering: 1 }],
    ["filtered best", { alpha_filtering: 2 }],
    ["reduced", { alpha_quality: 20 }],
  ] as const)("with alpha %s", async ([, options]) => {
    const bytes = libwebpEncode(picture(75, 60, true), options);
    expect(await decode(bytes)).toEqual(libwebpDecode(bytes));
  });
});

describe("decode() gives libwebp's pixels when lossless", () => {
  it.for(SIZES)("at %i × %i", async ([width, height]) => {
    const bytes = libwebpEncode(picture(width, height, true), { lossless: 1, exact: 1 });
    expect(await decode(bytes)).toEqual(libwebpDecode(bytes));
  });

  it.for([0, 2, 4, 6].flatMap((method) => [0, 50, 100].map((quality) => [method, quality] as const)))(
    "with method %i, quality %i",
    async ([method, quality]) => {
      const bytes = libwebpEncode(picture(120, 110, false), { lossless: 1, method, quality });
      expect(await decode(bytes)).toEqual(libwebpDecode(bytes));
    },
  );

  it.for([1, 2, 3, 4, 5, 16, 17, 255, 256, 257])("with %i colours", async (colours) => {
    const random = randomNumbers(colours);
    const data = new Uint8Array(new Uint32Array(61 * 43).map(() => (random() % colours) * 0x00050301).buffer);
    const image = { width: 61, height: 43, data: data.map((byte, index) => (index % 4 === 3 ? 255 : byte)) };
    const bytes = libwebpEncode(image, { lossless: 1 });
    expect((await decode(bytes)).data).toEqual(image.data);
  });
});

it("decode() takes green for alpha when a plane is coded without a palette", async () => {
  const image = picture(70, 50, false);
  const lossy = payloadOf(libwebpEncode(image, {}), "VP8 ");
  const lossless = payloadOf(libwebpEncode(image, { lossless: 1, method: 6 }), "VP8L");
  const plane = Uint8Array.of(1, ...lossless.subarray(5));
  const { data } = await decode(webpFile(vp8x(70, 50, 0x10), ["ALPH", plane], ["VP8 ", lossy]));
  expect(data.filter((_, index) => index % 4 === 3)).toEqual(image.data.filter((_, index) => index % 4 === 1));
});

/** Bits of a VP8L stream: [value, how many], the lowest first. */
function bits(fields: readonly (readonly [value: number, count: number])[]): Uint8Array {
  const all = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, bit) => (value >> bit) & 1));
  const bytes = new Uint8Array(Math.ceil(all.length / 8));
  for (const [index, bit] of all.entries()) bytes[index >> 3] |= bit << (index & 7);
  return bytes;
}

/** A VP8L picture of 4 × 4 whose only tile uses the last of `groups` groups; that one's green is 200, all else is 0. */
function manyGroups(groups: number): Uint8Array {
  const only = (symbol: number) =>
    [
      [5, 3],
      [symbol, 8],
    ] as const;
  const zero = [[1, 4]] as const;
  const last = groups - 1;
  const map = [[0, 1], ...only(last & 255), ...only(last >> 8), ...zero, ...zero, ...zero] as const;
  const unused = Array.from({ length: 5 * last }, () => zero[0]);
  const used = [...only(200), ...zero, ...zero, ...only(255), ...zero] as const;
  const header = [
    [0x2f, 8],
    [3, 14],
    [3, 14],
    [1, 1],
    [0, 3],
  ] as const;
  return webpFile(["VP8L", bits([...header, [0, 1], [0, 1], [1, 1], [0, 3], ...map, ...unused, ...used])]);
}

it("decode() builds only the codes it uses when one tile asks for 65,536 groups of them", async () => {
  const file = manyGroups(65_536);
  expect(pixel(await decode(file), 3, 3)).toEqual([0, 200, 0, 255]);
  expect(await quickest(500, () => decode(file))).toBeLessThan(500);
});

it("decode() is 422 decode_failed when a code gives two meanings to some bits", async () => {
  const lengths = [
    [0, 1],
    [0, 4],
    [0, 3],
    [0, 3],
    [1, 3],
    [1, 3],
  ] as const; // only 0 and 1 are coded
  const all = [[0, 1], ...Array.from({ length: 280 }, () => [1, 1] as const)] as const; // every symbol: one bit
  const stream = bits([[0x2f, 8], [3, 14], [3, 14], [0, 4], [0, 3], ...lengths, ...all, [0, 32]]);
  await expect(decode(webpFile(["VP8L", stream]))).rejects.toMatchObject({ code: "decode_failed" });
});

describe("decode() of damaged files", () => {
  const lossy = libwebpEncode(picture(200, 200, false), { quality: 90 });
  const lossless = libwebpEncode(picture(200, 200, false), { lossless: 1 });

  it("shows the upper part, then grey, when a lossy file is cut", async () => {
    const whole = await decode(lossy);
    const cut = await decode(lossy.slice(0, lossy.length * 0.6));
    expect(cut.data.subarray(0, 200 * 4 * 40)).toEqual(whole.data.subarray(0, 200 * 4 * 40));
    expect(pixel(cut, 0, 199)).toEqual([130, 130, 130, 255]);
    expect(pixel(cut, 199, 199)).toEqual([130, 130, 130, 255]);
  });

  it("shows the upper part, then grey, when a lossless file is cut", async () => {
    const whole = await decode(lossless);
    const cut = await decode(lossless.slice(0, lossless.length * 0.7));
    expect(cut.data.subarray(0, 200 * 4 * 20)).toEqual(whole.data.subarray(0, 200 * 4 * 20));
    expect(pixel(cut, 199, 199)).toEqual([128, 128, 128, 255]);
  });

  it.for([
    ["a lossy file", lossy, 50],
    ["a lossless file", lossless, 27],
  ] as const)("is 422 decode_failed when nothing of %s is left", async ([, bytes, length]) => {
    await expect(decode(bytes.slice(0, length))).rejects.toMatchObject({ status: 422, code: "decode_failed" });
  });

  it("is opaque when the alpha plane is empty", async () => {
    const bytes = webpFile(vp8x(200, 200, 0x10), ["ALPH", new Uint8Array()], ["VP8 ", payloadOf(lossy, "VP8 ")]);
    expect(await decode(bytes)).toEqual(await decode(lossy));
  });

  it("is 422 image_too_large before memory is taken for a lossless picture of 16,384 × 16,384", async () => {
    const header = Uint8Array.of(0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0);
    await expect(decode(webpFile(["VP8L", header]))).rejects.toMatchObject({ status: 422, code: "image_too_large" });
  });

  it("gives the same bytes at every run, or the same HttpError, whatever is changed", async () => {
    const random = randomNumbers(7);
    const alpha = libwebpEncode(picture(60, 40, true), { quality: 50 });
    const small = libwebpEncode(picture(60, 40, true), { lossless: 1 });
    const outcome = (bytes: Uint8Array) =>
      decodeFrames(bytes).catch((error: unknown) => {
        if (error instanceof HttpError && error.status < 500) return error.code;
        throw error;
      });
    for (let run = 0; run < 400; run++) {
      const bytes = mutate([alpha, small, lossy][run % 3], random);
      if (sizeOf(bytes) > 1e6) continue;
      expect(await outcome(bytes)).toEqual(await outcome(bytes));
    }
  });
});

function sizeOf(bytes: Uint8Array): number {
  try {
    const { width, height } = webpDecoder.readHeader(bytes);
    return width * height;
  } catch {
    return 0;
  }
}

describe("decode() of an animation", () => {
  const RED = [255, 0, 0, 255];
  const GLASS = [0, 0, 255, 128];
  const CLEAR = [0, 0, 0, 0];

  const animation = webpFile(
    vp8x(20, 10, 0x12),
    animationHeader(3),
    animationFrame(plain(10, 10, RED), [10, 10], { delayMs: 40 }),
    animationFrame(plain(10, 10, GLASS), [10, 10], { left: 6, delayMs: 50, dispose: true }),
    animationFrame(plain(2, 2, GLASS), [2, 2], { left: 2, top: 2, delayMs: 60, replace: true }),
  );

  it("composes every frame on a transparent canvas", async () => {
    const [first, second, third] = await decodeFrames(animation);
    expect([pixel(first, 0, 0), pixel(first, 15, 0)]).toEqual([RED, CLEAR]);
    expect([pixel(second, 0, 0), pixel(second, 15, 0)]).toEqual([RED, GLASS]);
    const [red, green, blue, opacity] = pixel(second, 8, 5);
    expect(
      [Math.abs(red - 127), green, Math.abs(blue - 128), opacity].every((value) => value <= 1 || value === 255),
    ).toBe(true);
    expect([pixel(third, 8, 5), pixel(third, 15, 0)]).toEqual([CLEAR, CLEAR]);
    expect([pixel(third, 2, 2), pixel(third, 4, 4)]).toEqual([GLASS, RED]);
  });

  it("tells loop count and delays", async () => {
    const header = webpDecoder.readHeader(animation);
    const decoded = await webpDecoder.decode(animation, header, { atLeast: undefined, frames: "all" });
    const delays = [];
    for await (const { delayMs } of decoded.frames()) delays.push(delayMs);
    expect({ delays, loop: decoded.loop, frameCount: decoded.frameCount, alpha: decoded.alpha }).toEqual({
      delays: [40, 50, 60],
      loop: 3,
      frameCount: 3,
      alpha: true,
    });
  });

  it("is one still frame when the first is enough", async () => {
    const frames = await decodeFrames(animation, "first");
    expect([frames.length, pixel(frames[0], 0, 0)]).toEqual([1, RED]);
  });

  it("keeps the canvas when a later frame is broken", async () => {
    const broken = plain(4, 4, GLASS).slice(0, 26);
    const bytes = webpFile(
      vp8x(10, 10, 0x12),
      animationHeader(0),
      animationFrame(plain(10, 10, RED), [10, 10], {}),
      animationFrame(broken, [4, 4], {}),
    );
    const frames = await decodeFrames(bytes);
    expect(frames.map((frame) => pixel(frame, 1, 1))).toEqual([RED, RED]);
  });

  it("stays opaque when it said so and the frame that would cover a cleared one is broken", async () => {
    const bytes = webpFile(
      vp8x(10, 10, 2),
      animationHeader(0),
      animationFrame(plain(10, 10, RED), [10, 10], { dispose: true }),
      animationFrame(plain(10, 10, RED).slice(0, 26), [10, 10], {}),
    );
    expect(webpDecoder.readHeader(bytes).alpha).toBe(false);
    expect((await decodeFrames(bytes)).map((frame) => pixel(frame, 1, 1))).toEqual([RED, RED]);
  });

  it("is not disturbed by what a cut frame left behind", async () => {
    const still = libwebpEncode(picture(48, 48, false), { quality: 95 });
    const cut = webpFile(["VP8 ", payloadOf(still, "VP8 ").slice(0, -400)]);
    const frames = [cut, still].map((bytes) => animationFrame(bytes, [48, 48], { replace: true }));
    const [, second] = await decodeFrames(webpFile(vp8x(48, 48, 2), animationHeader(0), ...frames));
    expect(second).toEqual(libwebpDecode(still));
  });
});

describe("workingSetBytes()", () => {
  const request = { atLeast: undefined, frames: "first" } as const;
  const large = 2000;

  it("does not grow with the height of a lossy picture", () => {
    const header = webpDecoder.readHeader(libwebpEncode(picture(64, 64, false), {}));
    const tall = { ...header, height: 16_000 };
    expect(webpDecoder.workingSetBytes(tall, request, 100)).toBe(webpDecoder.workingSetBytes(header, request, 100));
  });

  it.for([
    ["lossy", false, {}],
    ["lossy with alpha", true, {}],
    ["lossless", true, { lossless: 1, method: 0 }],
  ] as const)("is not less than decoding takes, %s", async ([, alpha, options]) => {
    const bytes = libwebpEncode(picture(large, 500, alpha), options);
    const header = webpDecoder.readHeader(bytes);
    const raster = await firstFrame(await webpDecoder.decode(bytes, header, request));
    let taken = 0;
    for await (const band of raster.bands()) taken = Math.max(taken, band.buffer.byteLength);
    expect(taken).toBeLessThan(webpDecoder.workingSetBytes(header, request, bytes.length));
  });
});

describe("encode()", () => {
  const encode = (image: RawImage, quality: number) => webpEncoder.encode(stillPicture(toRaster(image)), { quality });

  it("writes what decode() reads, near to the original", async () => {
    const image = picture(90, 70, false);
    const decoded = await decode(await encode(image, 95));
    const error = decoded.data.reduce((sum, value, index) => sum + Math.abs(value - image.data[index]), 0);
    expect({ width: decoded.width, height: decoded.height }).toEqual({ width: 90, height: 70 });
    expect(error / image.data.length).toBeLessThan(8);
  });

  it("keeps alpha exactly", async () => {
    const image = picture(90, 70, true);
    const alphaOf = ({ data }: RawImage) => data.filter((_, index) => index % 4 === 3);
    expect(alphaOf(await decode(await encode(image, 50)))).toEqual(alphaOf(image));
  });

  it("takes fewer bytes at lower quality, and the same ones at every run", async () => {
    const image = picture(90, 70, false);
    const [low, high, again] = await Promise.all([encode(image, 20), encode(image, 90), encode(image, 90)]);
    expect(low.length).toBeLessThan(high.length);
    expect(again).toEqual(high);
  });

  it("is 422 output_too_large when the encoder runs out of memory", async () => {
    const data = new Uint8Array(4000 * 2500 * 4).map((_, at) => Math.imul(at, 2_654_435_761) >>> 24);
    const picture = stillPicture(toRaster({ width: 4000, height: 2500, data }));
    await expect(webpEncoder.encode(picture, { quality: 90 })).rejects.toMatchObject({ code: "output_too_large" });
  });

  it("counts less memory for a picture that says it is opaque", () => {
    const size = { width: 1000, height: 1000 };
    expect(webpEncoder.workingSetBytes({ ...size, alpha: false })).toBeLessThan(
      webpEncoder.workingSetBytes({ ...size, alpha: true }),
    );
  });
});
