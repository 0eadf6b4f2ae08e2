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

/** A TIFF block whose first directory, at `directory`, has the orientation 6 as its entry `index`. */
function manyEntries(directory: number, index: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(directory + 2 + (index + 1) * 12));
  view.setUint16(0, 0x4d4d);
  view.setUint16(2, 42);
  view.setUint32(4, directory);
  view.setUint16(directory, index + 1);
  const at = directory + 2 + index * 12;
  view.setUint16(at, 0x0112);
  view.setUint16(at + 2, 3);
  view.setUint32(at + 4, 1);
  view.setUint16(at + 8, 6);
  return new Uint8Array(view.buffer);
}

it.for([
  ["the 1,000th entry", manyEntries(8, 999), 6],
  ["the 1,001st entry", manyEntries(8, 1_000), 1],
  ["an entry that ends with 64 KiB", manyEntries(65_536 - 14, 0), 6],
  ["an entry that ends beyond", manyEntries(65_536 - 13, 0), 1],
] as const)("L10: readOrientation() of %s", ([, block, orientation]) => {
  expect(readOrientation(block)).toBe(orientation);
});

it("L10: readOrientation() reads no second directory", () => {
  const [first, second] = [tiff(false, 0x0110, 3, 1), manyEntries(8, 0).subarray(8)];
  const block = Uint8Array.from([...first, ...second]);
  new DataView(block.buffer).setUint32(22, 26);
  expect(readOrientation(block)).toBe(1);
});
