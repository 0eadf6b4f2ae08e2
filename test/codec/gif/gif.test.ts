import { expect, it } from "vitest";
import { gifDecoder } from "../../../src/codec/gif/gif.ts";
import { HttpError } from "../../../src/error.ts";
import { toImage } from "../../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../../support/compare.ts";
import { type CorpusFile, corpusFiles, hasCorpus, readCorpus } from "../../support/corpus.ts";
import { decodeAll } from "../../support/frames.ts";
import { GIF_COLOURS, gif, gifControl, gifImage, gifLoop } from "../../support/gif.ts";
import { mutants, unexpectedFailure } from "../../support/mutants.ts";
import { quickest } from "../../support/quickest.ts";

const LETTERS = ["K", "R", "G", "B", "W", "g", "Y", "C"];

/** Frames as text, a letter a pixel and "." where transparent, rows and frames apart by blanks. */
async function shown(bytes: Uint8Array): Promise<string[]> {
  const { frames } = await decodeAll(gifDecoder, bytes);
  return frames.map(({ width, data }) =>
    Array.from({ length: data.length / 4 }, (_, i) => {
      const [r, g, b, a] = data.subarray(i * 4, i * 4 + 4);
      const index = GIF_COLOURS.findIndex(
        (_, at) => at % 3 === 0 && GIF_COLOURS[at] === r && GIF_COLOURS[at + 1] === g && GIF_COLOURS[at + 2] === b,
      );
      return (i > 0 && i % width === 0 ? " " : "") + (a === 0 ? "." : LETTERS[index / 3]);
    }).join(""),
  );
}

const WHOLE = gifImage(0, 0, 2, 2, [1, 2, 3, 4]);
const DOT = gifImage(1, 1, 1, 1, [5]);

it.for([
  ["one frame", gif(2, 2, [WHOLE]), ["RG BW"]],
  [
    "an interlaced frame",
    gif(1, 9, [gifImage(0, 0, 1, 9, [0, 7, 4, 2, 6, 1, 3, 5, 7], { interlaced: true })]),
    ["K R G B W g Y C C"],
  ],
  ["a local table", gif(2, 1, [gifImage(0, 0, 2, 1, [1, 2], { colours: [...GIF_COLOURS].reverse() })]), ["Cg"]],
  ["no table at all", gif(2, 1, [gifImage(0, 0, 2, 1, [0, 1])], 0x70), ["KW"]],
  ["a transparent colour", gif(2, 2, [gifControl(0, 0, 2), WHOLE]), ["R. BW"]],
  ["an uncovered part and no transparency", gif(3, 2, [WHOLE]), ["RGK BWK"]],
  ["an uncovered part and transparency", gif(3, 2, [gifControl(0, 0, 7), WHOLE]), ["RG. BW."]],
  ["a frame that stays", gif(2, 2, [WHOLE, DOT]), ["RG BW", "RG Bg"]],
  ["disposal to a background colour", gif(2, 2, [gifControl(2, 0), WHOLE, DOT], 0xf2, 6), ["RG BW", "YY Yg"]],
  ["disposal to transparency", gif(2, 2, [gifControl(2, 0, 7), WHOLE, DOT]), ["RG BW", ".. .g"]],
  [
    "disposal to what was before",
    gif(2, 2, [WHOLE, gifControl(3, 0), DOT, gifImage(0, 0, 1, 1, [7])]),
    ["RG BW", "RG Bg", "CG BW"],
  ],
  [
    "disposal 4 as 3",
    gif(2, 2, [WHOLE, gifControl(4, 0), DOT, gifImage(0, 0, 1, 1, [7])]),
    ["RG BW", "RG Bg", "CG BW"],
  ],
  [
    "a later frame that reaches beyond",
    gif(2, 2, [WHOLE, gifImage(1, 0, 3, 3, [5, 6, 6, 7, 6, 6, 6, 6, 6])]),
    ["RG BW", "Rg BC"],
  ],
  ["a later frame outside", gif(2, 2, [WHOLE, gifImage(9, 9, 1, 1, [5])]), ["RG BW", "RG BW"]],
  ["a first frame that reaches beyond", gif(1, 1, [WHOLE]), ["RG BW"]],
  ["a screen of 0 × 0", gif(0, 0, [WHOLE, gifImage(1, 1, 2, 2, [5, 5, 5, 5])]), ["RG BW", "RG Bg"]],
  ["a frame without area", gif(2, 2, [WHOLE, gifImage(0, 0, 0, 2, [])]), ["RG BW", "RG BW"]],
  ["junk between blocks", gif(2, 2, [[0, 0, 7], WHOLE, [0, 99], DOT, [1]]), ["RG BW", "RG Bg"]],
  ["no trailer", gif(2, 2, [WHOLE]).subarray(0, -1), ["RG BW"]],
  ["pixels too few", gif(2, 2, [gifImage(0, 0, 2, 2, [1, 2, 3])]), ["RG BK"]],
  ["pixels too many", gif(2, 2, [gifImage(0, 0, 2, 2, [1, 2, 3, 4, 5, 6])]), ["RG BW"]],
  ["a cut second descriptor", gif(2, 2, [WHOLE, DOT.slice(0, 8)]).subarray(0, -1), ["RG BW"]],
  ["frames after the trailer", gif(2, 2, [WHOLE, [0x3b], DOT]), ["RG BW"]],
  ["a comment that looks like an image", gif(2, 2, [[0x21, 0xfe, 12, ...DOT.slice(0, 12), 0], WHOLE]), ["RG BW"]],
] as const)("decode() shows %s", async ([, bytes, expected]) => {
  expect(await shown(bytes)).toEqual(expected);
});

