import { HttpError } from "../../error.ts";

/** Marker codes (T.81 table B.1). */
export const MARKER = {
  SOF0: 0xc0,
  DHT: 0xc4,
  JPG: 0xc8,
  DAC: 0xcc,
  SOF15: 0xcf,
  RST0: 0xd0,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DQT: 0xdb,
  DNL: 0xdc,
  DRI: 0xdd,
  APP0: 0xe0,
  APP1: 0xe1,
  APP2: 0xe2,
  APP14: 0xee,
  TEM: 0x01,
} as const;

export interface Segment {
  readonly marker: number;
  /** What follows the length; cut where the file ends. Empty for markers that stand alone. */
  readonly body: Uint8Array;
  /** Behind its marker. */
  readonly start: number;
  /** Where to go on. */
  readonly end: number;
}

export const isFrame = (marker: number): boolean =>
  marker >= MARKER.SOF0 &&
  marker <= MARKER.SOF15 &&
  marker !== MARKER.DHT &&
  marker !== MARKER.JPG &&
  marker !== MARKER.DAC;

export const broken = (what: string): HttpError => new HttpError(422, "decode_failed", `Cannot read JPEG: ${what}`);

/**
 * The next segment at or after `at`, skipping whatever is not a marker; absent at the end of picture or file. A stuffed
 * 0xFF 0x00 is no marker, nor is a restart, so this also passes over entropy-coded data.
 */
export function readSegment(bytes: Uint8Array, at: number): Segment | undefined {
  const start = findMarker(bytes, at);
  const marker = bytes[start + 1];
  if (marker === undefined || marker === MARKER.EOI) return undefined;
  if (standsAlone(marker)) return { marker, body: bytes.subarray(0, 0), start: start + 2, end: start + 2 };
  if (start + 4 > bytes.length) return undefined;
  const length = Math.max(2, (bytes[start + 2] << 8) | bytes[start + 3]);
  const end = Math.min(start + 2 + length, bytes.length);
  return { marker, body: bytes.subarray(start + 4, end), start: start + 2, end };
}

const standsAlone = (marker: number): boolean => marker === MARKER.TEM || marker === MARKER.SOI;

/** Position of the last 0xFF before the code of a marker that is no restart, or the length of the file. */
function findMarker(bytes: Uint8Array, from: number): number {
  let others = 0;
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (isMarkerCode(bytes[at + 1])) return at;
    // A search costs as much as looking at some thirty bytes: not worth it where 0xFF is dense.
    if (++others > 64 && others * 32 > at - from) return findNear(bytes, at + 1);
  }
  return bytes.length;
}

/** Looks at codes: one that is not 0xFF says that no marker begins there, so that two bytes are passed at once. */
function findNear(bytes: Uint8Array, from: number): number {
  const last = bytes.length - 1;
  for (let at = from; at < last; at++) {
    const code = bytes[at + 1];
    if (code === 0xff) {
      // Fill, four bytes at a time.
      if (at + 4 <= last && (bytes[at + 2] & bytes[at + 3] & bytes[at + 4]) === 0xff) at += 3;
      continue;
    }
    // As isMarkerCode, spelt out: this loop is often over before a call in it would be compiled away.
    if (code !== 0 && bytes[at] === 0xff && (code & 0xf8) !== 0xd0) return at;
    at++;
  }
  return bytes.length;
}

/** 0 is stuffing, 0xFF fill; a restart marker belongs to the data that it divides. */
const isMarkerCode = (code: number | undefined): boolean =>
  code !== undefined && code !== 0 && code !== 0xff && (code & 0xf8) !== MARKER.RST0;

/** Whether `body` begins with `text`. */
export function startsWith(body: Uint8Array, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (body[index] !== text.charCodeAt(index)) return false;
  return true;
}

export const uint16 = (bytes: Uint8Array, at: number): number => (bytes[at] << 8) | bytes[at + 1];
