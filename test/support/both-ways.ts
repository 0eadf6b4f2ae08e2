import { jpegEncoder } from "../../src/codec/jpeg/encoder.ts";
import { jpegDecoder } from "../../src/codec/jpeg/jpeg.ts";
import { jpegRescaler } from "../../src/codec/jpeg/rescale.ts";
import type { Operation } from "../../src/operation/operation.ts";
import type { RawImage } from "../../src/transform/image.ts";
import { runSteps } from "../../src/transform/pipeline.ts";
import { planOf } from "../../src/transform/plan.ts";
import { rescalingOf } from "../../src/transform/rescaling.ts";
import { decode } from "./decode.ts";

/** `file` changed by planes and by pixels, written at the best quality. */
export async function bothWays(file: Uint8Array, operations: readonly Operation[]): Promise<[RawImage, RawImage]> {
  const header = jpegDecoder.readHeader(file);
  const plan = planOf(header, operations);
  const rescaling = rescalingOf(plan.steps, header);
  if (!rescaling) throw new Error("The steps do more than to rescale");
  const planned = jpegRescaler.plan(header, { rescaling, atLeast: plan.atLeast, quality: 100 });
  if (!planned) throw new Error("The picture cannot be rescaled");
  const picture = await jpegDecoder.decode(file, header, { atLeast: plan.atLeast, frames: "first" });
  const result = runSteps(picture, { ...plan, stored: header, foregrounds: new Map() });
  const byPixels = await jpegEncoder.encode(result, { quality: 100 });
  return [(await decode(await planned.run(file))).image, (await decode(byPixels)).image];
}

/** Of red, green and blue, in dB. */
export function psnr(a: RawImage, b: RawImage): number {
  if (a.width !== b.width || a.height !== b.height)
    throw new Error(`${a.width} x ${a.height}, ${b.width} x ${b.height}`);
  const squares = a.data.reduce((sum, value, at) => sum + (at % 4 === 3 ? 0 : (value - b.data[at]) ** 2), 0);
  return 10 * Math.log10(255 ** 2 / (squares / (a.data.length * 0.75)));
}
