import type { Rect, Size } from "../transform/image.ts";
import type { Turn } from "../transform/orientation.ts";
import type { JpegFrame, JpegPlane } from "./jpeg-layout.ts";
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

/** What becomes of a plane. */
export interface PlaneUse {
  /** Pixels a side of the result that a sample of it stands for. */
  readonly every: number;
  /** Chroma is to be as if it had been brought to the density of luma first, as decoders do that make pixels. */
  readonly upsampled: boolean;
}

/**
 * How the plane `component` of `frame` is scaled. Samples lie in the middle of what they stand for (JFIF 1.02 §"Spatial
 * relationship of components"), whatever the densities are before and after.
 */
export function planeShape(
  component: number,
  plane: JpegPlane,
  frame: JpegFrame,
  { part, size, cut, turn }: Cutting,
  { every, upsampled }: PlaneUse,
): PlaneShape {
  const { extent } = plane;
  const across = covered(part.left, part.width, extent.width, extent.width / frame.width);
  const down = covered(part.top, part.height, extent.height, extent.height / frame.height);
  const blur = upsampled ? upsamplingBlur(plane, frame) : { across: 0, down: 0 };
  const columns = { size: size.width, from: cut.left, length: cut.width, every, blur: blur.across };
  const rows = { size: size.height, from: cut.top, length: cut.height, every, blur: blur.down };
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

/**
 * The variance, in square samples at full size, of how libjpeg doubles the density of chroma: a new sample is 3/4 of the
 * one it lies in, a quarter away, and 1/4 of the next.
 */
const DOUBLING_BLUR = (3 / 4) * (1 / 4) ** 2 + (1 / 4) * (3 / 4) ** 2;

/** In square samples of `plane`. Densities other than half are brought up without a blur. */
function upsamplingBlur({ across, down, size }: JpegPlane, { components }: JpegFrame) {
  const blur = DOUBLING_BLUR * (size / 8) ** 2;
  return {
    across: components.some((other) => other.across === 2 * across) ? blur : 0,
    down: components.some((other) => other.down === 2 * down) ? blur : 0,
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
  readonly blur: number;
}

const turned = ({ from, ...results }: Results): Results => ({ ...results, from: results.size - from - results.length });

/** A result that stands for more pixels than there are lies in the middle of those. */
function tapsOf(stretch: Covered, { size, from, length, every, blur }: Results): Taps {
  const pixels = Math.min(every, length);
  const step = (stretch.length * pixels) / size;
  return latticeTaps(stretch, { outputs: Math.ceil(length / pixels), step, skipped: from / pixels }, blur);
}
