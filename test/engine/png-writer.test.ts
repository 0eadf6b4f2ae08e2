import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createPngWriter, type PngRows } from "../../src/engine/png-writer.ts";
import type { RawImage } from "../../src/transform/image.ts";
import { createRandom, noise } from "../support/pictures.ts";
import { filterRow } from "../support/png.ts";
import { picture } from "../support/webp.ts";

const CHANNELS = { 0: [0], 2: [0, 1, 2], 4: [0, 3], 6: [0, 1, 2, 3] } as const;
type Direct = keyof typeof CHANNELS;

const TYPES: readonly Direct[] = [0, 2, 4, 6];
const PICTURES = {
  smooth: picture,
  noisy: (width: number, height: number) => noise({ width, height }, createRandom(8)),
};
const cases = TYPES.flatMap((type) => (["smooth", "noisy"] as const).map((kind) => [type, kind] as const));

function filtered(image: RawImage, rows: PngRows): Uint8Array {
  const writer = createPngWriter(image.width, image.height);
  writer.put(image.data, 0);
  writer.use(rows);
  return writer.filter(0, image.height).slice();
}

const direct = (colourType: Direct, isFiltered: boolean): PngRows => ({
  ...{ colourType, depth: 8, filtered: isFiltered, places: undefined },
});

/** Rows of samples, as a colour type holds them. */
function plainRows({ width, height, data }: RawImage, type: Direct): Uint8Array[] {
  return Array.from({ length: height }, (_, y) =>
    Uint8Array.from(
      { length: width * CHANNELS[type].length },
      (_, index) =>
        data[
          (y * width + Math.floor(index / CHANNELS[type].length)) * 4 + CHANNELS[type][index % CHANNELS[type].length]
        ],
    ),
  );
}

/** Sum of absolute differences, which are signed bytes (PNG 3rd edition §12.7). */
const cost = ([, ...bytes]: readonly number[]): number =>
  bytes.reduce((sum, byte) => sum + Math.min(byte, 256 - byte), 0);

describe("filter()", () => {
  it.for(cases)("gives the rows of the definitions: type %i, %s", ([type, kind]) => {
    for (const width of [1, 2, 3, 5, 8, 15, 16, 17, 33, 64]) {
      const image = PICTURES[kind](width, 9, true);
      const rows = plainRows(image, type);
      const bytes = filtered(image, direct(type, true));
      expect(bytes.length).toBe(9 * (rows[0].length + 1));
      rows.forEach((row, y) => {
        const written = [...bytes.subarray(y * (row.length + 1), (y + 1) * (row.length + 1))];
        const prior = rows[y - 1] ?? new Uint8Array(row.length);
        const all = [0, 1, 2, 3, 4].map((filter) => filterRow(filter, row, prior, CHANNELS[type].length));
        expect(written).toEqual(all[written[0]]);
        // Sixteen bytes are looked at at once, and what stands behind a row may decide.
        if (row.length % 16 === 0) expect(cost(written)).toBe(Math.min(...all.map(cost)));
      });
    }
  });

  it.for(TYPES)("leaves rows as they are where no filter is wanted: type %i", (type) => {
    const image = PICTURES.noisy(21, 7);
    const rows = plainRows(image, type).flatMap((row) => [0, ...row]);
    expect([...filtered(image, direct(type, false))]).toEqual(rows);
  });

  it.for([
    [1, 2],
    [2, 4],
    [4, 16],
    [8, 256],
  ] as const)("packs places of %i bits, the first highest", ([depth, count]) => {
    const width = 37;
    const colourOf = (x: number, y: number) => (x * 7 + y * 11) % count;
    const data = Uint8Array.from({ length: width * 8 * 4 }, (_, at) => {
      const [x, y] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
      return [colourOf(x, y), 255 - colourOf(x, y), 9, 255][at % 4];
    });
    const writer = createPngWriter(width, 8);
    writer.put(data, 0);
    const { colours } = writer.scan();
    const places = Uint8Array.from({ length: 256 }, (_, index) => colours?.[index * 4] ?? 0);
    writer.use({ colourType: 3, depth, filtered: false, places });
    const bits = Array.from({ length: 8 }, (_, y) =>
      Array.from({ length: width }, (_, x) => colourOf(x, y).toString(2).padStart(depth, "0")).join(""),
    );
    const rows = bits.flatMap((row) => [
      0,
      ...(row.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)),
    ]);
    expect([...writer.filter(0, 8)]).toEqual(rows);
  });
});

describe("deflate()", () => {
  const pictures: Readonly<Record<string, RawImage>> = {
    smooth: picture(700, 300, false),
    noisy: PICTURES.noisy(300, 200),
    plain: { width: 600, height: 500, data: new Uint8Array(600 * 500 * 4).fill(7) },
    small: picture(1, 1, false),
  };

  it.for(Object.keys(pictures))("gives a stream that zlib reads, hardly longer than its own of runs: %s", (name) => {
    const image = pictures[name];
    const writer = createPngWriter(image.width, image.height);
    writer.put(image.data, 0);
    writer.use(direct(6, true));
    const [rows, pieces]: [number[], number[]] = [[], []];
    for (let top = 0; top < image.height; top += writer.chunkRows) {
      const count = Math.min(writer.chunkRows, image.height - top);
      for (const byte of writer.filter(top, count)) rows.push(byte);
      for (const byte of writer.deflate(top === 0, top + count === image.height)) pieces.push(byte);
    }
    const [filteredRows, stream] = [Uint8Array.from(rows), Uint8Array.from(pieces)];
    expect(Buffer.compare(inflateSync(stream), filteredRows)).toBe(0);
    const runsOnly = 3;
    expect(stream.length).toBeLessThan(deflateSync(filteredRows, { level: 6, strategy: runsOnly }).length * 1.05 + 600);
  });
});
