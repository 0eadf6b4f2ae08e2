import { createTaps, type Taps } from "./taps.ts";

const LOBES = 3;

/** A stretch of a row or column, in pixels, not rounded: it may begin and end inside a pixel. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
  /** Whole pixels there are: at least start + length, rounded up. */
  readonly sources: number;
}

/**
 * Lanczos with three lobes, stretched when it makes smaller (picfit.md §2.3). A pixel
 * that lies only partly inside the stretch weighs that much less.
 */
export function lanczosTaps(stretch: Stretch, outputs: number): Taps {
  const { start, length, sources } = stretch;
  const ratio = length / outputs;
  const scale = Math.max(1, ratio);
  const center = (output: number) => start + (output + 0.5) * ratio;
  return createTaps({ sources, outputs, center, radius: LOBES * scale }, (values, first, center) => {
    lanczos(values, (first + 0.5 - center) / scale, 1 / scale);
    cutToStretch(values, first, stretch);
  });
}

/**
 * L(x) = sinc(x) sinc(x/3) at x, x + step, ... With s = sin(πx/3): sin(πx) = 3s - 4s³, and s follows from the one
 * before by a rotation, so that a whole row of weights takes two sines.
 */
function lanczos(values: Float64Array, x: number, step: number): void {
  const turnSine = Math.sin((Math.PI / LOBES) * step);
  const turnCosine = Math.cos((Math.PI / LOBES) * step);
  let sine = Math.sin((Math.PI / LOBES) * x);
  let cosine = Math.cos((Math.PI / LOBES) * x);
  for (let index = 0; index < values.length; index++) {
    const at = x + index * step;
    const wave = (LOBES * sine * sine * (3 - 4 * sine * sine)) / (Math.PI * Math.PI * at * at);
    values[index] = Math.abs(at) < 1e-6 ? 1 : wave;
    const next = sine * turnCosine + cosine * turnSine;
    cosine = cosine * turnCosine - sine * turnSine;
    sine = next;
  }
}

function cutToStretch(values: Float64Array, first: number, { start, length }: Stretch): void {
  const last = first + values.length - 1;
  const inside = (pixel: number) => Math.min(pixel + 1, start + length) - Math.max(pixel, start);
  if (first < start) values[0] *= inside(first);
  if (last > first && last + 1 > start + length) values[values.length - 1] *= inside(last);
}
