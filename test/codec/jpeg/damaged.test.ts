import { describe, it } from "vitest";
import { jpegDecoder } from "../../../src/codec/jpeg/jpeg.ts";
import { firstFrame, type RawImage, toImage } from "../../../src/transform/image.ts";
import { pixelAt } from "../../support/decode.ts";
import { type FlatJpeg, flatJpeg } from "../../support/jpeg.ts";
import { mozjpegDecode, mozjpegEncode } from "../../support/mozjpeg.ts";
import { areEqual, difference } from "../../support/pictures.ts";
import { picture } from "../../support/webp.ts";

// Rules and their numbers: docs/decisions/0005-damaged-files.md. What libjpeg shows is what others show.

async function decode(bytes: Uint8Array): Promise<RawImage> {
  const header = jpegDecoder.readHeader(bytes);
  return toImage(await firstFrame(await jpegDecoder.decode(bytes, header, { atLeast: undefined, frames: "first" })));
}

const WIDTH = 96;
const HEIGHT = 80;
const GRAY = [128, 128, 128, 255];
const photo = (options: Parameters<typeof mozjpegEncode>[1]) =>
  mozjpegEncode(picture(WIDTH, HEIGHT, false), { quality: 85, ...options });
const baseline = await photo({ progressive: false, chroma_subsample: 2 });
const sharp444 = await photo({ progressive: false, chroma_subsample: 1 });
const progressive = await photo({ progressive: true, chroma_subsample: 2 });

const component = { id: 1, across: 1, down: 1, dc: 3 };
const three = [1, 2, 3].map((id) => ({ ...component, id }));
/** Sixteen MCUs, two between restarts, each interval of the same colour. */
const restarts: FlatJpeg = { width: 128, height: 8, components: [component], restartInterval: 2 };

/** Position of the marker `code`, the `skip`-th after the first. */
function markerAt(bytes: Uint8Array, code: number, skip = 0): number {
  let at = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === code);
  for (let left = skip; left > 0; left--)
    at = bytes.findIndex((byte, index) => index > at && byte === 0xff && bytes[index + 1] === code);
  return at;
}

/** Without what comes after a share of the data. */
function cutAt(bytes: Uint8Array, share: number): Uint8Array {
  const start = dataAt(bytes);
  return bytes.slice(0, start + Math.floor((bytes.length - start) * share));
}

/** First byte of the data of the first scan. */
function dataAt(bytes: Uint8Array): number {
  const at = markerAt(bytes, 0xda);
  return at + 2 + (bytes[at + 2] << 8) + bytes[at + 3];
}

