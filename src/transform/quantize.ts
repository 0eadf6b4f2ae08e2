import { createSearch } from "./nearest.ts";
import { writeOklab } from "./oklab.ts";

/** Marks of pixels, one byte each, that say which take part. */
export type Marks = Uint8Array;
export const SKIP = 0;
export const TAKE = 1;

/** Bits a channel of the histogram; its bins keep the true mean of what fell in, so flat colours stay exact. */
const BIN_BITS = 5;
const BINS = 1 << (3 * BIN_BITS);
const SHIFT = 8 - BIN_BITS;
/** Rounds of k-means: after the third the error falls by less than a hundredth. */
const ROUNDS = 3;
/** 1.5 gave the least mean CIELAB difference on photographs seen from a distance; 1 and 2 gave up to a fifth more. */
const CHROMA_WEIGHT = 1.5;

/** Colours that occur, averaged by bin: point i has weight[i] pixels, its RGB mean and that mean's Oklab. */
interface Points {
  readonly count: number;
  readonly weights: Float32Array;
  readonly rgb: Float32Array;
  readonly lab: Float32Array;
}

/**
 * At most `limit` colours (R, G, B a colour) that stand for the marked pixels: boxes of the histogram in Oklab are cut
 * where the squared error falls most (Wu's criterion, Graphics Gems II, applied to a perceptual space), and the result
 * is refined by k-means.
 *
 * @param pixels one 32-bit word a pixel, R in the lowest byte
 */
export function adaptivePalette(pixels: Uint32Array, marks: Marks, limit: number): Uint8Array {
  const points = toPoints(pixels, marks);
  const clusters = cutBoxes(points, limit);
  let palette = meansOf(points, clusters);
  for (let round = 0; round < ROUNDS; round++) {
    assignNearest(points, palette, clusters);
    palette = meansOf(points, clusters);
  }
  return palette;
}

function toPoints(pixels: Uint32Array, marks: Marks): Points {
  const counts = new Uint32Array(BINS);
  const sums = new Float64Array(BINS * 3);
  for (let i = 0; i < pixels.length; i++) {
    if (marks[i] === SKIP) continue;
    const pixel = pixels[i];
    const red = pixel & 255;
    const green = (pixel >> 8) & 255;
    const blue = (pixel >> 16) & 255;
    const bin = ((red >> SHIFT) << (2 * BIN_BITS)) | ((green >> SHIFT) << BIN_BITS) | (blue >> SHIFT);
    counts[bin]++;
    sums[bin * 3] += red;
    sums[bin * 3 + 1] += green;
    sums[bin * 3 + 2] += blue;
  }
  return averageBins(counts, sums);
}

function averageBins(counts: Uint32Array, sums: Float64Array): Points {
  const used = counts.reduce((total, count) => total + (count > 0 ? 1 : 0), 0);
  const points = {
    count: used,
    weights: new Float32Array(used),
    rgb: new Float32Array(used * 3),
    lab: new Float32Array(used * 3),
  };
  for (let bin = 0, point = 0; bin < BINS; bin++) {
    const weight = counts[bin];
    if (weight === 0) continue;
    const at = point * 3;
    for (let channel = 0; channel < 3; channel++) points.rgb[at + channel] = sums[bin * 3 + channel] / weight;
    writeColour(
      points.lab,
      at,
      Math.round(points.rgb[at]),
      Math.round(points.rgb[at + 1]),
      Math.round(points.rgb[at + 2]),
    );
    points.weights[point++] = weight;
  }
  return points;
}

/** Points `order[from]` to `order[to - 1]`, sorted along `axis`; cutting before `cut` takes `gain` off the error. */
interface Box {
  readonly from: number;
  readonly to: number;
  readonly cut: number;
  readonly gain: number;
}

/** The cluster of every point after greedy cuts into at most `limit` boxes. */
function cutBoxes(points: Points, limit: number): Uint16Array {
  const order = Uint32Array.from({ length: points.count }, (_, point) => point);
  const boxes = [bestCut(points, order, 0, points.count)];
  while (boxes.length < limit) {
    const widest = boxes.reduce((best, box, index) => (box.gain > boxes[best].gain ? index : best), 0);
    const { from, to, cut, gain } = boxes[widest];
    if (gain <= 0) break;
    boxes[widest] = bestCut(points, order, from, cut);
    boxes.push(bestCut(points, order, cut, to));
  }
  const clusters = new Uint16Array(points.count);
  boxes.forEach(({ from, to }, cluster) => {
    for (let i = from; i < to; i++) clusters[order[i]] = cluster;
  });
  return clusters;
}

