import type { Raster, Rect, Size } from "../../transform/image.ts";
import { type Marks, SKIP, TAKE } from "../../transform/quantize.ts";

/** The screen as the frames so far leave it: one 32-bit word a pixel, R in the lowest byte, transparent = 0. */
export interface Canvas extends Size {
  readonly pixels: Uint32Array;
}

/** What one frame changes. Both rectangles are `undefined` when empty. */
interface Change {
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
  const { width } = canvas;
  const painted = createBounds();
  const erased = createBounds();
  let y = 0;
  for await (const band of raster.bands())
    for (let from = 0; from < band.length; from += width * 4, y++)
      updateRow(canvas, marks, y, band.subarray(from, from + width * 4), alpha ? ALPHA_THRESHOLD : 0, painted, erased);
  return { painted: painted.rect(), erased: erased.rect() };
}

function updateRow(
  { pixels, width }: Canvas,
  marks: Marks,
  y: number,
  row: Uint8Array,
  threshold: number,
  painted: Bounds,
  erased: Bounds,
): void {
  let firstPainted = width;
  let lastPainted = -1;
  for (let x = 0, from = 0, at = y * width; x < width; x++, from += 4, at++) {
    const colour = (OPAQUE | (row[from + 2] << 16) | (row[from + 1] << 8) | row[from]) >>> 0;
    const pixel = row[from + 3] < threshold ? 0 : colour;
    marks[at] = SKIP;
    if (pixel === pixels[at]) continue;
    pixels[at] = pixel;
    if (pixel === 0) erased.add(y, x, x);
    else {
      marks[at] = TAKE;
      lastPainted = x;
      if (firstPainted === width) firstPainted = x;
    }
  }
  if (lastPainted >= 0) painted.add(y, firstPainted, lastPainted);
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

type Bounds = ReturnType<typeof createBounds>;

/** The smallest rectangle around runs of pixels that are added from the top down. */
function createBounds() {
  let left = Number.POSITIVE_INFINITY;
  let right = -1;
  let top = -1;
  let bottom = -1;
  return {
    add(y: number, first: number, last: number) {
      left = Math.min(left, first);
      right = Math.max(right, last);
      if (top < 0) top = y;
      bottom = y;
    },
    rect(): Rect | undefined {
      return top < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
    },
  };
}
