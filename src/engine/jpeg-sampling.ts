import type { Size } from "../transform/image.ts";

/** How a JPEG is written: with chroma of half the width and height, or of the whole, or without. */
export type JpegSampling = "4:2:0" | "4:4:4" | "gray";

/** Components, by their index. */
export const componentsOf = (sampling: JpegSampling): readonly number[] => (sampling === "gray" ? [0] : [0, 1, 2]);

/** Pixels a side of an MCU. */
export const mcuSide = (sampling: JpegSampling): number => (sampling === "4:2:0" ? 16 : 8);

/** Pixels a side that a sample of a component stands for. */
export const pixelsASample = (sampling: JpegSampling, component: number): number =>
  sampling === "4:2:0" && component > 0 ? 2 : 1;

/** Rows, and columns, of a component in an MCU. */
export const samplesAnMcu = (sampling: JpegSampling, component: number): number =>
  mcuSide(sampling) / pixelsASample(sampling, component);

/** Columns and rows of MCUs. */
export function mcusOf(sampling: JpegSampling, { width, height }: Size): Size {
  const side = mcuSide(sampling);
  return { width: Math.ceil(width / side), height: Math.ceil(height / side) };
}
