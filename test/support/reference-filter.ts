import type { RawImage, Rect, Size } from "../../src/transform/image.ts";

/** Weights of the sources of one output, from the first that has one to the last. */
interface Row {
  readonly first: number;
  readonly weights: Float64Array;
}

/** A row for each output. */
type Matrix = readonly Row[];

/** Lanczos3 of `part` of `image` by its definition, in doubles: the plain twin of `resample()`. */
export function referenceResample(image: RawImage, part: Rect, size: Size): RawImage {
  const across = lanczosMatrix(image.width, part.left, part.width, size.width);
  return applyMatrices(image, across, lanczosMatrix(image.height, part.top, part.height, size.height));
}

/** One Gaussian, cut off at ceil(3 sigma), renormalised, in doubles: the plain twin of `blur()`. */
export function referenceBlur(image: RawImage, sigma: number): RawImage {
  return applyMatrices(image, gaussianMatrix(image.width, sigma), gaussianMatrix(image.height, sigma));
}

function lanczosMatrix(sources: number, start: number, length: number, outputs: number): Matrix {
  const ratio = length / outputs;
  const scale = Math.max(1, ratio);
  return matrix(sources, outputs, (output, source) => {
    const inside = Math.min(source + 1, start + length) - Math.max(source, start);
    return inside > 0 ? inside * lanczos3((source + 0.5 - start - (output + 0.5) * ratio) / scale) : 0;
  });
}

function gaussianMatrix(length: number, sigma: number): Matrix {
  const radius = Math.ceil(3 * sigma);
  return matrix(length, length, (output, source) => {
    const distance = Math.abs(output - source);
    return distance <= radius ? Math.exp(-(distance ** 2) / (2 * sigma ** 2)) : 0;
  });
}

function matrix(sources: number, outputs: number, weight: (output: number, source: number) => number): Matrix {
  return Array.from({ length: outputs }, (_, output) => {
    const weights = Float64Array.from({ length: sources }, (_, source) => weight(output, source));
    const sum = weights.reduce((total, value) => total + value, 0);
    const first = weights.findIndex((value) => value !== 0);
    const end = weights.findLastIndex((value) => value !== 0) + 1;
    return { first, weights: weights.subarray(first, end).map((value) => value / sum) };
  });
}

function lanczos3(x: number): number {
  if (x === 0) return 1;
  return Math.abs(x) < 3 ? (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2 : 0;
}

function applyMatrices(image: RawImage, across: Matrix, down: Matrix): RawImage {
  const premultiplied = new Float64Array(image.data).map((value, at) =>
    at % 4 === 3 ? value : (value * image.data[at | 3]) / 255,
  );
  const narrow = transposedProduct(premultiplied, image.width, image.height, across);
  const sums = transposedProduct(narrow, image.height, across.length, down);
  const levels = sums.map((sum, at) => level(at % 4 === 3 ? sum : straight(sum, sums[at | 3])));
  return { width: across.length, height: down.length, data: new Uint8Array(levels) };
}

/** Each row times the matrix, written as a column. */
function transposedProduct(pixels: Float64Array, width: number, height: number, matrix: Matrix): Float64Array {
  const product = new Float64Array(height * matrix.length * 4);
  for (let y = 0; y < height; y++)
    matrix.forEach(({ first, weights }, output) => {
      const to = (output * height + y) * 4;
      const from = (y * width + first) * 4;
      for (let at = 0; at < weights.length; at++)
        for (let channel = 0; channel < 4; channel++)
          product[to + channel] += weights[at] * pixels[from + at * 4 + channel];
    });
  return product;
}

function straight(colour: number, alpha: number): number {
  return alpha < 0.5 ? 0 : (colour / alpha) * 255;
}

function level(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
