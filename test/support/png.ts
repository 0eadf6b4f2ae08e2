import { crc32, deflateSync } from "node:zlib";
import type { ColourType } from "../../src/codec/png/header.ts";
import { ADAM7, passSize } from "../../src/engine/adam7.ts";
import type { Size } from "../../src/transform/image.ts";

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

export interface Fixture extends Size {
  readonly colourType: ColourType;
  readonly depth: number;
  readonly interlaced?: boolean;
  /** The sample of a channel at x, y; by default noise. */
  readonly sample?: (x: number, y: number, channel: number) => number;
  /** Chunks between IHDR and IDAT. */
  readonly before?: readonly Uint8Array[];
  /** Changes the inflated rows, or the compressed ones. */
  readonly changeRows?: (rows: Uint8Array) => Uint8Array;
  readonly changeData?: (data: Uint8Array) => Uint8Array;
  /** Of zlib; 0 leaves the rows as they are. */
  readonly level?: number;
}

/** Deterministic noise with structure: gradients and jumps, so that every filter has something to predict. */
export function noise({ depth }: Fixture): (x: number, y: number, channel: number) => number {
  const range = 2 ** depth;
  return (x, y, channel) =>
    ((x * 7 + y * 13 + channel * 5 + ((x * y * 31) ^ (y << 3))) * (depth === 16 ? 251 : 1)) % range;
}

/** A PNG made by the book: the plain version of what the engine does, filters in turn row by row. */
export function makePng(fixture: Fixture): Uint8Array {
  const rows = fixture.interlaced
    ? ADAM7.flatMap((pass) => {
        const { width, height } = passSize(fixture, pass);
        const at = (index: number, start: number, by: number) => start + index * by;
        return packRows(fixture, { width, height }, (x, y) => [
          at(x, pass.left, pass.across),
          at(y, pass.top, pass.down),
        ]);
      })
    : packRows(fixture, fixture, (x, y) => [x, y]);
  const data = deflateSync((fixture.changeRows ?? ((bytes) => bytes))(new Uint8Array(rows)), {
    level: fixture.level ?? 6,
  });
  return joinChunks([
    ihdr(fixture),
    ...(fixture.before ?? []),
    chunk("IDAT", (fixture.changeData ?? ((bytes) => bytes))(data)),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Transparent black: four bytes of memory a pixel, hardly any in the file, and it must be held whole. */
export function interlacedPng(width: number, height: number): Uint8Array {
  const data = deflateSync(new Uint8Array(width * height * 4 + 16 * height));
  const shape = { width, height, depth: 8, colourType: 6, interlaced: true } as const;
  return joinChunks([ihdr(shape), chunk("IDAT", data), chunk("IEND", new Uint8Array())]);
}

export function ihdr({ width, height, depth, colourType, interlaced }: Fixture): Uint8Array {
  const view = new DataView(new ArrayBuffer(13));
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, depth);
  view.setUint8(9, colourType);
  view.setUint8(12, interlaced ? 1 : 0);
  return chunk("IHDR", new Uint8Array(view.buffer));
}

export function chunk(type: string, contents: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(contents.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, contents.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(contents, 8);
  view.setUint32(contents.length + 8, crc32(bytes.subarray(4, contents.length + 8)));
  return bytes;
}

export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const parts = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), ...chunks];
  return new Uint8Array(parts.flatMap((part) => Array.from(part)));
}

/** Bytes of all rows of a picture or a pass; `place` maps a pixel of the pass to one of the picture. */
function packRows(fixture: Fixture, size: Size, place: (x: number, y: number) => [number, number]): number[] {
  if (size.width === 0) return [];
  const { colourType, depth } = fixture;
  const channels = CHANNELS[colourType];
  const sample = fixture.sample ?? noise(fixture);
  const rowBytes = Math.ceil((size.width * channels * depth) / 8);
  const step = Math.max(1, (channels * depth) >> 3);
  const result: number[] = [];
  let prior = new Uint8Array(rowBytes);
  for (let y = 0; y < size.height; y++) {
    const row = new Uint8Array(rowBytes);
    for (let x = 0; x < size.width; x++)
      for (let channel = 0; channel < channels; channel++)
        putSample(row, x * channels + channel, depth, sample(...place(x, y), channel));
    result.push(...filterRow((y + (fixture.interlaced ? 3 : 0)) % 5, row, prior, step));
    prior = row;
  }
  return result;
}

function putSample(row: Uint8Array, index: number, depth: number, value: number): void {
  if (depth === 16) {
    row[index * 2] = value >> 8;
    row[index * 2 + 1] = value;
    return;
  }
  const bit = index * depth;
  row[bit >> 3] |= value << (8 - depth - (bit & 7));
}

/** `row` behind its filter type, by the definitions (PNG 3rd edition §9). */
export function filterRow(filter: number, row: Uint8Array, prior: Uint8Array, step: number): number[] {
  const bytes = Array.from(row, (value, index) => {
    const a = index < step ? 0 : row[index - step];
    const b = prior[index];
    const c = index < step ? 0 : prior[index - step];
    return (value - [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter]) & 255;
  });
  return [filter, ...bytes];
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [b - c, a - c, a + b - 2 * c].map(Math.abs);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
