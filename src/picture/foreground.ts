import type { DecodeRequest } from "../codec/codec.ts";
import type { Limits } from "../env.ts";
import type { Operation } from "../operation/operation.ts";
import { sourceTooLarge } from "../platform/bounded.ts";
import { wholeOf } from "../transform/geometry.ts";
import { firstFrame, type RawImage, type Size, toImage } from "../transform/image.ts";
import { orientedSize } from "../transform/orientation.ts";
import { type Foreground, runSteps } from "../transform/pipeline.ts";
import { type Plan, planOf } from "../transform/plan.ts";
import { decode, type OpenContext, type Opened, open, workingSet } from "./opened.ts";
import { outputTooLarge, pixelsOf } from "./output-limits.ts";

/** A further picture, and what decoding it for a size takes. */
interface OpenedForeground extends Foreground {
  readonly sourceBytes: number;
  readonly workingBytes: (size: Size) => number;
}

/** All of them together may have as many bytes as one source. */
export async function loadForegrounds(
  operations: readonly Operation[],
  loadForeground: (path: string) => Promise<Uint8Array>,
  context: OpenContext,
) {
  const paths = new Set(operations.flatMap(({ foregrounds }) => foregrounds));
  const loaded = new Map<string, OpenedForeground>();
  let leftBytes = context.limits.maxSourceBytes;
  for (const path of paths) {
    const bytes = await loadForeground(path);
    leftBytes -= bytes.length;
    if (leftBytes < 0) throw sourceTooLarge();
    loaded.set(path, foreground(open(bytes, context), context));
  }
  return loaded;
}

/**
 * Bytes that drawing takes: files and drawn pictures stay until the end, decoding is one after the other. The drawn
 * pictures together are held to the size of one output (security.md L7).
 */
export function drawnBytes(
  { steps }: Plan,
  foregrounds: ReadonlyMap<string, OpenedForeground>,
  limits: Limits,
): number {
  let [drawnPixels, decoding] = [0, 0];
  for (const step of steps) {
    const foreground = step.do === "draw" ? foregrounds.get(step.path) : undefined;
    const rect = step.do === "draw" && foreground ? step.place(foreground.size) : undefined;
    if (!foreground || !rect) continue;
    drawnPixels += pixelsOf(rect);
    if (Math.max(rect.width, rect.height) > limits.maxOutputSide || drawnPixels > limits.maxOutputPixels)
      throw outputTooLarge(rect, limits.maxOutputSide, limits.maxOutputPixels);
    decoding = Math.max(decoding, foreground.workingBytes(rect));
  }
  const files = [...foregrounds.values()].reduce((sum, { sourceBytes }) => sum + sourceBytes, 0);
  return files + decoding + drawnPixels * 4;
}

function foreground(opened: Opened, { limits }: OpenContext): OpenedForeground {
  const size = orientedSize(opened.header, opened.header.orientation);
  const drawn = new Map<string, Promise<RawImage>>();
  return {
    size,
    sourceBytes: opened.bytes.length,
    workingBytes: (wanted) => workingSet(opened, scalingTo(wanted, opened).request, limits),
    /** Made once, however many frames it is drawn over. */
    scaledTo(wanted) {
      const key = `${wanted.width}x${wanted.height}`;
      const image = drawn.get(key) ?? scaled(opened, wanted);
      drawn.set(key, image);
      return image;
    },
  };
}

/** What to do with a further picture to get it at `size`. */
function scalingTo(size: Size, { header }: Opened) {
  const scale: Operation = {
    name: "resize",
    box: undefined,
    foregrounds: [],
    plan: (source) => ({ steps: [{ do: "resample", part: wholeOf(source), size }], size }),
  };
  const plan = planOf(header, [scale]);
  const request: DecodeRequest = { atLeast: plan.atLeast, frames: "first" };
  return { plan, request };
}

async function scaled(opened: Opened, size: Size): Promise<RawImage> {
  const { plan, request } = scalingTo(size, opened);
  const { picture } = await decode(opened, request, false);
  const drawn = runSteps(picture, { ...plan, stored: opened.header, foregrounds: new Map() });
  return toImage(await firstFrame(drawn));
}
