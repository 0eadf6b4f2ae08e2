import { MAX_PIXELS } from "../limits.ts";
import { damaged } from "./isobmff.ts";

/** What an AV1 sequence header says about pixels (AV1 specification §5.5). */
export interface SequenceHeader {
  readonly depth: 8 | 10 | 12;
  readonly subsampling: "4:0:0" | "4:2:0" | "4:2:2" | "4:4:4";
  /** `matrix_coefficients` of ITU-T H.273; 2 = unspecified. */
  readonly matrix: number;
  readonly fullRange: boolean;
}

interface Obu {
  readonly type: number;
  readonly start: number;
  /** Where the next one begins. */
  readonly end: number;
}

const SEQUENCE_HEADER = 1;
const TEMPORAL_DELIMITER = 2;
const FRAME_HEADER = 3;
const FRAME = 6;
/** A still is one frame, or one a layer; AV1 knows at most 4 spatial layers, each perhaps preceded by a hidden frame. */
const MAX_FRAMES = 8;

/**
 * The first temporal unit of `data` (§7.5): a still needs no more. A decoder would go through everything that follows,
 * and a few bytes can ask for another full frame.
 * @throws HttpError 422 decode_failed where it holds more frames than a still may have layers
 */
export function firstTemporalUnit(data: Uint8Array): Uint8Array {
  let frames = 0;
  let length = 0;
  for (const { type, end } of obusIn(data)) {
    if (type === TEMPORAL_DELIMITER && frames > 0) break;
    if (type === FRAME || type === FRAME_HEADER) frames++;
    if (frames > MAX_FRAMES) throw damaged("an item holds a video");
    length = end;
  }
  if (frames === 0) throw damaged("an item holds no frame");
  return data.subarray(0, length);
}

/** @throws HttpError 422 decode_failed where there is no sequence header, or it is cut */
export function readSequenceHeader(data: Uint8Array): SequenceHeader {
  for (const { type, start, end } of obusIn(data))
    if (type === SEQUENCE_HEADER) return parseSequenceHeader(new BitReader(data.subarray(start, end)));
  throw damaged("there is no sequence header");
}

const MAX_OBUS = 65_536;

/** Open bitstream units, §5.3. `start` is where the payload begins. */
function* obusIn(data: Uint8Array): Generator<Obu> {
  let at = 0;
  for (let count = 0; at < data.length && count < MAX_OBUS; count++) {
    const header = data[at];
    const type = (header >> 3) & 15;
    at += header & 4 ? 2 : 1;
    let size = data.length - at;
    if (header & 2) [size, at] = readLeb128(data, at);
    const end = Math.min(at + size, data.length);
    yield { type, start: at, end };
    at = end;
  }
}

/** §4.10.5: value and the offset behind it. */
function readLeb128(data: Uint8Array, at: number): [value: number, at: number] {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    if (at + index >= data.length) throw damaged("an AV1 unit is cut short");
    const byte = data[at + index];
    value += (byte & 127) * 2 ** (index * 7);
    if (byte < 128) return [value, at + index + 1];
  }
  throw damaged("an AV1 unit has no size");
}

class BitReader {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bits(count: number): number {
    if (this.#at + count > this.#bytes.length * 8) throw damaged("the sequence header is cut short");
    let value = 0;
    for (const end = this.#at + count; this.#at < end; this.#at++)
      value = value * 2 + ((this.#bytes[this.#at >> 3] >> (7 - (this.#at & 7))) & 1);
    return value;
  }

  flag(): boolean {
    return this.bits(1) === 1;
  }

  /** §4.10.3. */
  skipUvlc(): void {
    let zeros = 0;
    while (zeros < 32 && !this.flag()) zeros++;
    if (zeros < 32) this.bits(zeros);
  }
}

function parseSequenceHeader(reader: BitReader): SequenceHeader {
  const profile = reader.bits(3);
  reader.bits(1);
  const reduced = reader.flag();
  if (reduced) reader.bits(5);
  else skipOperatingPoints(reader);
  verifyFrameSize(reader, reduced);
  reader.bits(3);
  if (!reduced) skipInterTools(reader);
  reader.bits(3);
  return readColourConfig(reader, profile);
}

function skipOperatingPoints(reader: BitReader): void {
  const delayBits = reader.flag() ? skipTiming(reader) : 0;
  const displayDelay = reader.flag();
  for (let left = reader.bits(5); left >= 0; left--) {
    reader.bits(12);
    if (reader.bits(5) > 7) reader.bits(1);
    if (delayBits > 0 && reader.flag()) reader.bits(2 * delayBits + 1);
    if (displayDelay && reader.flag()) reader.bits(4);
  }
}

/** The length in bits of delays, or 0 where there is no decoder model. */
function skipTiming(reader: BitReader): number {
  reader.bits(64);
  if (reader.flag()) reader.skipUvlc();
  if (!reader.flag()) return 0;
  const delayBits = reader.bits(5) + 1;
  reader.bits(42);
  return delayBits;
}

/** The largest frame there may be. libaom multiplies such sizes in 32 bits. */
function verifyFrameSize(reader: BitReader, reduced: boolean): void {
  const widthBits = reader.bits(4) + 1;
  const heightBits = reader.bits(4) + 1;
  const width = reader.bits(widthBits) + 1;
  if (width * (reader.bits(heightBits) + 1) > MAX_PIXELS) throw damaged("its frames are too large");
  if (!reduced && reader.flag()) reader.bits(7);
}

function skipInterTools(reader: BitReader): void {
  reader.bits(4);
  const orderHint = reader.flag();
  if (orderHint) reader.bits(2);
  const screenContent = reader.flag() || reader.flag();
  if (screenContent && !reader.flag()) reader.bits(1);
  if (orderHint) reader.bits(3);
}

/** §5.5.2. */
function readColourConfig(reader: BitReader, profile: number): SequenceHeader {
  const high = reader.flag();
  const depth = high ? (profile === 2 && reader.flag() ? 12 : 10) : 8;
  const monochrome = profile !== 1 && reader.flag();
  const [primaries, transfer, matrix] = reader.flag() ? [reader.bits(8), reader.bits(8), reader.bits(8)] : [2, 2, 2];
  if (monochrome) return { depth, subsampling: "4:0:0", matrix, fullRange: reader.flag() };
  if (primaries === 1 && transfer === 13 && matrix === 0)
    return { depth, subsampling: "4:4:4", matrix, fullRange: true };
  const fullRange = reader.flag();
  return { depth, subsampling: readSubsampling(reader, profile, depth), matrix, fullRange };
}

function readSubsampling(reader: BitReader, profile: number, depth: number): SequenceHeader["subsampling"] {
  if (profile === 0) return "4:2:0";
  if (profile === 1) return "4:4:4";
  if (depth < 12) return "4:2:2";
  if (!reader.flag()) return "4:4:4";
  return reader.flag() ? "4:2:0" : "4:2:2";
}
