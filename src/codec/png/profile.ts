import { deflateSync } from "node:zlib";
import { inflatePart } from "../../engine/inflate.ts";
import { joinBytes } from "../byte-sink.ts";
import { chunkAt, contents, FIRST_CHUNK, ICCP, IDAT, IEND, SRGB, uint32 } from "./chunks.ts";
import { pngChunk } from "./file.ts";

/** security.md L10: a larger profile counts as absent. */
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;
/** Keyword of at most 79 bytes and its terminator (PNG 3rd edition §11.3.2.3). */
const MAX_KEYWORD_BYTES = 80;
const MAX_CHUNKS = 100_000;
/** ICC.1 §7.2: the header begins with the size; it holds the colour space and the file signature `acsp`. */
const HEADER_BYTES = 128;
const SPACE_AT = 16;
const SIGNATURE_AT = 36;
const ACSP = 0x61637370;
const GRAY = 0x47524159;
const RGB = 0x52474220;

/** The ICC profile of a PNG; absent where it is broken, not of the picture's kind of colours, or sRGB is declared. */
export function readEmbeddedProfile(bytes: Uint8Array): Uint8Array | undefined {
  const compressed = findProfile(bytes);
  const header = compressed && inflatePart(compressed, HEADER_BYTES);
  if (!header || header.length < HEADER_BYTES || uint32(header, SIGNATURE_AT) !== ACSP) return undefined;
  const isColour = (bytes[FIRST_CHUNK + 17] & 2) !== 0;
  if (uint32(header, SPACE_AT) !== (isColour ? RGB : GRAY)) return undefined;
  const size = uint32(header, 0);
  if (size < HEADER_BYTES || size > MAX_PROFILE_BYTES) return undefined;
  const profile = inflatePart(compressed, size);
  return profile.length === size ? profile : undefined;
}

/** The compressed profile. An sRGB chunk, wherever it stands before the pixels, wins over it. */
function findProfile(bytes: Uint8Array): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  let chunk = chunkAt(bytes, FIRST_CHUNK);
  for (let count = 0; chunk && count < MAX_CHUNKS; count++) {
    if (chunk.type === IDAT || chunk.type === IEND) return found;
    if (chunk.type === SRGB) return undefined;
    if (chunk.type === ICCP) found ??= withoutName(contents(bytes, chunk));
    chunk = chunkAt(bytes, chunk.next);
  }
  return undefined;
}

/** Behind the name stand its terminator and the compression method, 0. */
function withoutName(bytes: Uint8Array): Uint8Array | undefined {
  const terminator = bytes.subarray(0, MAX_KEYWORD_BYTES).indexOf(0);
  return terminator > 0 && bytes[terminator + 1] === 0 ? bytes.subarray(terminator + 2) : undefined;
}

/** Name of the profile, compression method 0. */
const ICCP_START = [...Array.from("ICC profile", (letter) => letter.charCodeAt(0)), 0, 0];
/** Signature and IHDR, whose length never varies. */
const HEADER_END = FIRST_CHUNK + 25;

/** Behind IHDR. */
export const embedPngProfile = (file: Uint8Array, profile: Uint8Array): readonly Uint8Array[] => [
  file.subarray(0, HEADER_END),
  pngChunk(ICCP, joinBytes([Uint8Array.from(ICCP_START), deflateSync(profile)])),
  file.subarray(HEADER_END),
];
