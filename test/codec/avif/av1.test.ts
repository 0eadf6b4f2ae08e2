import { expect, it } from "vitest";
import { readSequenceHeader } from "../../../src/codec/avif/av1.ts";

const binary = (value: number, length: number) => value.toString(2).padStart(length, "0");

/** The sequence header of a still of 8 bit, 4:2:0, whose frames may have so many pixels (AV1 specification §5.5). */
function sequenceHeader(width: number, height: number): Uint8Array {
  const bits = [
    ...["000", "1", "1", binary(0, 5), binary(15, 4), binary(15, 4), binary(width - 1, 16), binary(height - 1, 16)],
    ...["000", "000", "0", "0", "0", "1", "00", "0", "0"],
  ].join("");
  const payload = bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)) ?? [];
  return Uint8Array.of(0x0a, payload.length, ...payload);
}

it("readSequenceHeader() takes frames of 100 megapixels, and refuses larger ones", () => {
  expect(readSequenceHeader(sequenceHeader(10_000, 10_000))).toMatchObject({ depth: 8, subsampling: "4:2:0" });
  for (const [width, height] of [
    [10_000, 10_001],
    [65_536, 65_536],
  ])
    expect(() => readSequenceHeader(sequenceHeader(width, height))).toThrow(
      expect.objectContaining({ status: 422, code: "decode_failed" }),
    );
});
