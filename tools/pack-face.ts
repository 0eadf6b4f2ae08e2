import type { Contour, Font } from "./truetype.ts";

/** Units of an em in the packed form. A letter 1,000 pixels high is then right to half a pixel. */
const EM = 1024;

/** Letters and digits, which names begin with, and the signs of a keyboard; not the letters of phonetics. */
const DRAWABLE = /(?![\u0250-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\uffff])[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{Nd}!-~¡-ÿ€№]/u;

/**
 * The outlines of `fonts`, which share one design, as bytes that src/drawing/glyphs.ts reads. All numbers are
 * little-endian; `number` is a base-128 number, low part first; `signed` is one with the sign in its lowest bit.
 *
 * 1. u16 em, u16 cap height, u16 count of contours, u16 length of part 4, u16 count of glyphs
 * 2. for each contour: u16 where it begins in part 4
 * 3. for each glyph, by code point: u16 code point, u16 where it begins in part 5
 * 4. contours: number of points; each point: signed step in x with "on the curve" as lowest bit, signed step in y
 * 5. glyphs: advance; number of contours; each: number of the contour, signed x, signed y of its first point
 *
 * Letters share contours: an É is an E and an acute accent.
 */
export function packFace(fonts: readonly Font[]): Uint8Array {
  const contours = new Map<string, number>();
  const contourBytes = createList();
  const glyphBytes = createList();
  const [{ capHeight, unitsPerEm }] = fonts;
  const scaled = (value: number) => Math.round((value * EM) / unitsPerEm);
  const glyphs = collect(fonts);
  for (const { font, glyph } of glyphs.values()) {
    const outlines = font
      .contours(glyph)
      .map((contour) => contour.map((p) => ({ x: scaled(p.x), y: scaled(p.y), on: p.on })));
    const record = [...number(scaled(font.advance(glyph))), ...number(outlines.length)];
    for (const outline of outlines) {
      const packed = packContour(outline);
      const index = contours.get(packed.join()) ?? contours.size;
      if (index === contours.size) {
        contours.set(packed.join(), index);
        contourBytes.add(packed);
      }
      record.push(...number(index), ...signed(outline[0].x), ...signed(outline[0].y));
    }
    glyphBytes.add(record);
  }
  const codes = [...glyphs.keys()];
  const head = [EM, scaled(capHeight), contours.size, contourBytes.bytes.length, codes.length, ...contourBytes.starts];
  const index = codes.flatMap((code, row) => [code, glyphBytes.starts[row]]);
  return Buffer.concat([
    Uint8Array.from([...head, ...index].flatMap(u16)),
    ...[contourBytes, glyphBytes].map(({ bytes }) => Uint8Array.from(bytes)),
  ]);
}

/** Where each character comes from, by code point; the first font that has it counts. */
function collect(fonts: readonly Font[]): ReadonlyMap<number, { font: Font; glyph: number }> {
  const all = new Map<number, { font: Font; glyph: number }>();
  for (const font of fonts)
    for (const [code, glyph] of font.characters)
      if (!all.has(code) && DRAWABLE.test(String.fromCodePoint(code))) all.set(code, { font, glyph });
  return new Map([...all].sort(([a], [b]) => a - b));
}

function packContour(points: Contour): readonly number[] {
  const steps = points.flatMap(({ x, y, on }, index) => {
    const before = points[Math.max(index - 1, 0)];
    return [...number(zigzag(x - before.x) * 2 + Number(on)), ...signed(y - before.y)];
  });
  return [...number(points.length), ...steps];
}

function createList() {
  const starts: number[] = [];
  const bytes: number[] = [];
  const add = (record: readonly number[]): void => {
    starts.push(bytes.length);
    bytes.push(...record);
  };
  return { starts, bytes, add };
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const signed = (value: number): readonly number[] => number(zigzag(value));
const number = (value: number): readonly number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)];

function u16(value: number): readonly number[] {
  if (value > 0xffff) throw new Error(`Cannot pack ${value}: it takes more than 16 bits`);
  return [value & 255, value >> 8];
}
