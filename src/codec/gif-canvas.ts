import type { Raster, Rect, Size } from "../transform/image.ts";
import { type Marks, SKIP, TAKE } from "../transform/quantize.ts";

/** The screen as the frames so far leave it: one 32-bit word a pixel, R in the lowest byte, transparent = 0. */
export interface Canvas extends Size {
  readonly pixels: Uint32Array;
}

/** What one frame changes. Both rectangles are `undefined` when empty. */
export interface Change {
  /** Pixels that get a colour. */
  readonly painted: Rect | undefined;
  /** Pixels that had a colour and have none any more. A GIF frame can't do that: the one before must clear them. */
  readonly erased: Rect | undefined;
}

const OPAQUE = 0xff000000;
/** GIF knows no partial transparency: what is at least half opaque is shown. */
const ALPHA_THRESHOLD = 128;

/** Puts `raster` on `canvas` and marks the pixels that it gives another colour; without `alpha` all are opaque. */
export async function updateCanvas(canvas: Canvas, marks: Marks, raster: Raster, alpha: boolean): Promise<Change> {
  const { pixels, width } = canvas;
  const painted = createBounds(width);
  const erased = createBounds(width);
  const threshold = alpha ? ALPHA_THRESHOLD : 0;
  let at = 0;
  for await (const band of raster.bands())
    for (let from = 0; from + 3 < band.length; from += 4, at++) {
      const colour = (OPAQUE | (band[from + 2] << 16) | (band[from + 1] << 8) | band[from]) >>> 0;
      const pixel = band[from + 3] < threshold ? 0 : colour;
      marks[at] = SKIP;
      if (pixel === pixels[at]) continue;
      pixels[at] = pixel;
      if (pixel === 0) erased.add(at);
      else {
        painted.add(at);
        marks[at] = TAKE;
      }
    }
  return { painted: painted.rect(), erased: erased.rect() };
}

/** Marks everything with a colour within `rect`: what must be painted once that area was cleared. */
export function markRect({ pixels, width }: Canvas, marks: Marks, rect: Rect): void {
  for (let y = rect.top; y < rect.top + rect.height; y++)
    for (let at = y * width + rect.left, end = at + rect.width; at < end; at++) if (pixels[at] !== 0) marks[at] = TAKE;
}

/** The smallest rectangle around both. */
export function union(a: Rect | undefined, b: Rect | undefined): Rect | undefined {
  if (!a || !b) return a ?? b;
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  const width = Math.max(a.left + a.width, b.left + b.width) - left;
  const height = Math.max(a.top + a.height, b.top + b.height) - top;
  return { left, top, width, height };
}

/** The smallest rectangle around pixels that are added in the order of their index. */
function createBounds(width: number) {
  let left = width;
  let right = -1;
  let first = -1;
  let last = -1;
  return {
    add(at: number) {
      const x = at % width;
      if (x < left) left = x;
      if (x > right) right = x;
      if (first < 0) first = at;
      last = at;
    },
    rect(): Rect | undefined {
      if (first < 0) return undefined;
      const top = Math.floor(first / width);
      return { left, top, width: right - left + 1, height: Math.floor(last / width) - top + 1 };
    },
  };
}
