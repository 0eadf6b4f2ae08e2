import { crc32 } from "node:zlib";

/** Chunk types (PNG 3rd edition §11) as they stand in the file, read as one number. */
export const IHDR = 0x49484452;
export const PLTE = 0x504c5445;
export const IDAT = 0x49444154;
export const IEND = 0x49454e44;
export const TRNS = 0x74524e53;
export const ICCP = 0x69434350;
export const SRGB = 0x73524742;
export const EXIF = 0x65584966;

export const SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and CRC. */
const FRAME_BYTES = 12;

/** The part of a chunk that the file holds: `end` is cut at the file's end. */
export interface Chunk {
  readonly type: number;
  readonly start: number;
  readonly end: number;
  /** Where the next chunk begins, perhaps beyond the file. */
  readonly next: number;
}

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte);

/** Where the first chunk begins. */
export const FIRST_CHUNK = SIGNATURE.length;

/** The chunk at `at`, or undefined where the file ends or holds no chunk: nothing behind that can be found again. */
export function chunkAt(bytes: Uint8Array, at: number): Chunk | undefined {
  const start = at + 8;
  if (start > bytes.length) return undefined;
  const length = uint32(bytes, at);
  const type = uint32(bytes, at + 4);
  if (length > 0x7fffffff || !isType(type)) return undefined;
  return { type, start, end: Math.min(start + length, bytes.length), next: at + FRAME_BYTES + length };
}

export const contents = (bytes: Uint8Array, chunk: Chunk): Uint8Array => bytes.subarray(chunk.start, chunk.end);

/** Whether the chunk is whole and its CRC, over type and contents, is right. */
export function isIntact(bytes: Uint8Array, chunk: Chunk): boolean {
  if (chunk.next > bytes.length) return false;
  return crc32(bytes.subarray(chunk.start - 4, chunk.end)) === uint32(bytes, chunk.end);
}

export const uint32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;

/** Four ASCII letters: clearing bit 5 of each leaves A to Z. */
function isType(type: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const letter = (type >>> shift) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) return false;
  }
  return true;
}
