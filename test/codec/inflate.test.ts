import { expect, it } from "vitest";
import { inflate } from "../../src/codec/inflate.ts";

async function deflate(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Response(new Blob([data]).stream().pipeThrough(new CompressionStream("deflate"))).bytes();
}

const noise = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i, 2654435761) >>> 13) & 255);

const text = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => 65 + (Math.imul(i % 1000, i % 77) & 15));

/** Compared by value: a failure of `toEqual` on this many bytes would print them all. */
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

it.for([
  ["nothing", new Uint8Array()],
  ["one byte", new Uint8Array(1)],
  ["few bytes, by the fixed codes", text(20)],
  ["text, by codes of its own", text(200_000)],
  ["noise, by stored blocks", noise(100_000)],
  ["long runs", new Uint8Array(1_000_000)],
] as const)("inflate() gives back %s", async ([, data]) => {
  expect(same(inflate(await deflate(data), data.length), data)).toBe(true);
});

it("inflate() stops at the size asked for", async () => {
  expect(same(inflate(await deflate(text(100_000)), 500), text(500))).toBe(true);
});

it("inflate() pads with zeros when the data ends early", async () => {
  const unpacked = inflate(await deflate(text(500)), 600);
  expect(same(unpacked.subarray(0, 500), text(500))).toBe(true);
  expect(unpacked.subarray(500).every((byte) => byte === 0)).toBe(true);
});

it("inflate() keeps everything when junk follows", async () => {
  const packed = await deflate(text(60_000));
  expect(same(inflate(new Uint8Array([...packed, ...noise(9_000)]), 60_000), text(60_000))).toBe(true);
});

it("inflate() keeps what comes before a cut", async () => {
  const packed = await deflate(text(60_000));
  const unpacked = inflate(packed.subarray(0, packed.length >> 1), 60_000);
  expect(unpacked.length).toBe(60_000);
  expect(same(unpacked.subarray(0, 10_000), text(10_000))).toBe(true);
});

it("inflate() neither throws nor hangs on damaged data", async () => {
  const packed = await deflate(text(5_000));
  for (let i = 0; i < packed.length * 4; i++) {
    const damaged = packed.slice();
    damaged[i % packed.length] ^= 1 << (i % 7);
    expect(inflate(damaged, 5_000).length).toBe(5_000);
  }
  expect(inflate(noise(5_000), 5_000).length).toBe(5_000);
});
