import { inflateSync } from "node:zlib";

/** One point of an outline; a point off the curve bends the line between its neighbours (TrueType quadratics). */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

export type Contour = readonly Point[];

export interface Font {
  readonly unitsPerEm: number;
  readonly capHeight: number;
  /** Glyph numbers by code point. */
  readonly characters: ReadonlyMap<number, number>;
  advance(glyph: number): number;
  contours(glyph: number): readonly Contour[];
}

/** A font in a WOFF 1.0 file with TrueType outlines (W3C WOFF §4–5; OpenType: head, hhea, hmtx, OS/2, cmap, loca, glyf). */
export function readFont(file: Uint8Array): Font {
  const tables = readTables(file);
  const table = (tag: string): DataView => {
    const found = tables.get(tag);
    if (!found) throw new Error(`Cannot read the font: it has no table ${tag}`);
    return found;
  };
  const head = table("head");
  const metrics = { count: table("hhea").getUint16(34), table: table("hmtx") };
  const outlines = { glyf: table("glyf"), loca: table("loca"), long: head.getInt16(50) === 1 };
  return {
    unitsPerEm: head.getUint16(18),
    capHeight: table("OS/2").getInt16(88),
    characters: readCharacters(table("cmap")),
    advance: (glyph) => metrics.table.getUint16(Math.min(glyph, metrics.count - 1) * 4),
    contours: (glyph) => readGlyph(outlines, glyph),
  };
}

function readTables(file: Uint8Array): ReadonlyMap<string, DataView> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, DataView>();
  for (let index = 0; index < view.getUint16(12); index++) {
    const entry = 44 + index * 20;
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
    const [offset, packed, size] = [4, 8, 12].map((field) => view.getUint32(entry + field));
    const stored = file.subarray(offset, offset + packed);
    const bytes = packed < size ? inflateSync(stored) : stored;
    tables.set(tag, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
  return tables;
}

/** The Windows table of the Basic Multilingual Plane: platform 3, encoding 1, format 4. */
function readCharacters(cmap: DataView): ReadonlyMap<number, number> {
  const entries = Array.from({ length: cmap.getUint16(2) }, (_, index) => 4 + index * 8);
  const entry = entries.find((at) => cmap.getUint16(at) === 3 && cmap.getUint16(at + 2) === 1);
  if (entry === undefined) throw new Error("Cannot read the font: it has no Unicode BMP character map");
  const start = cmap.getUint32(entry + 4);
  const segments = cmap.getUint16(start + 6) / 2;
  const characters = new Map<number, number>();
  for (let segment = 0; segment < segments; segment++) {
    const endAt = start + 14 + segment * 2;
    const firstAt = endAt + 2 + segments * 2;
    const rangeAt = firstAt + segments * 4;
    const [delta, range] = [cmap.getUint16(firstAt + segments * 2), cmap.getUint16(rangeAt)];
    const first = cmap.getUint16(firstAt);
    for (let code = first; code <= cmap.getUint16(endAt) && code < 0xffff; code++) {
      const listed = range === 0 ? code : cmap.getUint16(rangeAt + range + (code - first) * 2);
      if (listed !== 0) characters.set(code, (listed + delta) & 0xffff);
    }
  }
  return characters;
}

interface Outlines {
  readonly glyf: DataView;
  readonly loca: DataView;
  readonly long: boolean;
}

function readGlyph(outlines: Outlines, glyph: number): readonly Contour[] {
  const { glyf, loca, long } = outlines;
  const offset = (index: number) => (long ? loca.getUint32(index * 4) : loca.getUint16(index * 2) * 2);
  const start = offset(glyph);
  if (start === offset(glyph + 1)) return [];
  const count = glyf.getInt16(start);
  return count < 0 ? readParts(outlines, start + 10) : readSimple(glyf, start + 10, count);
}

const ON_CURVE = 1;
const REPEAT = 8;
const X = { short: 2, same: 16 };
const Y = { short: 4, same: 32 };

function readSimple(glyf: DataView, start: number, count: number): readonly Contour[] {
  const ends = Array.from({ length: count }, (_, index) => glyf.getUint16(start + index * 2) + 1);
  let at = start + count * 2;
  at += 2 + glyf.getUint16(at);
  const flags: number[] = [];
  while (flags.length < ends[count - 1]) {
    const flag = glyf.getUint8(at++);
    const times = flag & REPEAT ? glyf.getUint8(at++) + 1 : 1;
    for (let time = 0; time < times; time++) flags.push(flag);
  }
  const readStep = (flag: number, { short, same }: typeof X): number => {
    if (flag & short) return flag & same ? glyf.getUint8(at++) : -glyf.getUint8(at++);
    if (flag & same) return 0;
    at += 2;
    return glyf.getInt16(at - 2);
  };
  const readAxis = (axis: typeof X) => {
    let value = 0;
    return flags.map((flag) => {
      value += readStep(flag, axis);
      return value;
    });
  };
  const [xs, ys] = [readAxis(X), readAxis(Y)];
  const points = flags.map((flag, index) => ({ x: xs[index], y: ys[index], on: (flag & ON_CURVE) !== 0 }));
  return ends.map((end, index) => points.slice(index === 0 ? 0 : ends[index - 1], end));
}

const WORDS = 1;
const OFFSETS = 2;
const SCALED = 8 | 64 | 128;
const MORE = 32;

/** A glyph put together from others, moved but not scaled: the only kind that the font in use has. */
function readParts(outlines: Outlines, start: number): readonly Contour[] {
  const { glyf } = outlines;
  const contours: Contour[] = [];
  let at = start;
  for (let flags = MORE; flags & MORE; ) {
    flags = glyf.getUint16(at);
    if (!(flags & OFFSETS) || flags & SCALED) throw new Error("Cannot read the font: a glyph has scaled parts");
    const part = glyf.getUint16(at + 2);
    const [x, y] =
      flags & WORDS ? [glyf.getInt16(at + 4), glyf.getInt16(at + 6)] : [glyf.getInt8(at + 4), glyf.getInt8(at + 5)];
    contours.push(
      ...readGlyph(outlines, part).map((contour) => contour.map((p) => ({ ...p, x: p.x + x, y: p.y + y }))),
    );
    at += flags & WORDS ? 8 : 6;
  }
  return contours;
}