it("readHeader() tells size, frames, transparency and interlacing", () => {
  const interlaced = gifImage(0, 0, 2, 2, [1, 2, 3, 4], { interlaced: true });
  expect(gifDecoder.readHeader(gif(3, 2, [interlaced, gifControl(1, 5, 0), DOT]))).toEqual({
    ...{ format: "gif", width: 3, height: 2, orientation: 1, frameCount: 2 },
    ...{ alpha: true, colour: "palette", depth: 8, progressive: true },
  });
});

it.for([
  ["no extension", [], undefined],
  ["0 repetitions: for ever", [gifLoop(0)], 0],
  ["1 repetition: twice", [gifLoop(1)], 2],
  ["65535 repetitions", [gifLoop(65535)], 65536],
] as const)("decode() counts showings when there are %s", async ([, blocks, loop]) => {
  const { picture } = await decodeAll(gifDecoder, gif(2, 2, [...blocks, WHOLE, DOT]));
  expect(picture.loop).toBe(loop);
});

it("decode() gives delays in milliseconds, 100 where none is stored", async () => {
  const bytes = gif(2, 2, [gifControl(0, 7), WHOLE, DOT, gifControl(0, 0), DOT, gifControl(0, 65535), DOT]);
  expect((await decodeAll(gifDecoder, bytes)).frames.map(({ delayMs }) => delayMs)).toEqual([70, 100, 0, 655350]);
});

it("decode() gives a still when the first frame is enough", async () => {
  const bytes = gif(2, 2, [gifLoop(0), gifControl(0, 7), WHOLE, DOT]);
  const picture = await gifDecoder.decode(bytes, gifDecoder.readHeader(bytes), { atLeast: undefined, frames: "first" });
  const delays = [];
  for await (const { delayMs } of picture.frames()) delays.push(delayMs);
  expect({ ...picture, delays }).toMatchObject({ frameCount: 1, loop: undefined, delays: [0] });
});

it.for([
  ["text", new TextEncoder().encode("GIF is a format"), "decode_failed"],
  ["a cut header", gif(2, 2, [WHOLE]).subarray(0, 12), "decode_failed"],
  ["no image", gif(2, 2, []), "decode_failed"],
  ["no area", gif(0, 0, [gifImage(0, 0, 0, 0, [])]), "decode_failed"],
  ["too large a screen", gif(65535, 65535, [WHOLE]), "image_too_large"],
  ["too large a first frame", gif(1, 1, [[...gifImage(0, 0, 65535, 65535, [1])]]), "image_too_large"],
] as const)("readHeader() refuses %s", ([, bytes, code]) => {
  expect(() => gifDecoder.readHeader(bytes)).toThrow(expect.objectContaining({ status: 422, code }));
});

it("decode() refuses a first frame without a pixel", async () => {
  const bytes = gif(2, 2, [[...WHOLE.slice(0, 10), 3, 1, 0xff, 0]]);
  await expect(decodeAll(gifDecoder, bytes)).rejects.toThrow("holds no pixel");
});

it("decode() refuses a header of another file", async () => {
  const header = gifDecoder.readHeader(gif(3, 3, [WHOLE]));
  const decoding = gifDecoder.decode(gif(2, 2, [WHOLE]), header, { atLeast: undefined, frames: "all" });
  await expect(decoding).rejects.toThrow("differs from its header");
});

