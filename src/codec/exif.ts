import type { Orientation } from "./codec.ts";

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
/** security.md L10: what lies beyond is not read. */
const MAX_BLOCK_BYTES = 65_536;
const MAX_ENTRIES = 1_000;

/**
 * Orientation from a TIFF block (EXIF 2.32 §4.5.2), the part after `Exif\0\0`. Only the first directory is read.
 * Anything broken or absent counts as upright.
 */
export function readOrientation(tiff: Uint8Array): Orientation {
  const block = tiff.subarray(0, MAX_BLOCK_BYTES);
  if (block.length < 8) return 1;
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  return orientationOf(view, order === 0x4949);
}

function orientationOf(view: DataView, littleEndian: boolean): Orientation {
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > view.byteLength) return 1;
  const entries = Math.min(view.getUint16(directory, littleEndian), MAX_ENTRIES);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > view.byteLength) return 1;
    if (view.getUint16(at, littleEndian) !== ORIENTATION_TAG) continue;
    if (view.getUint16(at + 2, littleEndian) !== SHORT) return 1;
    const value = view.getUint16(at + 8, littleEndian);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}
