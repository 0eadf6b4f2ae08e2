import { expect, it } from "vitest";
import { readTransforms } from "../../src/codec/avif-transforms.ts";
import type { Orientation } from "../../src/codec/codec.ts";
import { HttpError } from "../../src/error.ts";

const size = { width: 12, height: 34 };

/** Properties in this order, and what comes of them. */
function transforms(...properties: readonly (readonly [type: string, content: readonly number[]])[]) {
  const bytes = Uint8Array.from(properties.flatMap(([, content]) => content));
  let end = 0;
  const boxes = properties.map(([type, { length }]) => {
    end += length;
    return { type, start: end - length, end };
  });
  return readTransforms(bytes, boxes, size);
}

const irot = (quarters: number) => ["irot", [quarters]] as const;
const imir = (axis: number) => ["imir", [axis]] as const;
const clap = (...words: readonly number[]) =>
  ["clap", words.flatMap((word) => [word >> 24, word >> 16, word >> 8, word].map((byte) => byte & 255))] as const;

it.for<readonly [Orientation, ...(readonly [string, readonly number[]])[]]>([
  [1],
  [1, irot(0)],
  [8, irot(1)],
  [3, irot(2)],
  [6, irot(3)],
  [4, imir(0)],
  [2, imir(1)],
  [5, irot(1), imir(0)],
  [7, irot(1), imir(1)],
  [2, irot(2), imir(0)],
  [4, irot(2), imir(1)],
  [7, irot(3), imir(0)],
  [5, irot(3), imir(1)],
  [7, imir(0), irot(1)],
  [1, irot(1), irot(3)],
])("readTransforms() gives orientation %i", ([expected, ...properties]) => {
  expect(transforms(...properties).orientation).toBe(expected);
});

it("readTransforms() crops around the centre that clap gives", () => {
  expect(transforms(clap(8, 1, 10, 1, 2, 1, -6, 1), irot(1)).crop).toEqual({ left: 4, top: 6, width: 8, height: 10 });
});

it.for([
  ["leaves the picture", clap(8, 1, 10, 1, 6, 1, 0, 1)],
  ["is empty", clap(0, 1, 10, 1, 0, 1, 0, 1)],
  ["divides by zero", clap(8, 0, 10, 1, 0, 1, 0, 1)],
  ["is cut", clap(8, 1, 10)],
] as const)("readTransforms() throws when a crop %s", ([, box]) => {
  expect(() => transforms(box)).toThrow(HttpError);
});
