import { HttpError } from "../../error.ts";
import type { Size } from "../../transform/image.ts";
import type { Orientation } from "../codec.ts";
import { readOrientation } from "../exif.ts";
import { readAnimationFrame, readFrame, type WebpFrame } from "./frame.ts";
import { type Chunk, chunksOf, fourCc, uint24 } from "./riff.ts";

/** What a WebP file holds, found without decoding. */
export interface WebpFile extends Size {
  readonly animated: boolean;
  /** Times an animation is shown, 0 = for ever. */
  readonly loop: number;
  readonly alpha: boolean;
  readonly orientation: Orientation;
  readonly profile: Uint8Array | undefined;
  /** At least one. Frames that are cut before their own header are left out. */
  readonly frames: readonly WebpFrame[];
}

const RIFF_HEADER_BYTES = 12;
const ALPHA_FLAG = 0x10;
const ANIMATION_FLAG = 0x02;
/** `Exif\0\0`, which some writers keep from JPEG. */
const EXIF_PREFIX = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * The parts of a WebP file (RFC 9649 §2). Bytes after the end that RIFF declares are not looked at.
 * @throws HttpError 415 unsupported_image where it is no WebP, 422 decode_failed where it holds no picture
 */
export function readWebp(bytes: Uint8Array): WebpFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < RIFF_HEADER_BYTES || fourCc(view, 0) !== "RIFF" || fourCc(view, 8) !== "WEBP")
    throw new HttpError(415, "unsupported_image", "Cannot read WebP: expected a RIFF header");
  const end = Math.min(bytes.length, view.getUint32(4, true) + 8);
  const chunks = chunksOf(view, RIFF_HEADER_BYTES, end);
  return chunks[0]?.name === "VP8X" ? readExtended(bytes, chunks) : readSimple(bytes, chunks);
}

function readSimple(bytes: Uint8Array, chunks: readonly Chunk[]): WebpFile {
  const frame = readFrame(bytes, chunks, false);
  if (!frame) throw failed("expected an image");
  return {
    width: frame.width,
    height: frame.height,
    animated: false,
    loop: 1,
    alpha: frame.alpha,
    orientation: 1,
    profile: undefined,
    frames: [frame],
  };
}

function readExtended(bytes: Uint8Array, chunks: readonly Chunk[]): WebpFile {
  const [{ start, end }] = chunks;
  if (end - start < 10) throw failed("expected a whole VP8X chunk");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const canvas = { width: uint24(view, start + 4) + 1, height: uint24(view, start + 7) + 1 };
  const payload = (name: string) => {
    const chunk = chunks.find((candidate) => candidate.name === name);
    return chunk && bytes.subarray(chunk.start, chunk.end);
  };
  const animated = (bytes[start] & ANIMATION_FLAG) !== 0;
  const frames = animated ? readAnimation(bytes, chunks, canvas) : readStill(bytes, chunks, canvas);
  return {
    ...canvas,
    animated,
    loop: animated ? readLoop(payload("ANIM")) : 1,
    alpha: animated ? (bytes[start] & ALPHA_FLAG) !== 0 || leavesGaps(frames, canvas) : frames[0].alpha,
    orientation: readExif(payload("EXIF")),
    profile: payload("ICCP"),
    frames,
  };
}

function readStill(bytes: Uint8Array, chunks: readonly Chunk[], canvas: Size): WebpFrame[] {
  const frame = readFrame(bytes, chunks, true);
  if (!frame) throw failed("expected an image");
  if (frame.width !== canvas.width || frame.height !== canvas.height)
    throw failed(`expected an image of ${canvas.width} × ${canvas.height}`);
  return [frame];
}

function readAnimation(bytes: Uint8Array, chunks: readonly Chunk[], canvas: Size): WebpFrame[] {
  const frames: WebpFrame[] = [];
  for (const chunk of chunks) {
    const frame = chunk.name === "ANMF" ? readAnimationFrame(bytes, chunk, canvas) : undefined;
    if (frame) frames.push(frame);
  }
  if (frames.length === 0) throw failed("expected a frame");
  return frames;
}

/** Parts of the canvas stay transparent, or become so, unless every frame covers what was there before. */
function leavesGaps(frames: readonly WebpFrame[], canvas: Size): boolean {
  return frames.some(
    (frame, index) =>
      (frame.alpha && !frame.blend) ||
      ((index === 0 || frames[index - 1].dispose) &&
        (frame.width < canvas.width || frame.height < canvas.height || frame.alpha)),
  );
}

function readLoop(animation: Uint8Array | undefined): number {
  return animation && animation.length >= 6 ? animation[4] | (animation[5] << 8) : 0;
}

function readExif(exif: Uint8Array | undefined): Orientation {
  if (!exif) return 1;
  return readOrientation(EXIF_PREFIX.every((byte, index) => exif[index] === byte) ? exif.subarray(6) : exif);
}

function failed(expectation: string): HttpError {
  return new HttpError(422, "decode_failed", `Cannot read WebP: ${expectation}`);
}
