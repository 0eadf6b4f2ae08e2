import { HttpError } from "../../error.ts";
import type { Rect, Size } from "../../transform/image.ts";
import { MAX_PIXELS } from "../limits.ts";

/** What becomes of a frame's rectangle once its time is over (GIF89a §23.c.iv; 4 is written by some for 3). */
type Disposal = "keep" | "background" | "previous";

/** One image descriptor with the graphic control before it. Its rectangle may reach beyond the screen. */
export interface GifFrame extends Rect {
  readonly delayMs: number;
  readonly disposal: Disposal;
  readonly transparentIndex: number | undefined;
  readonly interlaced: boolean;
  /** R, G, B of the local table; absent = the global one. */
  readonly colours: Uint8Array | undefined;
  /** Where the LZW data starts: the byte with the minimum code size. */
  readonly dataAt: number;
}

/** Everything that walking over the blocks tells; no pixel data is unpacked for it. */
export interface GifScreen extends Size {
  readonly colours: Uint8Array | undefined;
  readonly backgroundIndex: number;
  readonly blocksAt: number;
  readonly frameCount: number;
  readonly interlaced: boolean;
  /** Whether any frame has a transparent colour. Where none has, uncovered parts of the screen are black. */
  readonly transparent: boolean;
  /** Times shown: 0 = for ever, absent = once. */
  readonly loop: number | undefined;
}

const SCREEN_BYTES = 13;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** Browsers and libnsgif show a frame without graphic control this long. */
const DEFAULT_DELAY_MS = 100;
const DISPOSALS: readonly (Disposal | undefined)[] = ["keep", "keep", "background", "previous", "previous"];

type Control = Pick<GifFrame, "delayMs" | "disposal" | "transparentIndex">;
const NO_CONTROL: Control = { delayMs: DEFAULT_DELAY_MS, disposal: "keep", transparentIndex: undefined };

/**
 * Walks over all blocks once (GIF89a; time linear in the bytes). The first frame widens a screen that is too small
 * for it, as browsers and libnsgif do, so a screen of 0 × 0 takes that frame's extent.
 *
 * @throws HttpError 422 decode_failed, image_too_large
 */
export function readGifScreen(bytes: Uint8Array): GifScreen {
  if (bytes.length < SCREEN_BYTES || String.fromCharCode(...bytes.subarray(0, 4)) !== "GIF8")
    throw new HttpError(422, "decode_failed", "Cannot read the GIF: its header is cut or damaged");
  const colours = bytes[10] & 0x80 ? colourTable(bytes, SCREEN_BYTES, bytes[10]) : undefined;
  const blocksAt = SCREEN_BYTES + (bytes[10] & 0x80 ? tableBytes(bytes[10]) : 0);
  const found = survey(bytes, blocksAt);
  const { first } = found;
  if (!first) throw new HttpError(422, "decode_failed", "Cannot read the GIF: it holds no image");
  const width = Math.max(uint16(bytes, 6), first.left + first.width);
  const height = Math.max(uint16(bytes, 8), first.top + first.height);
  if (width === 0 || height === 0) throw new HttpError(422, "decode_failed", "Cannot read the GIF: it has no area");
  if (width * height > MAX_PIXELS)
    throw new HttpError(422, "image_too_large", `Cannot read the GIF: ${width} × ${height} pixels are too many`);
  return { ...found, width, height, colours, backgroundIndex: bytes[11], blocksAt, interlaced: first.interlaced };
}

function survey(bytes: Uint8Array, blocksAt: number) {
  let first: GifFrame | undefined;
  let frameCount = 0;
  let transparent = false;
  let loop: number | undefined;
  for (const block of gifBlocks(bytes, blocksAt)) {
    if ("loop" in block) loop = block.loop;
    else {
      first ??= block;
      frameCount++;
      transparent ||= block.transparentIndex !== undefined;
    }
  }
  return { first, frameCount, transparent, loop };
}

/** The frames and loop counts in the order they come, up to the trailer or the first cut one. */
export function* gifBlocks(bytes: Uint8Array, blocksAt: number): Generator<GifFrame | { readonly loop: number }> {
  let control = NO_CONTROL;
  for (let at = blocksAt; at < bytes.length && bytes[at] !== TRAILER; ) {
    const introducer = bytes[at++];
    if (introducer === IMAGE) {
      const frame = readFrame(bytes, at, control);
      if (!frame) return;
      yield frame;
      control = NO_CONTROL;
      at = skipSubBlocks(bytes, frame.dataAt + 1);
    } else if (introducer === EXTENSION) {
      const label = bytes[at++];
      const loop = label === APPLICATION ? readLoop(bytes, at) : undefined;
      if (loop !== undefined) yield { loop };
      if (label === GRAPHIC_CONTROL) control = readControl(bytes, at) ?? control;
      at = skipSubBlocks(bytes, at);
    } // Anything else is junk: GIF87a says to look for the next image separator.
  }
}

/** `undefined` when the descriptor, its colour table or the start of its data is cut off. */
function readFrame(bytes: Uint8Array, at: number, control: Control): GifFrame | undefined {
  const flags = bytes[at + 8];
  const local = (flags & 0x80) !== 0;
  const dataAt = at + 9 + (local ? tableBytes(flags) : 0);
  if (dataAt >= bytes.length) return undefined;
  return {
    ...control,
    left: uint16(bytes, at),
    top: uint16(bytes, at + 2),
    width: uint16(bytes, at + 4),
    height: uint16(bytes, at + 6),
    interlaced: (flags & 0x40) !== 0,
    colours: local ? colourTable(bytes, at + 9, flags) : undefined,
    dataAt,
  };
}

function readControl(bytes: Uint8Array, at: number): Control | undefined {
  if (bytes[at] < 4 || at + 4 >= bytes.length) return undefined;
  const flags = bytes[at + 1];
  return {
    delayMs: uint16(bytes, at + 2) * 10,
    disposal: DISPOSALS[(flags >> 2) & 7] ?? "keep",
    transparentIndex: flags & 1 ? bytes[at + 4] : undefined,
  };
}

/** The loop extension of Netscape 2.0, which counts repetitions after the first showing. */
function readLoop(bytes: Uint8Array, at: number): number | undefined {
  const name = String.fromCharCode(...bytes.subarray(at + 1, at + 12));
  if (bytes[at] !== 11 || (name !== "NETSCAPE2.0" && name !== "ANIMEXTS1.0")) return undefined;
  if (bytes[at + 12] < 3 || (bytes[at + 13] & 7) !== 1 || at + 15 >= bytes.length) return undefined;
  const repetitions = uint16(bytes, at + 14);
  return repetitions === 0 ? 0 : repetitions + 1;
}

function skipSubBlocks(bytes: Uint8Array, at: number): number {
  const end = bytes.length;
  while (at < end && bytes[at] !== 0) at += bytes[at] + 1;
  return at + 1;
}

const tableBytes = (flags: number): number => 3 << ((flags & 7) + 1);

const colourTable = (bytes: Uint8Array, at: number, flags: number): Uint8Array =>
  bytes.subarray(at, at + tableBytes(flags));

const uint16 = (bytes: Uint8Array, at: number): number => bytes[at] | (bytes[at + 1] << 8);
