import { describe, expect, it } from "vitest";
import { webpDecoder } from "../../../src/codec/webp/webp.ts";
import { HttpError } from "../../../src/error.ts";
import { unexpectedFailure } from "../../support/mutants.ts";
import { quickest } from "../../support/quickest.ts";
import {
  animationFrame,
  animationHeader,
  libwebpEncode,
  mutate,
  payloadOf,
  picture,
  randomNumbers,
  vp8x,
  webpFile,
} from "../../support/webp.ts";

const lossy = libwebpEncode(picture(30, 20, false), {});
const lossless = libwebpEncode(picture(30, 20, false), { lossless: 1 });
const alpha = libwebpEncode(picture(30, 20, true), {});
const image = payloadOf(lossy, "VP8 ");

/** A TIFF block that says the picture is to be turned by 90°. */
const TIFF = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0);

const { readHeader } = webpDecoder;

it.for([
  ["lossy", lossy, { colour: "yuv", alpha: false }],
  ["lossless", lossless, { colour: "rgb", alpha: false }],
  ["lossy with alpha", alpha, { colour: "yuv", alpha: true }],
  ["lossless with alpha", libwebpEncode(picture(30, 20, true), { lossless: 1 }), { colour: "rgb", alpha: true }],
] as const)("readHeader() reads a %s picture", ([, bytes, expected]) => {
  expect(readHeader(bytes)).toMatchObject({ width: 30, height: 20, frameCount: 1, orientation: 1, ...expected });
});

it.for([
  ["bare", TIFF],
  ["with JPEG's prefix", Uint8Array.of(0x45, 0x78, 0x69, 0x66, 0, 0, ...TIFF)],
] as const)("readHeader() reads an orientation %s", ([, exif]) => {
  expect(readHeader(webpFile(vp8x(30, 20, 8), ["VP8 ", image], ["EXIF", exif])).orientation).toBe(6);
});

it("readHeader() counts the frames of an animation", () => {
  const frame = animationFrame(lossy, [30, 20], {});
  const bytes = webpFile(vp8x(40, 30, 2), animationHeader(0), frame, frame);
  expect(readHeader(bytes)).toMatchObject({ width: 40, height: 30, frameCount: 2, alpha: true });
});

it("readHeader() says opaque when every frame of an animation covers the canvas", () => {
  const frame = animationFrame(lossy, [30, 20], { dispose: true });
  expect(readHeader(webpFile(vp8x(30, 20, 2), animationHeader(0), frame, frame)).alpha).toBe(false);
});

it("readHeader() leaves out frames that leave the canvas, lie about their size or are cut", () => {
  const bytes = webpFile(
    vp8x(30, 20, 2),
    animationHeader(0),
    animationFrame(lossy, [30, 20], {}),
    animationFrame(lossy, [30, 20], { left: 2 }),
    animationFrame(lossy, [29, 20], {}),
    animationFrame(lossy.slice(0, 28), [30, 20], {}),
  );
  expect(readHeader(bytes).frameCount).toBe(1);
});

it("readHeader() does not look past the end that RIFF declares", () => {
  const hidden = webpFile(vp8x(30, 20, 8), ["VP8 ", image]);
  const longer = new Uint8Array([...hidden, ...webpFile(["EXIF", TIFF]).subarray(12)]);
  expect(readHeader(longer).orientation).toBe(1);
});

it.for([
  ["nothing", new Uint8Array(), 415],
  ["text", new TextEncoder().encode("RIFFxxxxWAVEfmt "), 415],
  ["no chunk", webpFile(), 422],
  ["a lossy header that is cut", lossy.slice(0, 28), 422],
  ["a lossless header that is cut", lossless.slice(0, 24), 422],
  ["a canvas of another size", webpFile(vp8x(31, 20, 0), ["VP8 ", image]), 422],
  ["an animation without frames", webpFile(vp8x(30, 20, 2), animationHeader(0)), 422],
  ["a frame that is no key frame", webpFile(["VP8 ", image.with(0, image[0] | 1)]), 422],
  ["a VP8 version from the future", webpFile(["VP8 ", image.with(0, image[0] | 0x0e)]), 422],
  ["a VP8L version from the future", webpFile(["VP8L", payloadOf(lossless, "VP8L").with(4, 0x20)]), 422],
] as const)("readHeader() refuses %s", ([, bytes, status]) => {
  expect(() => readHeader(bytes)).toThrow(expect.objectContaining({ status }));
});

describe("readProfile()", () => {
  const withProfile = (profile: Uint8Array) => webpFile(vp8x(30, 20, 0x20), ["ICCP", profile], ["VP8 ", image]);

  it("gives the embedded profile", async () => {
    const profile = Uint8Array.from({ length: 200 }, (_, index) => index);
    expect(await webpDecoder.readProfile(withProfile(profile))).toEqual(profile);
  });

  it.for([
    ["there is none", lossy],
    ["it is empty", withProfile(new Uint8Array())],
    ["it is above 4 MiB", withProfile(new Uint8Array((4 << 20) + 1))],
  ] as const)("is absent when %s", async ([, bytes]) => {
    expect(await webpDecoder.readProfile(bytes)).toBeUndefined();
  });
});

it("readHeader() throws nothing but HttpError on 10,000 changed files, and is fast", async () => {
  const random = randomNumbers(99);
  const frame = animationFrame(alpha, [30, 20], {});
  const animation = webpFile(vp8x(40, 30, 2), animationHeader(0), frame, frame, ["EXIF", TIFF]);
  const seeds = [lossy, lossless, alpha, animation];
  for (let run = 0; run < 10_000; run++) {
    const file = mutate(seeds[run % seeds.length], random);
    const attempt = () =>
      unexpectedFailure(() => {
        const { width, height, frameCount } = readHeader(file);
        expect(Math.min(width, height, frameCount)).toBeGreaterThan(0);
      });
    expect(await attempt()).toBeUndefined();
    expect(await quickest(50, attempt)).toBeLessThan(50);
  }
});

it("readHeader() is quick when a file is nothing but empty chunks", async ({ expect }) => {
  const bytes = new Uint8Array(24 << 20);
  bytes.set(
    webpFile(vp8x(30, 20, 2))
      .with(4, 0xff)
      .with(7, 0x7f),
  );
  for (let at = 30; at + 8 <= bytes.length; at += 8) bytes.set([0x41, 0x4e, 0x4d, 0x46], at);
  const refused = () => expect(() => readHeader(bytes)).toThrow(HttpError);
  expect(await quickest(50, refused)).toBeLessThan(50);
});
