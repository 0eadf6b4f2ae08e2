import type { Format } from "./codec.ts";
import { stripGif } from "./gif/strip.ts";
import { stripJpeg } from "./jpeg/strip.ts";
import { stripPng } from "./png/strip.ts";
import { stripWebp } from "./webp/strip.ts";

/** The parts of a file that show its pictures, in order; absent where the file's structure cannot be followed. */
export type Strip = (bytes: Uint8Array) => readonly Uint8Array[] | undefined;

const STRIPS: Partial<Record<Format, Strip>> = { jpg: stripJpeg, png: stripPng, gif: stripGif, webp: stripWebp };

/** Whether files of that format can be taken apart, if their structure can be followed. */
export const canStrip = (format: Format): boolean => STRIPS[format] !== undefined;

/**
 * The same picture without anything that is not needed to show it: no EXIF, XMP, IPTC, ICC, comments, thumbnails, or
 * bytes behind the end (security.md C1). Pixels are not touched, so whoever needs the picture turned or its colours
 * converted must decode it. Absent for formats and files that cannot be taken apart.
 */
export function stripMetadata(bytes: Uint8Array, format: Format): Uint8Array | undefined {
  const parts = STRIPS[format]?.(bytes);
  return parts && joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
