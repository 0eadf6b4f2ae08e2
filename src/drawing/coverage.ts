import type { FillRule } from "./display-list.ts";
import { type Edges, SUBPIXELS } from "./edges.ts";

/** What a cell of the accumulator holds where an edge runs along the whole left side of a pixel. */
const FULL = 2 * SUBPIXELS * SUBPIXELS;

/** Columns `from` to before `to` of a row, all covered by `part` of 255. */
type Paint = (from: number, to: number, part: number) => void;

/**
 * The exact part of each pixel that lies inside a shape, for bands of at most `rows` rows of `width` pixels.
 *
 * Each edge adds, to the pixels that it passes, the signed area between itself and the pixel's right side, and to the
 * next pixel the rest of its height; the running sum of a row is then the covered area. Areas are integers, so
 * nothing is lost and every machine gets the same sum. A bit for each pixel says where the sum changes, so that the
 * inside of a shape is one run.
 */
export function createCoverage(width: number, rows: number) {
  const stride = width + 2;
  const areas = new Int32Array(stride * rows);
  const words = (stride + 31) >> 5;
  const changes = new Uint32Array(words * rows);

  /** Adds the edges that touch `count` rows from row `top` of the picture; each of them is then to be read once. */
  function add({ lines }: Edges, top: number, count: number): void {
    for (let at = 0; at < lines.length; at += 4)
      addLine(lines[at], lines[at + 1], lines[at + 2], lines[at + 3], top, count);
  }

  function addLine(x0: number, y0: number, x1: number, y1: number, top: number, count: number): void {
    if (y0 < y1) addDown(x0, y0, x1, y1, 1, top, count);
    else addDown(x1, y1, x0, y0, -1, top, count);
  }

  function addDown(x0: number, y0: number, x1: number, y1: number, sign: number, top: number, count: number): void {
    const slope = (x1 - x0) / (y1 - y0);
    const end = Math.min(y1, (top + count) * SUBPIXELS);
    let y = Math.max(y0, top * SUBPIXELS);
    let x = x0 + Math.round((y - y0) * slope);
    while (y < end) {
      const row = Math.floor(y / SUBPIXELS);
      const nextY = Math.min(end, (row + 1) * SUBPIXELS);
      const nextX = nextY === y1 ? x1 : x0 + Math.round((nextY - y0) * slope);
      addPiece(row - top, x, nextX, nextY - y, sign);
      x = nextX;
      y = nextY;
    }
  }

  /** An edge within one row, from x0 to x1 while it goes `height` down. */
  function addPiece(row: number, x0: number, x1: number, height: number, sign: number): void {
    const [from, to] = x0 < x1 ? [x0, x1] : [x1, x0];
    const slope = height / (to - from);
    let x = from;
    let done = 0;
    do {
      const cell = Math.floor(x / SUBPIXELS);
      const next = Math.min(to, (cell + 1) * SUBPIXELS);
      const upTo = next === to ? height : Math.round((next - from) * slope);
      addCell(row, cell, x + next - 2 * cell * SUBPIXELS, sign * (upTo - done));
      x = next;
      done = upTo;
    } while (x < to);
  }

  /** `offset`: twice how far right of the pixel's left side the edge runs on average. */
  function addCell(row: number, cell: number, offset: number, height: number): void {
    if (cell >= width) return;
    const left = Math.max(cell, 0);
    const beside = cell < 0 ? 0 : height * offset;
    change(row, left, height * 2 * SUBPIXELS - beside);
    if (beside !== 0) change(row, left + 1, beside);
  }

  function change(row: number, x: number, area: number): void {
    areas[row * stride + x] += area;
    changes[row * words + (x >> 5)] |= 1 << (x & 31);
  }

  /** Row `row` of the band as runs from left to right; what no run names is not covered. Forgets the row. */
  function read(row: number, rule: FillRule, paint: Paint): void {
    let sum = 0;
    let part = 0;
    let from = 0;
    for (let word = 0; word < words; word++) {
      let bits = changes[row * words + word];
      changes[row * words + word] = 0;
      for (; bits !== 0; bits &= bits - 1) {
        const x = word * 32 + 31 - Math.clz32(bits & -bits);
        if (part !== 0) paint(from, Math.min(x, width), part);
        sum += areas[row * stride + x];
        areas[row * stride + x] = 0;
        part = toPart(sum, rule);
        from = x;
      }
    }
    if (part !== 0) paint(from, width, part);
  }

  return { add, read };
}

function toPart(sum: number, rule: FillRule): number {
  const area = Math.abs(sum);
  const folded = rule === "nonzero" ? area : Math.abs(((area + FULL) % (2 * FULL)) - FULL);
  return ((Math.min(folded, FULL) * 255 + FULL / 2) / FULL) | 0;
}
