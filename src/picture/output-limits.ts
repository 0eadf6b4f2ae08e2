import type { Encoder, Header } from "../codec/codec.ts";
import type { Limits } from "../env.ts";
import { HttpError } from "../error.ts";
import type { Operation } from "../operation/operation.ts";
import type { Size } from "../transform/image.ts";
import type { Plan } from "../transform/plan.ts";

/** L7: the result, and on the way to it whatever an operation makes larger than it was. */
export function checkOutput({ size, sizes }: Plan, encoder: Encoder, { maxAvifPixels, ...limits }: Limits): void {
  const { maxOutputSide, maxOutputPixels } = limits;
  const check = (made: Size, maxPixels: number) => {
    if (Math.max(made.width, made.height) > maxOutputSide || pixelsOf(made) > maxPixels)
      throw outputTooLarge(made, maxOutputSide, maxPixels);
  };
  check(size, encoder.format === "avif" ? Math.min(maxAvifPixels, maxOutputPixels) : maxOutputPixels);
  sizes.forEach((made, at) => {
    if (at > 0 && pixelsOf(made) > pixelsOf(sizes[at - 1])) check(made, maxOutputPixels);
  });
}

/** L7 of AVIF, where the request alone tells the size of the result: one operation of a size, and that is exact. */
export function checkAskedAvif(operations: readonly Operation[], { maxOutputSide, maxAvifPixels }: Limits): void {
  const [sized, ...others] = operations.filter(({ box }) => box);
  if (!sized?.box || !sized.exact || others.length > 0) return;
  if (pixelsOf(sized.box) > maxAvifPixels) throw outputTooLarge(sized.box, maxOutputSide, maxAvifPixels);
}

export const pixelsOf = ({ width, height }: Size): number => width * height;

export const largestOf = (sizes: readonly Size[]): Size =>
  sizes.reduce((largest, size) => (pixelsOf(size) > pixelsOf(largest) ? size : largest));

/** L8, for frames of this size. A still passes. */
export function checkAnimation({ frameCount }: Header, { width, height }: Size, limits: Limits): void {
  const { maxFrames, maxAnimationPixels } = limits;
  if (frameCount === 1) return;
  if (frameCount > maxFrames || frameCount * width * height > maxAnimationPixels)
    throw new HttpError(
      422,
      "animation_too_large",
      `Cannot make ${frameCount} frames of ${width} x ${height}: expected at most ${maxFrames} frames and ${maxAnimationPixels} pixels in all`,
    );
}

/** L7, for a size that was asked for or that follows from the source. */
export const outputTooLarge = ({ width, height }: Size, maxSide: number, maxPixels: number) =>
  new HttpError(
    422,
    "output_too_large",
    `Cannot make a picture of ${width} x ${height}: expected at most ${maxSide} a side and ${maxPixels} pixels`,
  );
