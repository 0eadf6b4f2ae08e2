import type { DecodeRequest, Encoder, Header } from "../codec/codec.ts";
import type { Limits } from "../env.ts";
import { HttpError } from "../error.ts";
import type { Size } from "../transform/image.ts";
import type { Plan } from "../transform/plan.ts";
import { outputTooLarge } from "./options.ts";

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

export const pixelsOf = ({ width, height }: Size): number => width * height;

/** L8, for the frames as they are read and for what any operation makes of them. */
export function checkAnimation(header: Header, { frames }: DecodeRequest, { sizes }: Plan, limits: Limits): void {
  if (frames === "first") return;
  const { frameCount } = header;
  const { maxFrames, maxAnimationPixels } = limits;
  const { width, height } = sizes.reduce((largest, size) => (pixelsOf(size) > pixelsOf(largest) ? size : largest));
  if (frameCount > maxFrames || frameCount * width * height > maxAnimationPixels)
    throw new HttpError(
      422,
      "animation_too_large",
      `Cannot make ${frameCount} frames of ${width} x ${height}: expected at most ${maxFrames} frames and ${maxAnimationPixels} pixels in all`,
    );
}
