import { HttpError } from "../../error.ts";
import type { Size } from "../../transform/image.ts";
import { MAX_PIXELS, MAX_SIDE } from "../limits.ts";

/** Where a channel's bits are in a pixel of 16 or 32 bits; 0 = the channel is absent. */
type Masks = readonly [red: number, green: number, blue: number, alpha: number];

/** What a bitmap's headers say (Microsoft's BITMAPCOREHEADER to BITMAPV5HEADER, and OS/2's of 16–64 bytes). */
export interface BmpLayout extends Size {
  readonly bits: 1 | 2 | 4 | 8 | 16 | 24 | 32;
  readonly packing: "none" | "rle4" | "rle8";
  readonly topDown: boolean;
  /** Meaningful for 16 and 32 bits. */
  readonly masks: Masks;
  /** B, G, R and, unless `paletteEntryBytes` is 3, one unused byte; empty above 8 bits. */
  readonly palette: Uint8Array;
  readonly paletteEntryBytes: 3 | 4;
  readonly pixelsAt: number;
}

const FILE_HEADER_BYTES = 14;
const CORE_BYTES = 12;
const INFO_BYTES = 40;
/** From this size on (V2, V3) the masks are part of the header. */
const MASKED_BYTES = 52;
const ALPHA_MASKED_BYTES = 56;

const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHA_BITFIELDS = 6;

const MASKS_555: Masks = [0x7c00, 0x03e0, 0x001f, 0];
const MASKS_888: Masks = [0xff0000, 0x00ff00, 0x0000ff, 0];

/** @throws HttpError 422 decode_failed, image_too_large, 415 unsupported_image */
export function readBmpLayout(bytes: Uint8Array): BmpLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < FILE_HEADER_BYTES + CORE_BYTES || view.getUint16(0) !== 0x424d) throw damaged("its header is cut");
  const headerBytes = view.getUint32(14, true);
  const core = headerBytes === CORE_BYTES;
  if (!core && (headerBytes < 16 || headerBytes > 124)) throw unsupported(`a header of ${headerBytes} bytes`);
  if (bytes.length < FILE_HEADER_BYTES + headerBytes) throw damaged("its header is cut");

  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const storedHeight = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(storedHeight);
  checkSize(width, height);
  const bits = toBits(view.getUint16(core ? 24 : 28, true));
  const compression = headerBytes >= 20 ? view.getUint32(30, true) : RGB;
  const packing = toPacking(compression, bits, headerBytes);
  const palette = readPalette(bytes, view, headerBytes, bits, compression);
  const topDown = storedHeight < 0 && packing === "none";
  return { width, height, topDown, bits, packing, masks: readMasks(view, headerBytes, bits, compression), ...palette };
}

function checkSize(width: number, height: number): void {
  if (width <= 0 || height === 0) throw damaged(`${width} × ${height} is no size`);
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE)
    throw new HttpError(422, "image_too_large", `Cannot read the BMP: ${width} × ${height} pixels are too many`);
}

function toBits(bits: number): BmpLayout["bits"] {
  if (bits === 1 || bits === 2 || bits === 4 || bits === 8 || bits === 16 || bits === 24 || bits === 32) return bits;
  throw unsupported(`${bits} bits a pixel`);
}

function toPacking(compression: number, bits: number, headerBytes: number): BmpLayout["packing"] {
  const deep = bits === 16 || bits === 32;
  if (compression === RGB) return "none";
  if (compression === RLE8 && bits === 8) return "rle8";
  if (compression === RLE4 && bits === 4) return "rle4";
  // The number 3 means Huffman in OS/2's headers, which are not one of Microsoft's sizes.
  if (compression === BITFIELDS && deep && isMicrosoft(headerBytes)) return "none";
  if (compression === ALPHA_BITFIELDS && deep && headerBytes >= INFO_BYTES) return "none";
  throw unsupported(`compression ${compression} with ${bits} bits a pixel`);
}

const isMicrosoft = (headerBytes: number): boolean => [40, 52, 56, 108, 124].includes(headerBytes);

/** Masks of BI_BITFIELDS follow a header of 40 bytes or are part of a longer one; alpha is one only where it is named. */
function readMasks(view: DataView, headerBytes: number, bits: number, compression: number): Masks {
  const named = headerBytes >= ALPHA_MASKED_BYTES || compression === ALPHA_BITFIELDS;
  const at = FILE_HEADER_BYTES + INFO_BYTES;
  const mask = (index: number) => (at + index * 4 + 4 <= view.byteLength ? view.getUint32(at + index * 4, true) : 0);
  const alpha = named ? mask(3) : 0;
  if (compression !== RGB) return [mask(0), mask(1), mask(2), alpha];
  if (bits === 16) return MASKS_555;
  return [MASKS_888[0], MASKS_888[1], MASKS_888[2], bits === 32 && alpha === 0xff000000 ? alpha : 0];
}

/** The palette lies after the header and its masks; some files declare more colours than fit before the pixels. */
function readPalette(bytes: Uint8Array, view: DataView, headerBytes: number, bits: number, compression: number) {
  const paletteEntryBytes = headerBytes === CORE_BYTES ? 3 : 4;
  const trailingMasks =
    headerBytes < MASKED_BYTES ? (compression === BITFIELDS ? 12 : compression === ALPHA_BITFIELDS ? 16 : 0) : 0;
  const at = FILE_HEADER_BYTES + headerBytes + trailingMasks;
  const declared = headerBytes >= 36 ? view.getUint32(46, true) : 0;
  const most = bits <= 8 ? 1 << bits : 0;
  const count = declared > 0 && declared < most ? declared : most;
  const offset = view.getUint32(10, true);
  const pixelsAt =
    offset >= FILE_HEADER_BYTES + headerBytes && offset < bytes.length ? offset : at + count * paletteEntryBytes;
  const end = Math.min(at + count * paletteEntryBytes, Math.max(pixelsAt, at), bytes.length);
  return { palette: bytes.subarray(at, end), paletteEntryBytes, pixelsAt } as const;
}

const damaged = (why: string) => new HttpError(422, "decode_failed", `Cannot read the BMP: ${why}`);

const unsupported = (what: string) =>
  new HttpError(415, "unsupported_image", `Cannot read the BMP: ${what} is not supported`);
