import type { Command } from "./display-list.ts";
import packed from "./glyphs.bin";

/** A letter in units of the em, y downwards from the base line. */
export interface Glyph {
  readonly advance: number;
  readonly commands: readonly Command[];
  readonly box: Box;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Face {
  /** Units of the em. */
  readonly em: number;
  readonly capHeight: number;
  /** Undefined where the font has no such letter. `letter` is one character, composed. */
  glyph(letter: string): Glyph | undefined;
}

const HEAD_BYTES = 10;

const view = new DataView(packed);
const boldAt = 4 + view.getUint32(0, true);

/** Inter Medium, and Inter Bold, as tools/pack-face.ts describes the bytes. */
export const REGULAR: Face = createFace(4);
export const BOLD: Face = createFace(boldAt);

function createFace(start: number): Face {
  const u16 = (at: number) => view.getUint16(start + at, true);
  const [em, capHeight, contours, contourBytes, glyphs] = [0, 2, 4, 6, 8].map(u16);
  const index = HEAD_BYTES + contours * 2;
  const outlines = start + index + glyphs * 4;
  const contourAt = (contour: number) => outlines + u16(HEAD_BYTES + contour * 2);
  const glyph = (letter: string): Glyph | undefined => {
    const at = find(letter.codePointAt(0) ?? 0, glyphs, (row) => u16(index + row * 4));
    if (at === undefined || [...letter].length !== 1) return undefined;
    return readGlyph(outlines + contourBytes + u16(index + at * 4 + 2), contourAt);
  };
  return { em, capHeight, glyph };
}

/** The row of `code` among `count` rows in ascending order. */
function find(code: number, count: number, codeOf: (row: number) => number): number | undefined {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (codeOf(middle) < code) low = middle + 1;
    else high = middle;
  }
  return low < count && codeOf(low) === code ? low : undefined;
}

function readGlyph(start: number, contourAt: (contour: number) => number): Glyph {
  const read = createReader(start);
  const advance = read.number();
  const outlines = Array.from({ length: read.number() }, () => {
    const at = contourAt(read.number());
    return readContour(at, read.signed(), read.signed());
  });
  return { advance, commands: outlines.flatMap(toCommands), box: boxOf(outlines.flat()) };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** y upwards in the bytes, downwards here. */
function readContour(start: number, x: number, y: number): readonly Point[] {
  const read = createReader(start);
  let at = { x, y: -y };
  return Array.from({ length: read.number() }, () => {
    const step = read.number();
    at = { x: at.x + unzigzag(step >> 1), y: at.y - read.signed() };
    return { ...at, on: (step & 1) === 1 };
  });
}

/** TrueType outlines: between two points off the curve lies one on it, half-way. */
function toCommands(points: readonly Point[]): readonly Command[] {
  const first = points.findIndex(({ on }) => on);
  const ring = [...points.slice(first), ...points.slice(0, first + 1)];
  const commands: Command[] = [["move", ring[0].x, ring[0].y]];
  for (let at = 1; at < ring.length; at++) {
    const point = ring[at];
    const next = ring[at + 1];
    if (point.on) commands.push(["line", point.x, point.y]);
    else if (next.on) commands.push(["quadratic", point.x, point.y, next.x, ring[++at].y]);
    else commands.push(["quadratic", point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2]);
  }
  return [...commands, ["close"]];
}

/** Points off the curve count too: in this font they lie on the box or within it. */
function boxOf(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function createReader(start: number) {
  let at = start;
  const number = (): number => {
    const byte = view.getUint8(at++);
    return byte < 128 ? byte : (byte & 127) + number() * 128;
  };
  return { number, signed: () => unzigzag(number()) };
}

const unzigzag = (value: number): number => (value & 1 ? -((value + 1) >> 1) : value >> 1);
