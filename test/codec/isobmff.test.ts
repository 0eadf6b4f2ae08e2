import { expect, it } from "vitest";
import { readItems } from "../../src/codec/avif-items.ts";
import { BoxReader, boxesIn } from "../../src/codec/isobmff.ts";
import { HttpError } from "../../src/error.ts";

const text = (letters: string) => Array.from(letters, (letter) => letter.charCodeAt(0));
const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const box = (type: string, content: readonly number[]) => [...u32(content.length + 8), ...text(type), ...content];

it.for([
  ["its size", [0, 0, 0, 10, ...text("free"), 1, 2, 3, 4], 8, 10],
  ["the file when its size is 0", [0, 0, 0, 0, ...text("mdat"), 1, 2, 3, 4], 8, 12],
  ["the file when it claims more", [0, 0, 1, 0, ...text("mdat"), 1, 2], 8, 10],
  ["a size of 64 bits", [0, 0, 0, 1, ...text("mdat"), ...u32(0), ...u32(18), 1, 2, 3], 16, 18],
] as const)("boxesIn() ends a box by %s", ([, bytes, start, end]) => {
  expect([...boxesIn(Uint8Array.from(bytes))][0]).toMatchObject({ start, end });
});

it.for([
  ["a box is smaller than its header", [0, 0, 0, 4, ...text("free")]],
  ["there is nothing but boxes", Array.from({ length: 5_000 }, () => box("free", [])).flat()],
] as const)("boxesIn() throws when %s", ([, bytes]) => {
  expect(() => [...boxesIn(Uint8Array.from(bytes))]).toThrow(HttpError);
});

it("BoxReader throws at the end of its part", () => {
  const reader = new BoxReader(Uint8Array.of(1, 2, 3, 4), 1, 3);
  expect([reader.u8(), reader.u8(), reader.left]).toEqual([2, 3, 0]);
  expect(() => reader.u8()).toThrow(HttpError);
});

// An extent may take no bytes at all, so that counts alone decide how long the loop runs.
it("readItems() throws at once when counts promise millions of parts", () => {
  const iloc = box("iloc", [0, 0, 0, 0, 0, 0, 255, 255, ...Array(100).fill([0, 1, 0, 0, 255, 255]).flat()]);
  const file = Uint8Array.from(box("meta", [0, 0, 0, 0, ...iloc]));
  const before = performance.now();
  expect(() => readItems(file)).toThrow(HttpError);
  expect(performance.now() - before).toBeLessThan(50);
});