it("decode() spends no time on what lies far outside of the screen", async () => {
  // A clear code and then only codes that make the longest strings: 65,535 × 60,000 pixels in half a megabyte.
  const huge = [
    0x2c,
    0,
    0,
    0,
    0,
    0xff,
    0xff,
    0x60,
    0xea,
    0,
    8,
    ...Array.from({ length: 2000 }, () => [255, ...new Array(255).fill(0)]).flat(),
    0,
  ];
  const file = gif(2, 2, [WHOLE, ...new Array(20).fill(huge)]);
  expect(await quickest(2000, () => decodeAll(gifDecoder, file))).toBeLessThan(2000);
});

const SEEDS = [
  gif(4, 4, [gifLoop(3), gifControl(2, 5, 0), WHOLE, gifControl(3, 5), DOT, WHOLE]),
  gif(9, 9, [
    gifImage(
      0,
      0,
      9,
      9,
      Array.from({ length: 81 }, (_, i) => i % 8),
      { interlaced: true, colours: GIF_COLOURS },
    ),
  ]),
];

it("readHeader() throws nothing but HttpError on 12,000 damaged files, and is fast", async () => {
  for (const bytes of mutants(SEEDS, 12_000, 1)) {
    expect(await unexpectedFailure(() => gifDecoder.readHeader(bytes))).toBeUndefined();
    expect(await quickest(50, () => unexpectedFailure(() => gifDecoder.readHeader(bytes)))).toBeLessThan(50);
  }
});

it("decode() throws nothing but HttpError on damaged files, and repeats itself", async () => {
  for (const bytes of mutants(SEEDS, 600, 2)) {
    const decode = async () => {
      const { width, height } = gifDecoder.readHeader(bytes);
      return width * height > 10_000 ? [] : (await decodeAll(gifDecoder, bytes)).frames;
    };
    const failure = await unexpectedFailure(async () => expect(await decode()).toEqual(await decode()));
    expect(failure).toBeUndefined();
  }
});

const isOne = ({ format }: CorpusFile) => format === "gif";
/** Files whose only data block ends without an end code: libnsgif, which made the references, drops the last pixel. */
const LAST_PIXEL_LOST = ["pygif--no-eoi.gif", "pygif--no-clear-and-eoi.gif"];

it.skipIf(!hasCorpus).for(await corpusFiles((file) => isOne(file) && file.expected.startsWith("decode")))(
  "decode() agrees with the reference on $file",
  async (file) => {
    if (LAST_PIXEL_LOST.some((name) => file.file.endsWith(name))) return;
    const bytes = await readCorpus(file.file);
    const failure = await unexpectedFailure(() => decodeAll(gifDecoder, bytes));
    expect(failure).toBeUndefined();
    if (file.expected === "decode" || (await isReadable(bytes))) await compare(file, bytes);
  },
);

const isReadable = async (bytes: Uint8Array): Promise<boolean> => {
  try {
    return (await decodeAll(gifDecoder, bytes)).frames.length > 0;
  } catch {
    return false;
  }
};

async function compare(file: CorpusFile, bytes: Uint8Array): Promise<void> {
  const header = gifDecoder.readHeader(bytes);
  const picture = await gifDecoder.decode(bytes, header, { atLeast: undefined, frames: "all" });
  expect(header).toMatchObject({ width: file.width, height: file.height });
  if (file.frames !== undefined) expect(header.frameCount).toBe(file.frames);
  if (file.loop !== undefined) expect(picture.loop ?? 1).toBe(file.loop);
  const delays: number[] = [];
  for await (const { raster, delayMs } of picture.frames()) {
    delays.push(delayMs);
    const isLast = delays.length === picture.frameCount;
    const { ref_rgb, ref_grid = 1, last_frame_ref_rgb, last_frame_ref_grid = 1, tolerance = 2 } = file;
    if (delays.length === 1 && ref_rgb)
      expect(meanDifference(gridMeans(await toImage(raster), ref_grid), ref_rgb)).toBeLessThanOrEqual(tolerance);
    if (isLast && last_frame_ref_rgb)
      expect(
        meanDifference(gridMeans(await toImage(raster), last_frame_ref_grid), last_frame_ref_rgb),
      ).toBeLessThanOrEqual(tolerance);
  }
  // The manifest keeps the delays of the first frames only.
  expect(delays.slice(0, file.delays?.length ?? 0)).toEqual(file.delays ?? []);
}

it.skipIf(!hasCorpus).for(await corpusFiles((file) => isOne(file) && !file.expected.startsWith("decode")))(
  "decode() refuses $file",
  async (file) => {
    const bytes = await readCorpus(file.file);
    await expect((async () => decodeAll(gifDecoder, bytes))()).rejects.toThrow(HttpError);
  },
);
