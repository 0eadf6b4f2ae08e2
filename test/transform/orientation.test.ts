import { expect, it } from "vitest";
import type { Orientation } from "../../src/codec/codec.ts";
import { compose, inverse, orientedRect, orientedSize } from "../../src/transform/orientation.ts";

const ALL: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const PAIRS = ALL.flatMap((a) => ALL.map((b) => [a, b] as const));
const size = { width: 7, height: 4 };
const rect = { left: 1, top: 2, width: 3, height: 1 };

it.for(PAIRS)("compose(%i, %i) does one after the other", ([a, b]) => {
  const both = orientedRect(orientedRect(rect, size, a), orientedSize(size, a), b);
  expect(orientedRect(rect, size, compose(a, b))).toEqual(both);
});

it.for(ALL)("inverse(%i) undoes it", (orientation) => {
  expect(compose(orientation, inverse(orientation))).toBe(1);
});

it.for([
  [1, { left: 1, top: 2, width: 3, height: 1 }],
  [2, { left: 3, top: 2, width: 3, height: 1 }],
  [3, { left: 3, top: 1, width: 3, height: 1 }],
  [4, { left: 1, top: 1, width: 3, height: 1 }],
  [5, { left: 2, top: 1, width: 1, height: 3 }],
  [6, { left: 1, top: 1, width: 1, height: 3 }],
  [7, { left: 1, top: 3, width: 1, height: 3 }],
  [8, { left: 2, top: 3, width: 1, height: 3 }],
] as const)("orientedRect() by EXIF %i", ([orientation, expected]) => {
  expect(orientedRect(rect, size, orientation)).toEqual(expected);
});
