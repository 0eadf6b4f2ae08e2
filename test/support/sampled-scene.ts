import type { Size } from "../../src/transform/image.ts";
import { writeJpeg } from "./jpeg-writer.ts";

/** Sampling factors of Y, Cb and Cr. */
const FACTORS = {
  "4:4:4": [
    [1, 1],
    [1, 1],
    [1, 1],
  ],
  "4:2:2": [
    [2, 1],
    [1, 1],
    [1, 1],
  ],
  "4:2:0": [
    [2, 2],
    [1, 1],
    [1, 1],
  ],
  "4:4:0": [
    [1, 2],
    [1, 1],
    [1, 1],
  ],
  "4:1:1": [
    [4, 1],
    [1, 1],
    [1, 1],
  ],
  "3:1": [
    [3, 1],
    [1, 1],
    [1, 1],
  ],
  "3:2": [
    [3, 2],
    [2, 1],
    [2, 1],
  ],
  "chroma alone is dense": [
    [1, 1],
    [2, 2],
    [2, 2],
  ],
  "Cr alone is sparse": [
    [2, 2],
    [2, 2],
    [1, 1],
  ],
  gray: [[1, 1]],
  "gray of odd factors": [[3, 2]],
} as const;
export type Sampling = keyof typeof FACTORS;
export const SAMPLINGS = Object.keys(FACTORS) as Sampling[];

/** Slopes, waves and a round edge; chroma is smooth, as its density differs between the ways that are compared. */
export function sampledScene(size: Size, sampling: Sampling, restartInterval?: number): Uint8Array {
  const { width, height } = size;
  const disc = (x: number, y: number) =>
    (x - width / 2) ** 2 + (y - height / 2) ** 2 < (width * height) / 12 ? 50 : 0;
  const samples = [
    (x: number, y: number) => 40 + (x * 120) / width + 15 * Math.sin(y / 4) + disc(x, y),
    (x: number, y: number) => 90 + (x * 70) / width + 10 * Math.sin(y / 30),
    (x: number, y: number) => 170 - (y * 80) / height + 10 * Math.sin(x / 25),
  ];
  const components = FACTORS[sampling].map(([across, down], index) => ({ across, down, sample: samples[index] }));
  return writeJpeg({ ...size, components, ...(restartInterval === undefined ? {} : { restartInterval }) });
}
