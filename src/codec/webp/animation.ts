import type { WebpEngine } from "../../engine/webp.ts";
import { HttpError } from "../../error.ts";
import type { Frame, RawImage, Rect } from "../../transform/image.ts";
import { toRaster } from "../../transform/image.ts";
import type { WebpFrame } from "./frame.ts";
import type { WebpFile } from "./header.ts";

/**
 * The first `count` frames of an animation, composed on its canvas, which begins transparent (RFC 9649 §2.7.1.1).
 * All frames share one buffer. A later frame that cannot be decoded leaves the canvas as it is.
 */
export async function* composeFrames(engine: WebpEngine, file: WebpFile, count: number): AsyncIterable<Frame> {
  const { width, height, alpha } = file;
  const canvas = { width, height, data: new Uint8Array(width * height * 4) };
  let disposed: WebpFrame | undefined;
  try {
    for (const [index, frame] of file.frames.slice(0, count).entries()) {
      if (disposed && alpha) clear(canvas, disposed); // an opaque animation covers it anyway, if the frame can be read
      drawIfDecodable(canvas, engine, frame, index === 0);
      yield { raster: toRaster(canvas, alpha), delayMs: frame.delayMs };
      disposed = frame.dispose ? frame : undefined;
    }
  } finally {
    engine.close();
  }
}

function drawIfDecodable(canvas: RawImage, engine: WebpEngine, frame: WebpFrame, required: boolean): void {
  try {
    draw(canvas, engine, frame);
  } catch (cause) {
    if (required || !(cause instanceof HttpError) || cause.status !== 422) throw cause;
  }
}

function draw({ width, data }: RawImage, engine: WebpEngine, frame: WebpFrame): void {
  const rowBytes = frame.width * 4;
  let to = (frame.top * width + frame.left) * 4;
  for (const band of engine.frameRows(frame))
    for (let from = 0; from < band.length; from += rowBytes, to += width * 4)
      if (frame.blend && frame.alpha) blendRow(band.subarray(from, from + rowBytes), data, to);
      else data.set(band.subarray(from, from + rowBytes), to);
}

function clear({ width, data }: RawImage, { left, top, width: columns, height: rows }: Rect): void {
  for (let row = top; row < top + rows; row++)
    data.fill(0, (row * width + left) * 4, (row * width + left + columns) * 4);
}

/**
 * Source over destination, neither premultiplied: alpha = s + d·(256 − s)/256, colour weighted by the two terms.
 * Rounds as libwebp does.
 */
function blendRow(source: Uint8Array, target: Uint8Array, to: number): void {
  for (let from = 0; from < source.length; from += 4, to += 4) {
    const over = source[from + 3];
    if (over === 0) continue;
    const under = (target[to + 3] * (256 - over)) >> 8;
    if (over === 255 || under === 0) {
      target.set(source.subarray(from, from + 4), to);
      continue;
    }
    const alpha = over + under;
    const scale = Math.floor(2 ** 24 / alpha);
    for (let channel = 0; channel < 3; channel++) {
      const sum = source[from + channel] * over + target[to + channel] * under;
      target[to + channel] = Math.floor((sum * scale) / 2 ** 24);
    }
    target[to + 3] = alpha;
  }
}
