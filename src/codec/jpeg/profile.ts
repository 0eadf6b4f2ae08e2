import { joinBytes } from "../byte-sink.ts";
import { MARKER, readSegment, startsWith, uint16 } from "./segments.ts";

const SIGNATURE = "ICC_PROFILE\0";
/** Signature, number of this chunk from 1, number of chunks. */
const CHUNK_HEADER_BYTES = 14;
/** Of a profile in one segment, whose length counts itself. */
const MAX_CHUNK_BYTES = 65_535 - 2 - CHUNK_HEADER_BYTES;
const MAX_SEGMENTS = 10_000;

/** The ICC profile of a JPEG, put together from its APP2 segments (ICC.1:2022 annex B.4); absent where one is missing. */
export function readJpegProfile(bytes: Uint8Array): Uint8Array | undefined {
  if (uint16(bytes, 0) !== 0xffd8) return undefined;
  const chunks = new Map<number, Uint8Array>();
  let total = 0;
  let segments = 0;
  for (let segment = readSegment(bytes, 2); segment; segment = readSegment(bytes, segment.end)) {
    const { marker, body } = segment;
    if (marker === MARKER.SOS || ++segments > MAX_SEGMENTS) break;
    if (marker !== MARKER.APP2 || !startsWith(body, SIGNATURE) || body.length < CHUNK_HEADER_BYTES) continue;
    if (chunks.has(body[12])) return undefined;
    chunks.set(body[12], body.subarray(CHUNK_HEADER_BYTES));
    total = body[13];
  }
  return total > 0 ? join(chunks, total) : undefined;
}

/** Behind SOI, and JFIF's segment where there is one. */
export function embedJpegProfile(file: Uint8Array, profile: Uint8Array): readonly Uint8Array[] {
  const first = readSegment(file, 2);
  const at = first?.marker === MARKER.APP0 ? first.end : 2;
  return [file.subarray(0, at), ...profileSegments(profile), file.subarray(at)];
}

function profileSegments(profile: Uint8Array): Uint8Array[] {
  const total = Math.ceil(profile.length / MAX_CHUNK_BYTES);
  return Array.from({ length: total }, (_, index) => {
    const chunk = profile.subarray(index * MAX_CHUNK_BYTES, (index + 1) * MAX_CHUNK_BYTES);
    const length = 2 + CHUNK_HEADER_BYTES + chunk.length;
    const signature = Array.from(SIGNATURE, (letter) => letter.charCodeAt(0));
    return joinBytes([
      Uint8Array.of(0xff, MARKER.APP2, length >> 8, length & 255, ...signature, index + 1, total),
      chunk,
    ]);
  });
}

function join(chunks: ReadonlyMap<number, Uint8Array>, total: number): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let number = 1; number <= total; number++) {
    const part = chunks.get(number);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  const profile = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => {
    profile.set(part, at);
    return at + part.length;
  }, 0);
  return profile.length > 0 && profile.length <= MAX_PROFILE_BYTES ? profile : undefined;
}

/** security.md L10. */
const MAX_PROFILE_BYTES = 4_194_304;
