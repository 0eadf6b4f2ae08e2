import { describe, it } from "vitest";
import { readJpegHeader } from "../../../src/codec/jpeg/header.ts";
import { readJpegProfile } from "../../../src/codec/jpeg/profile.ts";
import { type FlatComponent, flatJpeg, segment } from "../../support/jpeg.ts";
import { unexpectedFailure } from "../../support/mutants.ts";
import { mutate, random } from "../../support/mutate.ts";
import { quickest } from "../../support/quickest.ts";

const text = (value: string): number[] => [...value].map((character) => character.charCodeAt(0));
const parts = (ids: readonly number[], across = 1, down = 1): FlatComponent[] =>
  ids.map((id, index) => ({ id, dc: 1, ...(index === 0 ? { across, down } : { across: 1, down: 1 }) }));
const adobe = (transform: number): number[] => segment(0xee, [...text("Adobe"), 0, 100, 0, 0, 0, 0, transform]);
const jfif = segment(0xe0, [...text("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
const exif = segment(0xe1, [...text("Exif\0\0MM"), 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
const size = { width: 20, height: 11 };

describe("readJpegHeader()", () => {
  it("reads size, sampling and orientation", ({ expect }) => {
    const header = readJpegHeader(flatJpeg({ ...size, components: parts([1, 2, 3], 2, 2), extra: [exif] }));
    expect(header).toMatchObject({ ...size, format: "jpg", orientation: 6, frameCount: 1, alpha: false, depth: 8 });
    expect(header).toMatchObject({ colour: "yuv", progressive: false, frame: { multiScan: false } });
    expect(header.frame.components[0]).toMatchObject({ across: 2, down: 2 });
  });

  it.for([
    ["gray of one component", [1], [], "gray"],
    ["gray of two components", [1, 2], [], "gray"],
    ["yuv by ids", [1, 2, 3], [], "yuv"],
    ["yuv where nothing says otherwise", [0, 1, 2], [], "yuv"],
    ["rgb by ids", [82, 71, 66], [], "rgb"],
    ["rgb by Adobe", [1, 2, 3], [adobe(0)], "rgb"],
    ["yuv by Adobe", [82, 71, 66], [adobe(1)], "yuv"],
    ["yuv by JFIF before Adobe", [1, 2, 3], [jfif, adobe(0)], "yuv"],
    ["cmyk without Adobe", [1, 2, 3, 4], [], "cmyk"],
    ["cmyk by Adobe", [1, 2, 3, 4], [adobe(0)], "cmyk"],
    ["ycck by Adobe", [1, 2, 3, 4], [adobe(2)], "ycck"],
  ] as const)("finds %s", ([, ids, extra, colour], { expect }) => {
    expect(readJpegHeader(flatJpeg({ ...size, components: parts(ids), extra })).colour).toBe(colour);
  });

  it("reads the number of rows from DNL where the frame header has none", ({ expect }) => {
    const file = flatJpeg({ ...size, components: parts([1, 2, 3]), lineCountLast: true, restartInterval: 1 });
    expect(readJpegHeader(file)).toMatchObject(size);
  });

  it("counts scans", ({ expect }) => {
    const file = flatJpeg({ ...size, components: parts([1, 2, 3]), separate: true });
    const scan = segment(0xda, [1, 1, 0, 0, 63, 0]);
    const more = (count: number) => Uint8Array.from([...file.subarray(0, -2), ...new Array(count).fill(scan).flat()]);
    expect([0, 61, 300].map((count) => readJpegHeader(more(count)).scanCount)).toEqual([3, 64, 303]);
    expect(readJpegHeader(flatJpeg({ ...size, components: parts([1, 2, 3]) })).scanCount).toBe(1);
  });

  const sof = (marker: number, depth: number, ...rest: number[]) =>
    Uint8Array.from([
      0xff,
      0xd8,
      ...segment(marker, [depth, 0, 8, 0, 8, ...rest]),
      ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ]);
  it.for([
    ["nothing", new Uint8Array(), 422],
    ["no SOI", Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 422],
    ["no frame", Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), 422],
    ["no scan", flatJpeg({ ...size, components: parts([1]) }).subarray(0, 92), 422],
    ["no rows and no DNL", flatJpeg({ width: 8, height: 0, components: parts([1]) }), 422],
    ["no columns", flatJpeg({ width: 0, height: 8, components: parts([1]) }), 422],
    ["no components", sof(0xc0, 8, 0), 422],
    ["a sampling factor of 0", flatJpeg({ ...size, components: parts([1, 2], 0) }), 422],
    ["a sampling factor of 5", flatJpeg({ ...size, components: parts([1, 2], 5) }), 422],
    ["an MCU of more than 10 blocks", flatJpeg({ ...size, components: parts([1, 2, 3], 3, 3) }), 422],
    ["a quantisation id of 4", sof(0xc0, 8, 1, 1, 0x11, 4), 422],
    ["a missing quantisation table", sof(0xc0, 8, 1, 1, 0x11, 1), 422],
    ["five components", sof(0xc0, 8, 5, ...[1, 2, 3, 4, 5].flatMap((id) => [id, 0x11, 0])), 415],
    ["12 bits", sof(0xc1, 12, 1, 1, 0x11, 0), 415],
    ["lossless coding", sof(0xc3, 8, 1, 1, 0x11, 0), 415],
    ["hierarchical coding", sof(0xc5, 8, 1, 1, 0x11, 0), 415],
    ["arithmetic coding, hierarchical", sof(0xcd, 8, 1, 1, 0x11, 0), 415],
    ["arithmetic coding, lossless", sof(0xcb, 8, 1, 1, 0x11, 0), 415],
  ] as const)("refuses a file with %s", ([, file, status], { expect }) => {
    expect(() => readJpegHeader(file)).toThrow(expect.objectContaining({ name: "HttpError", status }));
  });

  it("throws nothing but HttpError, and soon, on 12,000 mutated files", async ({ expect }) => {
    const next = random(7);
    const seeds = [
      flatJpeg({ ...size, components: parts([1, 2, 3], 2, 2), extra: [jfif, exif, adobe(1)], restartInterval: 1 }),
      flatJpeg({ ...size, components: parts([1, 2, 3, 4]), extra: [adobe(2)], separate: true }),
      flatJpeg({ ...size, components: parts([1]), lineCountLast: true, wideQuant: true }),
    ];
    for (let round = 0; round < 12_000; round++) {
      const file = mutate(seeds[round % seeds.length], next);
      const attempt = () => unexpectedFailure(() => readJpegHeader(file));
      expect(await attempt(), `round ${round}`).toBeUndefined();
      expect(await quickest(50, attempt), `round ${round}`).toBeLessThan(50);
    }
  });

  it.for([
    ["0xFF", () => 0xff],
    ["stuffed", (index: number) => (index & 1 ? 0 : 0xff)],
    ["restart markers", (index: number) => (index & 1 ? 0xd3 : 0xff)],
    ["restart markers here and there", (index: number) => [0xff, 0xd3, 9, 9, 9, 9, 9, 9, 9][index % 9]],
  ] as const)("stays fast on 4 MB of %s", ([, byteAt], { expect }) => {
    const tail = new Uint8Array(4_000_000).map((_, index) => byteAt(index));
    const head = flatJpeg({ ...size, components: parts([1, 2]), separate: true });
    const file = new Uint8Array(head.length + tail.length);
    file.set(head.subarray(0, -2));
    file.set(tail, head.length - 2);
    expect(readJpegHeader(file)).toMatchObject(size);
  });

  it.for([
    ["empty segments", (index: number) => [0xff, 0xe5, 0, 2][index & 3]],
    ["starts", (index: number) => (index & 1 ? 0xd8 : 0xff)],
  ] as const)("refuses 4 MB of %s", ([, byteAt], { expect }) => {
    const file = new Uint8Array(4_000_000).map((_, index) => (index < 2 ? 0xff - index * 0x27 : byteAt(index)));
    expect(() => readJpegHeader(file)).toThrow(expect.objectContaining({ status: 422 }));
  });
});

describe("readJpegProfile()", () => {
  const chunk = (number: number, total: number, ...data: number[]) =>
    segment(0xe2, [...text("ICC_PROFILE\0"), number, total, ...data]);
  const file = (...extra: number[][]) => flatJpeg({ ...size, components: parts([1]), extra });

  it("joins chunks in the order of their numbers", ({ expect }) => {
    expect(readJpegProfile(file(chunk(2, 2, 3), chunk(1, 2, 1, 2)))).toEqual(Uint8Array.of(1, 2, 3));
  });

  it.for([
    ["there is none", file()],
    ["a chunk is missing", file(chunk(1, 2, 1))],
    ["a chunk comes twice", file(chunk(1, 2, 1), chunk(1, 2, 1), chunk(2, 2, 1))],
    ["it is empty", file(chunk(1, 1))],
  ] as const)("is absent where %s", ([, bytes], { expect }) => {
    expect(readJpegProfile(bytes)).toBeUndefined();
  });
});