function bestCut(points: Points, order: Uint32Array, from: number, to: number): Box {
  const box = order.subarray(from, to);
  const { lab } = points;
  const axis = widestAxis(points, box);
  box.sort((a, b) => lab[a * 3 + axis] - lab[b * 3 + axis]);
  const total = newSums();
  for (const point of box) addPoint(total, points, point);

  // Error of a set = squares − |sum|² ÷ weight, so the best cut has the largest sum of |sum|² ÷ weight.
  const left = newSums();
  const right = newSums();
  let cut = from;
  let gain = 0;
  for (let i = 0; i < box.length - 1; i++) {
    addPoint(left, points, box[i]);
    for (let sum = 0; sum < total.length; sum++) right[sum] = total[sum] - left[sum];
    const won = energy(left) + energy(right) - energy(total);
    if (won <= gain) continue;
    gain = won;
    cut = from + i + 1;
  }
  return { from, to, cut, gain };
}

/** Weighted sums of L, a and b, and of the weights. */
type Sums = Float64Array;

const newSums = (): Sums => new Float64Array(4);

const energy = (sums: Sums): number => (sums[0] * sums[0] + sums[1] * sums[1] + sums[2] * sums[2]) / sums[3];

function addPoint(sums: Sums, { lab, weights }: Points, point: number): void {
  const weight = weights[point];
  for (let axis = 0; axis < 3; axis++) sums[axis] += weight * lab[point * 3 + axis];
  sums[3] += weight;
}

/** The axis along which the points of `box` differ most: that of the largest variance. */
function widestAxis(points: Points, box: Uint32Array): number {
  const sums = newSums();
  const squares = [0, 0, 0];
  for (const point of box) {
    addPoint(sums, points, point);
    for (let axis = 0; axis < 3; axis++) squares[axis] += points.weights[point] * points.lab[point * 3 + axis] ** 2;
  }
  const variances = squares.map((square, axis) => square - (sums[axis] * sums[axis]) / sums[3]);
  return Math.max(0, variances.indexOf(Math.max(...variances)));
}

/** The RGB mean of every cluster that has points. */
function meansOf(points: Points, clusters: Uint16Array): Uint8Array {
  const size = clusters.reduce((largest, cluster) => Math.max(largest, cluster), 0) + 1;
  const sums = new Float64Array(size * 4);
  for (let point = 0; point < points.count; point++) {
    const at = clusters[point] * 4;
    const weight = points.weights[point];
    sums[at] += weight * points.rgb[point * 3];
    sums[at + 1] += weight * points.rgb[point * 3 + 1];
    sums[at + 2] += weight * points.rgb[point * 3 + 2];
    sums[at + 3] += weight;
  }
  const palette: number[] = [];
  for (let at = 0; at < sums.length; at += 4)
    if (sums[at + 3] > 0)
      for (let channel = 0; channel < 3; channel++) palette.push(Math.round(sums[at + channel] / sums[at + 3]));
  return Uint8Array.from(palette);
}

function assignNearest({ count, lab }: Points, palette: Uint8Array, clusters: Uint16Array): void {
  const means = new Float32Array(palette.length);
  for (let at = 0; at < palette.length; at += 3) writeColour(means, at, palette[at], palette[at + 1], palette[at + 2]);
  const nearest = createSearch(means);
  for (let point = 0, at = 0; point < count; point++, at += 3)
    clusters[point] = nearest(lab[at], lab[at + 1], lab[at + 2]);
}

/** Oklab with hue and chroma stretched, which brings its distances nearer to those seen between similar colours. */
function writeColour(target: Float32Array, at: number, red: number, green: number, blue: number): void {
  writeOklab(target, at, red, green, blue);
  target[at + 1] *= CHROMA_WEIGHT;
  target[at + 2] *= CHROMA_WEIGHT;
}