const changed = (bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array => {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
};

describe("rule 1: data that ends early", () => {
  const kinds = { baseline, sharp444 };
  const cuts = (["baseline", "sharp444"] as const).flatMap((kind) =>
    [0.2, 0.4, 0.6, 0.8].map((share) => [kind, share] as const),
  );

  it.for(cuts)("shows of %s, cut at %d, what libjpeg shows, and gray", async ([kind, share], { expect }) => {
    const cut = cutAt(kinds[kind], share);
    const image = await decode(cut);
    expect(areEqual(image, await mozjpegDecode(cut))).toBe(true);
    expect(pixelAt(image, WIDTH - 1, HEIGHT - 1)).toEqual(GRAY);
  });

  // libjpeg smooths the edges of blocks of which it has but the mean; from its next scan on it does not.
  it.for([0.2, 0.4, 0.6, 0.8, 0.95])("shows what came of a progressive file, cut at %d", async (share, { expect }) => {
    const cut = cutAt(progressive, share);
    const [ours, theirs] = [await decode(cut), await mozjpegDecode(cut)];
    expect(difference(ours, theirs).mean).toBeLessThan(share > 0.9 ? 1e-9 : 6);
    const near = difference(ours, await decode(progressive)).mean;
    expect(near).toBeLessThan(difference(theirs, await decode(progressive)).mean + 2);
  });

  it("completes the MCU in which data ends with zeros, as libjpeg does", async ({ expect }) => {
    const cut = baseline.slice(0, dataAt(baseline));
    const image = await decode(cut);
    expect(areEqual(image, await mozjpegDecode(cut))).toBe(true);
    expect(pixelAt(image, 16, 16)).toEqual(GRAY);
  });

  it.for([baseline, progressive])("shows all of a file that lacks its end", async (file, { expect }) => {
    expect(areEqual(await decode(file.slice(0, -2)), await decode(file))).toBe(true);
  });
});

describe("rule 2: a code that the table lacks", () => {
  it("is a zero, and data goes on, as in libjpeg", async ({ expect }) => {
    // Of the DC codes of a flat picture 101, 110 and 111 are free; of the AC codes 1.
    const file = flatJpeg({ width: 80, height: 40, components: three });
    const start = dataAt(file);
    for (let at = 0; at < 24; at++)
      for (const value of [0x55, 0xaa, 0xfe, 0x7f]) {
        const damaged = changed(file, start + at, value);
        expect(areEqual(await decode(damaged), await mozjpegDecode(damaged)), `${at} ${value}`).toBe(true);
      }
  });

  it.for([baseline, sharp444])("leaves what came before it as it was", async (file, { expect }) => {
    const start = dataAt(file);
    const whole = await decode(file);
    const damaged = await decode(changed(file, start + Math.floor((file.length - start) * 0.7), 0x13, 0x57, 0x9b));
    const rows = WIDTH * 4 * 32;
    expect(areEqual(damaged, whole)).toBe(false);
    expect(damaged.data.subarray(0, rows)).toEqual(whole.data.subarray(0, rows));
  });
});

describe("rule 3: restart markers", () => {
  const file = flatJpeg(restarts);
  const first = markerAt(file, 0xd0);

  it.for([0, 1, 2, 3, 4, 5, 6, 7])(
    "goes on as libjpeg does where number %i comes first",
    async (number, { expect }) => {
      const damaged = changed(file, first + 1, 0xd0 + number);
      expect(areEqual(await decode(damaged), await mozjpegDecode(damaged))).toBe(true);
    },
  );

  it.for([1, 2, 3, 4])("goes on as libjpeg does where %i of them are lost", async (count, { expect }) => {
    const next = markerAt(file, 0xd0 + count);
    const damaged = Uint8Array.from([...file.subarray(0, first), ...file.subarray(next)]);
    expect(areEqual(await decode(damaged), await mozjpegDecode(damaged))).toBe(true);
  });

  it("makes one interval gray whose data is lost, and shows the rest", async ({ expect }) => {
    const second = markerAt(file, 0xd1);
    const damaged = Uint8Array.from([...file.subarray(0, first + 2), ...file.subarray(second)]);
    const image = await decode(damaged);
    expect(areEqual(image, await mozjpegDecode(damaged))).toBe(true);
    expect([15, 16, 31, 32].map((x) => pixelAt(image, x, 4)[0])).toEqual([176, 128, 128, 176]);
  });

  it("passes over what stands between an interval's end and the marker", async ({ expect }) => {
    const damaged = Uint8Array.from([...file.subarray(0, first), 1, 2, 3, 4, 5, ...file.subarray(first)]);
    expect(areEqual(await decode(damaged), await decode(file))).toBe(true);
    expect(areEqual(await decode(damaged), await mozjpegDecode(damaged))).toBe(true);
  });
});

describe("rule 4: another marker among the data", () => {
  it.for([0xe5, 0xfe, 0xd9])("%i ends the data: the rest is gray, as in libjpeg", async (code, { expect }) => {
    const start = dataAt(baseline);
    const middle = start + ((baseline.length - start) >> 1);
    const damaged = changed(baseline, middle, 0xff, code, 0, 4, 1, 1);
    const image = await decode(damaged);
    expect(pixelAt(image, WIDTH - 1, HEIGHT - 1)).toEqual(GRAY);
    expect(areEqual(image, await mozjpegDecode(damaged))).toBe(true);
  });

  it("is refused where it begins another frame", async ({ expect }) => {
    const start = dataAt(baseline);
    const damaged = changed(baseline, start + 40, 0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0);
    await expect(decode(damaged)).rejects.toMatchObject({ status: 422, code: "decode_failed" });
  });
});

describe("rule 5: scans", () => {
  const separate = flatJpeg({
    width: 40,
    height: 24,
    components: three.map((it, dc) => ({ ...it, dc })),
    separate: true,
  });

  it.for([1, 2])("a component is gray whose scan is missing: %i of three", async (count, { expect }) => {
    const cut = separate.slice(0, markerAt(separate, 0xda, count));
    const whole = Uint8Array.from([...cut, 0xff, 0xd9]);
    const image = await decode(whole);
    expect(areEqual(image, await decode(cut))).toBe(true);
    expect(areEqual(image, await mozjpegDecode(whole))).toBe(true);
  });

  it.for([
    ["that names no component", [0xff, 0xda, 0, 8, 1, 9, 0, 0, 63, 0]],
    ["of an impossible band", [0xff, 0xda, 0, 8, 1, 1, 0, 70, 80, 0]],
    ["without its tables", [0xff, 0xda, 0, 8, 1, 1, 0x33, 1, 63, 0]],
  ] as const)("a later scan %s ends the picture", async ([, header], { expect }) => {
    const at = markerAt(progressive, 0xda, 2);
    const damaged = changed(progressive, at, ...header);
    const before = Uint8Array.from([...progressive.subarray(0, at), 0xff, 0xd9]);
    expect(areEqual(await decode(damaged), await decode(before))).toBe(true);
  });

  it("a first scan that cannot be read is refused", async ({ expect }) => {
    const damaged = changed(baseline, markerAt(baseline, 0xda) + 5, 99);
    await expect(decode(damaged)).rejects.toMatchObject({ status: 422, code: "decode_failed" });
  });

  it("a picture without any scan is refused", async ({ expect }) => {
    const cut = baseline.slice(0, markerAt(baseline, 0xda));
    await expect(decode(cut)).rejects.toMatchObject({ status: 422, code: "decode_failed" });
  });
});

describe("rule 6: tables", () => {
  it("of quantisation must be there", async ({ expect }) => {
    const damaged = changed(baseline, markerAt(baseline, 0xdb) + 1, 0xfe);
    await expect(decode(damaged)).rejects.toMatchObject({ status: 422, code: "decode_failed" });
  });

  it("of Huffman codes that are no prefix code are refused", async ({ expect }) => {
    const damaged = changed(baseline, markerAt(baseline, 0xc4) + 5, 3, 3);
    await expect(decode(damaged)).rejects.toMatchObject({ status: 422, code: "decode_failed" });
  });

  it("of Huffman codes that are missing are those of T.81 annex K.3, as of motion JPEG", async ({ expect }) => {
    const file = flatJpeg({ width: 16, height: 8, components: [component] });
    // In those tables 100 is a difference of three bits, here 4; 1010 ends a block; 00 is no difference.
    const data = [0b10010010, 0b10001010];
    const without = Uint8Array.from([
      ...file.subarray(0, markerAt(file, 0xc4)),
      ...file.subarray(markerAt(file, 0xda), dataAt(file)),
      ...data,
      ...[0xff, 0xd9],
    ]);
    const image = await decode(without);
    expect([pixelAt(image, 0, 0), pixelAt(image, 15, 7)]).toEqual([
      [192, 192, 192, 255],
      [192, 192, 192, 255],
    ]);
  });
});
