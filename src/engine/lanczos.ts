import { type Cycle, createTaps, type Taps } from "./taps.ts";

const LOBES = 3;

/** A stretch of a row or column, in pixels, not rounded: it may begin and end inside a pixel. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
  /** Whole pixels there are: at least start + length, rounded up. */
  readonly sources: number;
}

/** Where outputs lie. */
export interface Lattice {
  readonly outputs: number;
  /** From one output to the next, in pixels. */
  readonly step: number;
  /** Outputs left out before the first. */
  readonly skipped: number;
}

/**
 * Lanczos with three lobes, stretched when it makes smaller (picfit.md §2.3). A pixel
 * that lies only partly inside the stretch weighs that much less.
 */
export const lanczosTaps = (stretch: Stretch, outputs: number): Taps =>
  latticeTaps(stretch, { outputs, step: stretch.length / outputs, skipped: 0 });

/**
 * As `lanczosTaps`, for outputs that do not divide the stretch evenly: the last may lie half a step beyond its end.
 * @param blur that the pixels are given before: a variance in square pixels, 0.5 at most
 */
export function latticeTaps(stretch: Stretch, { outputs, step, skipped }: Lattice, blur = 0): Taps {
  const { start, sources } = stretch;
  const scale = Math.max(1, step);
  const center = (output: number) => start + (output + skipped + 0.5) * step;
  const radius = LOBES * scale + (blur > 0 ? 1 : 0);
  const cycle = cycleOf(step, outputs);
  return createTaps({ sources, outputs, center, radius, cycle }, (values, count, first, center) => {
    lanczos(values, count, (first + 0.5 - center) / scale, 1 / scale);
    cutToStretch(values, count, first, stretch);
    if (blur > 0) spread(values, count, blur / 2);
  });
}

/** Sizes are whole numbers, so that often a few outputs take a whole number of sources. */
function cycleOf(step: number, outputs: number): Cycle | undefined {
  for (let count = 1; count <= outputs / 2; count++) {
    const sources = Math.round(count * step);
    if (Math.abs(count * step - sources) < 1e-9) return { outputs: count, sources };
  }
  return undefined;
}

/**
 * L(x) = sinc(x) sinc(x/3) at x, x + step, ... With s = sin(πx/3): sin(πx) = 3s - 4s³, and s follows from the one
 * before by a rotation, so that a whole row of weights takes two sines.
 */
function lanczos(values: Float64Array, count: number, x: number, step: number): void {
  const turnSine = Math.sin((Math.PI / LOBES) * step);
  const turnCosine = Math.cos((Math.PI / LOBES) * step);
  let sine = Math.sin((Math.PI / LOBES) * x);
  let cosine = Math.cos((Math.PI / LOBES) * x);
  for (let index = 0; index < count; index++) {
    const at = x + index * step;
    values[index] = weightAt(at, sine * sine);
    const next = sine * turnCosine + cosine * turnSine;
    cosine = cosine * turnCosine - sine * turnSine;
    sine = next;
  }
}

const FACTOR = LOBES / (Math.PI * Math.PI);

/** L(x), of which `square` is s². */
function weightAt(x: number, square: number): number {
  const distance = Math.abs(x);
  if (distance < 1e-6) return 1;
  return distance < LOBES ? (FACTOR * square * (3 - 4 * square)) / (x * x) : 0;
}

function cutToStretch(values: Float64Array, count: number, first: number, { start, length }: Stretch): void {
  const last = first + count - 1;
  const inside = (pixel: number) => Math.min(pixel + 1, start + length) - Math.max(pixel, start);
  if (first < start) values[0] *= inside(first);
  if (last > first && last + 1 > start + length) values[count - 1] *= inside(last);
}

/** Each value gives `share` of itself to either neighbour there is, and gets as much of theirs. */
function spread(values: Float64Array, count: number, share: number): void {
  let received = 0;
  for (let index = 0; index < count; index++) {
    const given = index + 1 < count ? share * (values[index] - values[index + 1]) : 0;
    values[index] += received - given;
    received = given;
  }
}
