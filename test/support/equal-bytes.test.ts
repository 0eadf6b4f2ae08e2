import { expect, it } from "vitest";
import { equalBytes } from "./equal-bytes.ts";

const bytes = () => Uint8Array.of(1, 2, 3);

it("equalBytes() says so of the same bytes, wherever they are", () => {
  expect(equalBytes(bytes(), Uint8Array.of(0, 1, 2, 3).subarray(1))).toBe(true);
});

it.for([
  ["another byte", Uint8Array.of(1, 2, 4)],
  ["fewer", Uint8Array.of(1, 2)],
  ["more", Uint8Array.of(1, 2, 3, 0)],
  ["another type of bytes", Uint8ClampedArray.of(1, 2, 3)],
  ["numbers", [1, 2, 3]],
  ["nothing", undefined],
])("equalBytes() leaves %s to others, who tell them apart", ([, other]) => {
  expect(equalBytes(bytes(), other)).toBeUndefined();
  expect(equalBytes(other, bytes())).toBeUndefined();
  expect(bytes()).not.toEqual(other);
});

it("equalBytes() finds one byte of many", () => {
  const many = new Uint8Array(100_000);
  expect(many).toEqual(many.slice());
  expect(many.with(99_999, 1)).not.toEqual(many);
  expect({ data: many.with(50_000, 1) }).not.toEqual({ data: many });
});
