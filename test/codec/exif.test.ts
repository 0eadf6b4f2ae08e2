import { expect, it } from "vitest";
import { readOrientation } from "../../src/codec/exif.ts";

/** A TIFF block with one entry in its first directory. */
function tiff(littleEndian: boolean, tag: number, type: number, value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(26));
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, 1, littleEndian);
  view.setUint16(10, tag, littleEndian);
  view.setUint16(12, type, littleEndian);
  view.setUint32(14, 1, littleEndian);
  view.setUint16(18, value, littleEndian);
  return new Uint8Array(view.buffer);
}

it.for([1, 2, 3, 4, 5, 6, 7, 8])("readOrientation() gives %i in both byte orders", (value) => {
  expect(readOrientation(tiff(true, 0x0112, 3, value))).toBe(value);
  expect(readOrientation(tiff(false, 0x0112, 3, value))).toBe(value);
});

it.for([
  ["another tag", tiff(true, 0x0110, 3, 6)],
  ["another type", tiff(true, 0x0112, 4, 6)],
  ["9", tiff(true, 0x0112, 3, 9)],
  ["0", tiff(true, 0x0112, 3, 0)],
  ["a cut block", tiff(true, 0x0112, 3, 6).subarray(0, 20)],
  ["nothing", new Uint8Array()],
  ["text", new TextEncoder().encode("not a TIFF block at all")],
] as const)("readOrientation() is upright when it meets %s", ([, block]) => {
  expect(readOrientation(block)).toBe(1);
});
