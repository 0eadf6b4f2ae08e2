import type { RawImage } from "../../src/transform/image.ts";

const f32 = Math.fround;

/**
 * The quantised blocks that the encoder must write for `image`: the plain version of src/engine/assembly/jpeg-encode-
 * colour.ts and -dct.ts, with the same steps of 32-bit arithmetic, so results are equal bit for bit.
 */
export function referenceBlocks(image: RawImage, steps: readonly (readonly number[])[]): number[][] {
  const blocks: number[][] = [];
  for (let top = 0; top < image.height; top += 16)
    for (let left = 0; left < image.width; left += 16) {
      const luma = (x: number, y: number) => weighted(image, left + x, top + y, Y) - 128 * 2 ** 15;
      const chroma = (weights: readonly number[]) => (x: number, y: number) => {
        const [column, row] = [left + 2 * x, top + 2 * y];
        const upper = weighted(image, column, row, weights) + weighted(image, column + 1, row, weights);
        return upper + weighted(image, column, row + 1, weights) + weighted(image, column + 1, row + 1, weights);
      };
      for (const [x, y] of [
        [0, 0],
        [8, 0],
        [0, 8],
        [8, 8],
      ])
        blocks.push(quantised((u, v) => luma(x + u, y + v), steps[0], 2 ** 15));
      for (const weights of [CB, CR]) blocks.push(quantised(chroma(weights), steps[1], 2 ** 17));
    }
  return blocks;
}

/** JFIF 1.02, × 2^15. */
const Y = [9798, 19235, 3735];
const CB = [-5529, -10855, 16384];
const CR = [16384, -13720, -2664];

/** Of one pixel; beyond the picture its last column and row come again. */
function weighted({ width, height, data }: RawImage, x: number, y: number, weights: readonly number[]): number {
  const at = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 4;
  return data[at] * weights[0] + data[at + 1] * weights[1] + data[at + 2] * weights[2];
}

/** One block: columns, then rows, then each coefficient times the reciprocal of its step, ties to even. */
function quantised(sample: (x: number, y: number) => number, steps: readonly number[], unit: number): number[] {
  const columns = range.map((x) => transform(range.map((y) => f32(sample(x, y)))));
  const rows = range.map((v) => transform(range.map((x) => columns[x][v])));
  return rows.flatMap((row, v) =>
    row.map((value, u) => toEven(f32(value * f32(1 / (steps[v * 8 + u] * 8 * unit * SCALES[u] * SCALES[v]))))),
  );
}

const range = [0, 1, 2, 3, 4, 5, 6, 7];

const SCALES = range.map((frequency) => (frequency === 0 ? 1 : Math.SQRT2 * Math.cos((frequency * Math.PI) / 16)));

function toEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

const C4 = f32(Math.SQRT1_2);
const C6 = f32(Math.cos((6 * Math.PI) / 16));
const DIFFERENCE = f32(Math.cos((2 * Math.PI) / 16) - Math.cos((6 * Math.PI) / 16));
const SUM = f32(Math.cos((2 * Math.PI) / 16) + Math.cos((6 * Math.PI) / 16));

/** 1-D DCT of Arai, Agui and Nakajima, each result × scale. */
function transform(d: readonly number[]): number[] {
  const sum = [0, 1, 2, 3].map((i) => f32(d[i] + d[7 - i]));
  const less = [0, 1, 2, 3].map((i) => f32(d[i] - d[7 - i]));
  const outer = f32(sum[0] + sum[3]);
  const inner = f32(sum[1] + sum[2]);
  const e0 = f32(sum[0] - sum[3]);
  const e1 = f32(f32(f32(sum[1] - sum[2]) + e0) * C4);
  const t0 = f32(less[3] + less[2]);
  const t1 = f32(f32(less[2] + less[1]) * C4);
  const t2 = f32(less[1] + less[0]);
  const shared = f32(f32(t0 - t2) * C6);
  const low = f32(f32(t0 * DIFFERENCE) + shared);
  const high = f32(f32(t2 * SUM) + shared);
  const plus = f32(less[0] + t1);
  const minus = f32(less[0] - t1);
  return [
    ...[f32(outer + inner), f32(plus + high), f32(e0 + e1), f32(minus - low)],
    ...[f32(outer - inner), f32(minus + low), f32(e0 - e1), f32(plus - high)],
  ];
}
