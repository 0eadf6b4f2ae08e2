import type { JpegHuffmanTables, JpegSteps } from "../../engine/jpeg-encode.ts";
import { ZIGZAG } from "../../engine/zigzag.ts";
import type { Size } from "../../transform/image.ts";
import type { JpegQuality } from "./steps.ts";

/** What a baseline JPEG of `size` with 4:2:0 chroma has before its only scan. No metadata. */
export function jpegFileHeader(
  { width, height }: Size,
  { luma, chroma }: JpegQuality,
  tables: JpegHuffmanTables,
): Uint8Array {
  return Uint8Array.from([
    ...[0xff, SOI],
    ...segment(APP0, JFIF),
    ...segment(DQT, [0, ...inZigzag(luma), 1, ...inZigzag(chroma)]),
    ...segment(SOF0, [8, ...word(height), ...word(width), 3, ...[1, 0x22, 0], ...[2, 0x11, 1], ...[3, 0x11, 1]]),
    ...segment(
      DHT,
      tables.flatMap((table, index) => [TABLE_IDS[index], ...table]),
    ),
    ...segment(SOS, [3, ...[1, 0x00], ...[2, 0x11], ...[3, 0x11], ...[0, 63, 0]]),
  ]);
}

/** What ends it. */
export const JPEG_END: Uint8Array = Uint8Array.of(0xff, 0xd9);

const SOI = 0xd8;
const APP0 = 0xe0;
const DQT = 0xdb;
const SOF0 = 0xc0;
const DHT = 0xc4;
const SOS = 0xda;

/** Version 1.01, no unit, square pixels, no thumbnail (JFIF 1.02). */
const JFIF = [0x4a, 0x46, 0x49, 0x46, 0, ...[1, 1], 0, ...[0, 1], ...[0, 1], ...[0, 0]];

/** Class above id: luma is 0, chroma 1. */
const TABLE_IDS = [0x00, 0x10, 0x01, 0x11];

const segment = (marker: number, body: readonly number[]) => [0xff, marker, ...word(body.length + 2), ...body];

const word = (value: number) => [value >> 8, value & 255];

const inZigzag = (steps: JpegSteps) => ZIGZAG.map((place) => steps[place]);
