import type { Rect, Size } from "../transform/image.ts";
import type { Turn } from "../transform/orientation.ts";
import type { JpegPlane } from "./jpeg-layout.ts";
import { latticeTaps } from "./lanczos.ts";
import { mirrorTaps, pairTaps, reverseTaps } from "./pair-tables.ts";
import type { PlaneShape } from "./plane-filter.ts";
import type { Taps } from "./taps.ts";

/** Which part of a picture, in its pixels, becomes which size, which part of that is kept, and how that is turned. */
export interface Cutting {
  readonly part: Rect;
  readonly size: Size;
  readonly cut: Rect;
  readonly turn: Turn;
}

/**
 * How the plane `component` of a picture of the size `stored` is scaled, a result of it standing for `every` pixels a
 * side. Samples lie in the middle of what they stand for (JFIF 1.02 §"Spatial relationship of components"), whatever
 * the densities are before and after.
 */
export function planeShape(
  component: number,
  { extent }: JpegPlane,
  stored: Size,
  { part, size, cut, turn }: Cutting,
  every: number,
): PlaneShape {
  const across = covered(part.left, part.width, extent.width, extent.width / stored.width);
  const down = covered(part.top, part.height, extent.height, extent.height / stored.height);
  const columns = { size: size.width, from: cut.left, length: cut.width, every };
  const rows = { size: size.height, from: cut.top, length: cut.height, every };
  const acrossTaps = turn.mirrored ? mirrorTaps(tapsOf(mirror(across), turned(columns))) : tapsOf(across, columns);
  // Rows come from the top, whatever is made of them.
  const downTaps = turn.upsideDown ? reverseTaps(mirrorTaps(tapsOf(mirror(down), turned(rows)))) : tapsOf(down, rows);
  return {
    component,
    upsideDown: turn.upsideDown,
    ...{ left: across.first, top: down.first },
    ...{ across: pairTaps(acrossTaps), down: pairTaps(downTaps) },
  };
}

/** A stretch of samples, real, inside whole ones from `first` on. */
interface Covered {
  readonly first: number;
  readonly start: number;
  readonly length: number;
  readonly sources: number;
}

function covered(from: number, length: number, extent: number, density: number): Covered {
  const start = from * density;
  const first = Math.floor(start);
  const sources = Math.min(Math.ceil(extent), Math.ceil(start + length * density)) - first;
  return { first, start: start - first, length: length * density, sources };
}

const mirror = ({ start, ...stretch }: Covered): Covered => ({
  ...stretch,
  start: stretch.sources - start - stretch.length,
});

/** Results along one side: `length` of `size` from `from` on, one of them for `every` pixels. */
interface Results {
  readonly size: number;
  readonly from: number;
  readonly length: number;
  readonly every: number;
}

const turned = ({ from, ...results }: Results): Results => ({ ...results, from: results.size - from - results.length });

/** A result that stands for more pixels than there are lies in the middle of those. */
function tapsOf(stretch: Covered, { size, from, length, every }: Results): Taps {
  const pixels = Math.min(every, length);
  const step = (stretch.length * pixels) / size;
  return latticeTaps(stretch, { outputs: Math.ceil(length / pixels), step, skipped: from / pixels });
}
