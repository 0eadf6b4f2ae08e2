import type { JpegHuffmanTables, JpegSteps } from "../../engine/jpeg-encode.ts";
import { componentsOf, type JpegSampling, pixelsASample } from "../../engine/jpeg-sampling.ts";
import { ZIGZAG } from "../../engine/zigzag.ts";
import type { Size } from "../../transform/image.ts";
import type { JpegQuality } from "./steps.ts";

/** What a baseline JPEG of `size` has before its only scan. No metadata. */
export function jpegFileHeader(
  { width, height }: Size,
  { luma, chroma }: JpegQuality,
  sampling: JpegSampling,
  tables: JpegHuffmanTables,
): Uint8Array {
  const components = componentsOf(sampling);
  const densest = pixelsASample(sampling, components.length - 1);
  const factors = (component: number) => (densest / pixelsASample(sampling, component)) * 0x11;
  const table = (component: number) => Math.min(component, 1);
  return Uint8Array.from([
    ...[0xff, SOI],
    ...segment(APP0, JFIF),
    ...segment(
      DQT,
      [luma, chroma].slice(0, tables.length / 2).flatMap((steps, id) => [id, ...inZigzag(steps)]),
    ),
    ...segment(SOF0, [
      ...[8, ...word(height), ...word(width), components.length],
      ...components.flatMap((component) => [component + 1, factors(component), table(component)]),
    ]),
    ...segment(
      DHT,
      tables.flatMap((table, index) => [TABLE_IDS[index], ...table]),
    ),
    ...segment(SOS, [
      components.length,
      ...components.flatMap((component) => [component + 1, table(component) * 0x11]),
      ...[0, 63, 0],
    ]),
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
