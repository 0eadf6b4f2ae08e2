import type { WebpImage } from "../../engine/webp.ts";
import type { Rect, Size } from "../../transform/image.ts";
import { type Chunk, chunksOf, uint24 } from "./riff.ts";

/** One image of a WebP file, and how it is put on the canvas: for a still, over all of it. */
export interface WebpFrame extends WebpImage, Rect {
  /** False promises that every alpha is 255. */
  readonly alpha: boolean;
  readonly delayMs: number;
  /** False: the frame replaces what it covers, transparent pixels too. */
  readonly blend: boolean;
  /** True: the frame's rectangle is cleared before the next is drawn. */
  readonly dispose: boolean;
}

const FRAME_HEADER_BYTES = 16;
/** An alpha plane, an image, and a few that nobody knows. */
const MAX_FRAME_CHUNKS = 16;
const DISPOSE_FLAG = 1;
const REPLACE_FLAG = 2;
const VP8_HEADER_BYTES = 10;
const VP8L_HEADER_BYTES = 5;
const VP8L_SIGNATURE = 0x2f;

/**
 * The first image among `chunks`, with the alpha plane before it where the container may hold one.
 * Absent where there is no image, or its header is cut or broken.
 */
export function readFrame(bytes: Uint8Array, chunks: readonly Chunk[], alphaAllowed: boolean): WebpFrame | undefined {
  const index = chunks.findIndex(({ name }) => name === "VP8 " || name === "VP8L");
  if (index < 0) return undefined;
  const chunk = chunks[index];
  const image = bytes.subarray(chunk.start, chunk.end);
  const lossless = chunk.name === "VP8L";
  const header = lossless ? readLosslessHeader(image) : readLossyHeader(image, chunk.declaredBytes);
  if (!header) return undefined;
  const plane = chunks.slice(0, index).find(({ name }) => name === "ALPH");
  const alphaPlane = plane && alphaAllowed && !lossless ? bytes.subarray(plane.start, plane.end) : undefined;
  const alpha = header.alpha || alphaPlane !== undefined;
  return { ...header, left: 0, top: 0, image, lossless, alphaPlane, alpha, delayMs: 0, blend: false, dispose: false };
}

/** The frame in an ANMF chunk (RFC 9649 §2.7.1.1); absent where it is broken or leaves the canvas. */
export function readAnimationFrame(bytes: Uint8Array, chunk: Chunk, canvas: Size): WebpFrame | undefined {
  if (chunk.end - chunk.start < FRAME_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frame = readFrame(bytes, chunksOf(view, chunk.start + FRAME_HEADER_BYTES, chunk.end, MAX_FRAME_CHUNKS), true);
  const [left, top, width, height] = [0, 3, 6, 9].map((at) => uint24(view, chunk.start + at));
  if (!frame || frame.width !== width + 1 || frame.height !== height + 1) return undefined;
  if (2 * left + frame.width > canvas.width || 2 * top + frame.height > canvas.height) return undefined;
  const flags = bytes[chunk.start + 15];
  return {
    ...frame,
    left: 2 * left,
    top: 2 * top,
    delayMs: uint24(view, chunk.start + 12),
    blend: (flags & REPLACE_FLAG) === 0,
    dispose: (flags & DISPOSE_FLAG) !== 0,
  };
}

interface ImageHeader extends Size {
  readonly alpha: boolean;
}

/** RFC 6386 §9.1: a key frame, shown, of a known version. */
function readLossyHeader(image: Uint8Array, declaredBytes: number): ImageHeader | undefined {
  if (image.length < VP8_HEADER_BYTES) return undefined;
  const tag = image[0] | (image[1] << 8) | (image[2] << 16);
  const shownKeyFrame = (tag & 1) === 0 && (tag & 0x10) !== 0;
  if (!shownKeyFrame || ((tag >> 1) & 7) > 3 || tag >> 5 >= declaredBytes) return undefined;
  if (image[3] !== 0x9d || image[4] !== 0x01 || image[5] !== 0x2a) return undefined;
  const width = (image[6] | (image[7] << 8)) & 0x3fff;
  const height = (image[8] | (image[9] << 8)) & 0x3fff;
  return width > 0 && height > 0 ? { width, height, alpha: false } : undefined;
}

/** RFC 9649 §3.4. */
function readLosslessHeader(image: Uint8Array): ImageHeader | undefined {
  if (image.length < VP8L_HEADER_BYTES || image[0] !== VP8L_SIGNATURE) return undefined;
  const bits = image[1] | (image[2] << 8) | (image[3] << 16) | (image[4] << 24);
  if (bits >>> 29 !== 0) return undefined;
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, alpha: ((bits >> 28) & 1) === 1 };
}
