import { createTaps, type Taps } from "./taps.ts";

/** How many samples of a blurred side stand for one sigma of it. */
const SAMPLES_A_SIGMA = 1.5;

/**
 * A Gaussian blur of a side of `length` pixels as one filter, or as two in a row: the first also thins the samples out,
 * the second brings them back. Cut off at three sigma, weights renormalised at the edges.
 *
 * Why two are as good as one: Gaussians of sigma/√2 in a row are one of sigma. With a sample every sigma/1.5 pixels
 * what aliases is below exp(-π² 1.5² / 2) = 2e-5 of the signal, and every pixel takes part in about seven sums either
 * way, whatever the sigma, where one filter takes six times sigma.
 */
export function gaussianPasses(length: number, sigma: number): Taps[] {
  const spacing = Math.floor(sigma / SAMPLES_A_SIGMA);
  if (spacing < 2) return [plain(length, sigma)];
  return thinned(length, sigma / Math.SQRT2, spacing);
}

function plain(length: number, sigma: number): Taps {
  const radius = Math.ceil(3 * sigma);
  const shape = { sources: length, outputs: length, radius, center: (pixel: number) => pixel + 0.5 };
  return createTaps(shape, (values, count, first, center) =>
    gauss(values, count, (first + 0.5 - center) / sigma, 1 / sigma),
  );
}

/**
 * Samples stand `spacing` pixels apart and reach three sigma beyond both ends. A sample out there has seen few pixels, or
 * only far ones: its part in the second filter is multiplied by what it has seen, so that both together are one blur
 * renormalised once, at the very end.
 */
function thinned(length: number, sigma: number, spacing: number): Taps[] {
  const radius = 3 * sigma;
  const samples = Math.ceil((length + 2 * radius) / spacing) + 1;
  const firstSample = (length - (samples - 1) * spacing) / 2;
  const thin = createTaps(
    { sources: length, outputs: samples, radius, center: (sample) => firstSample + sample * spacing },
    (values, count, first, center) => gauss(values, count, (first + 0.5 - center) / sigma, 1 / sigma),
  );
  const placeOf = (pixel: number) => (pixel + 0.5 - firstSample) / spacing + 0.5;
  const restore = createTaps(
    { sources: samples, outputs: length, radius: radius / spacing, center: placeOf },
    (values, count, first, center) => {
      gauss(values, count, ((first + 0.5 - center) * spacing) / sigma, spacing / sigma);
      for (let index = 0; index < count; index++) values[index] *= thin.sums[first + index];
    },
  );
  return [thin, restore];
}

/** exp(-x²/2) at x, x + step, ... */
function gauss(values: Float64Array, count: number, x: number, step: number): void {
  for (let index = 0; index < count; index++) values[index] = Math.exp(-((x + index * step) ** 2) / 2);
}
