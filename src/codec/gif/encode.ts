import { HttpError } from "../../error.ts";
import type { Picture, Rect } from "../../transform/image.ts";
import { type Marks, SKIP, TAKE } from "../../transform/quantize.ts";
import { markRect, union, updateCanvas } from "./canvas.ts";
import {
  colourLimit,
  createSharedColours,
  exactColours,
  type FrameColours,
  type MarkedPixels,
  type SharedColours,
  toIndices,
  withTransparent,
} from "./palette.ts";
import { createGifWriter, type WrittenFrame } from "./write.ts";

const MAX_SIDE = 65_535;

/**
 * A GIF89a of all frames of `picture`. Each frame holds only the rectangle that changed, with what stayed as it was
 * transparent, so unchanged areas keep their very pixels; painting them where that packs better would save 0.2 %. Where a pixel loses its colour, the frame before is widened
 * and cleared after its time: a frame is written once the next one is known.
 *
 * @throws HttpError 422 output_too_large
 */
export async function encodeGif(picture: Picture): Promise<Uint8Array> {
  const { width, height, alpha, frameCount } = picture;
  if (width > MAX_SIDE || height > MAX_SIDE)
    throw new HttpError(422, "output_too_large", `Cannot write a GIF of ${width} × ${height}: a side is at most 65535`);
  const canvas = { width, height, pixels: new Uint32Array(width * height) };
  const shared = frameCount > 1 ? createSharedColours() : undefined;
  const writer = createGifWriter(canvas);
  const nextDelay = createDelays();
  let marks: Marks = new Uint8Array(width * height);
  let pending: WrittenFrame | undefined;
  for await (const { raster, delayMs } of picture.frames()) {
    const change = await updateCanvas(canvas, marks, raster, alpha);
    const last = pending && change.erased ? cleared(pending, change.erased) : pending;
    if (last) writer.write(last);
    if (last?.disposal === "clear") markRect(canvas, marks, last.rect);
    const area = last?.disposal === "clear" ? union(change.painted, last.rect) : change.painted;
    pending = toFrame({ ...canvas, marks }, area, alpha, shared, nextDelay(delayMs));
    marks = last?.indices ?? new Uint8Array(frameCount > 1 ? marks.length : 0);
  }
  if (!pending) throw new Error("A picture has at least one frame");
  const colours = shared?.table.rgb() ?? pending.colours.rgb;
  writer.write(shared ? pending : { ...pending, colours: { ...pending.colours, shared: true } });
  return writer.finish(colours, shared ? picture.loop : undefined);
}

/** `frame` widened to `erased` and cleared after its time. */
function cleared(frame: WrittenFrame, erased: Rect): WrittenFrame {
  const colours = withTransparent(frame.colours, frame.indices);
  return { ...frame, colours, rect: union(frame.rect, erased) ?? erased, disposal: "clear", transparent: true };
}

function toFrame(
  frame: MarkedPixels,
  area: Rect | undefined,
  alpha: boolean,
  shared: SharedColours | undefined,
  delay: number,
): WrittenFrame {
  const { width, height, marks: indices } = frame;
  // A frame can't be empty: where nothing changed, it is one pixel that shows what lies beneath.
  const rect = area ?? { left: 0, top: 0, width: 1, height: 1 };
  // Pixels outside of the rectangle count when it may be widened.
  const partial = alpha && rect.width * rect.height < width * height;
  const transparent = partial || hasSkipped(indices, width, rect);
  const part = { rect, transparent, indices, delay, disposal: "keep" } as const;
  const exact = exactColours(frame, colourLimit(transparent));
  if (exact) return { ...part, colours: toIndices(frame, exact, transparent, shared) };
  const whole = transparent && paintAll(frame, shared);
  if (whole) return { ...part, rect: { left: 0, top: 0, width, height }, transparent: false, colours: whole };
  return { ...part, colours: toIndices(frame, undefined, transparent || alpha, shared) };
}

/** 256 colours and a transparent one do not fit, but without the latter the whole canvas may still be exact. */
function paintAll(frame: MarkedPixels, shared: SharedColours | undefined): FrameColours | undefined {
  if (frame.pixels.includes(0)) return undefined;
  const painted = { ...frame, marks: new Uint8Array(0) };
  const exact = exactColours(painted, colourLimit(false));
  if (!exact) return undefined;
  frame.marks.fill(TAKE);
  return toIndices(frame, exact, false, shared);
}

function hasSkipped(marks: Marks, width: number, { left, top, width: columns, height }: Rect): boolean {
  for (let y = top; y < top + height; y++)
    if (marks.subarray(y * width + left, y * width + left + columns).includes(SKIP)) return true;
  return false;
}

/** Milliseconds to hundredths of a second; what rounding loses is made up for by the next frames. */
function createDelays(): (delayMs: number) => number {
  let owed = 0;
  return (delayMs) => {
    owed += delayMs / 10;
    const delay = Math.min(Math.max(Math.round(owed), 0), 0xffff);
    owed = Math.min(owed - delay, 1);
    return delay;
  };
}
