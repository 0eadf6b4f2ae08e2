import type { RawImage, Size } from "../src/transform/image.ts";

/** Side of the windows that are compared, and how far they lie apart. */
const WINDOW = 8;
const STRIDE = 4;
/** (0.01 × 255)² and (0.03 × 255)², as the paper has them. */
const C1 = 6.5025;
const C2 = 58.5225;

/** Structural similarity of luma, mean over all windows (Wang et al. 2004, with even weights): 1 = the same. */
export function ssim(a: RawImage, b: RawImage): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error("Cannot compare pictures of different sizes");
  const [x, y] = [lumaOf(a), lumaOf(b)];
  let sum = 0;
  let count = 0;
  for (let top = 0; top + WINDOW <= a.height; top += STRIDE)
    for (let left = 0; left + WINDOW <= a.width; left += STRIDE, count++) sum += windowSsim(x, y, a, left, top);
  return sum / count;
}

function windowSsim(x: Float64Array, y: Float64Array, { width }: Size, left: number, top: number): number {
  let [sumX, sumY, sumXx, sumYy, sumXy] = [0, 0, 0, 0, 0];
  for (let row = top; row < top + WINDOW; row++)
    for (let at = row * width + left; at < row * width + left + WINDOW; at++) {
      sumX += x[at];
      sumY += y[at];
      sumXx += x[at] * x[at];
      sumYy += y[at] * y[at];
      sumXy += x[at] * y[at];
    }
  const n = WINDOW * WINDOW;
  const [meanX, meanY] = [sumX / n, sumY / n];
  const variances = sumXx / n - meanX * meanX + sumYy / n - meanY * meanY;
  const covariance = sumXy / n - meanX * meanY;
  return ((2 * meanX * meanY + C1) * (2 * covariance + C2)) / ((meanX * meanX + meanY * meanY + C1) * (variances + C2));
}

function lumaOf({ data }: RawImage): Float64Array {
  const luma = new Float64Array(data.length / 4);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 4)
    luma[pixel] = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
  return luma;
}
