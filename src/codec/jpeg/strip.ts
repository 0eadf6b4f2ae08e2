/** ITU-T T.81 table B.1, and the two application markers that change colours. */
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const ADOBE_SEGMENT_BYTES = 16;
const END = Uint8Array.of(0xff, EOI);

/**
 * Frames, tables and scans up to the first end of image; of application data Adobe's colour transform only. Absent
 * where something stands between segments that is none of them.
 */
export function stripJpeg(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const parts = [bytes.subarray(0, 2)];
  for (let at = 2; at + 4 <= bytes.length && bytes[at + 1] !== EOI; ) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) return undefined;
    if (marker === 0xff) at++;
    else {
      const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
      if (end > bytes.length || end < at + 4) return undefined;
      const scanEnd = marker === SOS ? endOfScan(bytes, end) : end;
      if (isNeeded(bytes, marker, at))
        parts.push(bytes.subarray(at, marker === APP14 ? at + ADOBE_SEGMENT_BYTES : scanEnd));
      at = scanEnd;
    }
  }
  return [...parts, END];
}

function isNeeded(bytes: Uint8Array, marker: number, at: number): boolean {
  if (marker === APP14) return isAdobe(bytes, at);
  return marker !== COM && (marker < APP0 || marker > APP15);
}

/** `Adobe`, version, two flags, transform: 14 bytes with their length. A longer one would carry something else. */
const isAdobe = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 2] === 0 && bytes[at + 3] === 14 && String.fromCharCode(...bytes.subarray(at + 4, at + 9)) === "Adobe";

/** Offset of the next marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
