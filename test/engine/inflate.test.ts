import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { createEngine } from "../../src/engine/engine.ts";
import { createInflater, type InflateExports, inflatePart } from "../../src/engine/inflate.ts";

/** Bytes of many characters: noise, few values, runs, periods of 1 to 40, and far repetitions. */
function sample(kind: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = kind + 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const random = state >>> 16;
    if (kind === 0) bytes[at] = random;
    else if (kind === 1) bytes[at] = random % 5;
    else if (kind === 2) bytes[at] = at % 997 < 700 ? 9 : random;
    else if (kind < 40) bytes[at] = at < kind ? random : random % 50 ? bytes[at - kind] : random;
    else bytes[at] = at < 30_000 ? random : bytes[at - 30_000 + (random % 3)];
  }
  return bytes;
}

const KINDS = [...Array(41).keys()];

it.for(KINDS)("inflatePart() gives what was deflated, data of kind %i", (kind) => {
  const bytes = sample(kind, 150_000);
  for (const options of [{ level: 0 }, { level: 1 }, { level: 9 }, { strategy: 2 }, { strategy: 3 }, { strategy: 4 }])
    expect(inflatePart(deflateSync(bytes, options), bytes.length)).toEqual(bytes);
});

it.for([1, 7, 100, 4_000, 65_535])("need() gives the stream in steps of %i bytes", (step) => {
  const bytes = sample(1, step < 10 ? 5_000 : 150_000);
  const compressed = deflateSync(bytes);
  const engine = createEngine<InflateExports>();
  let fed = 0;
  const inflater = createInflater(engine, step, (into) => {
    const part = compressed.subarray(fed, fed + into.length);
    into.set(part);
    fed += part.length;
    return part.length;
  });
  for (let at = 0; at < bytes.length; at += step) {
    const { at: from, length } = inflater.need(step);
    expect(length).toBe(Math.min(step, bytes.length - at));
    expect(new Uint8Array(engine.memory.buffer, from, length)).toEqual(bytes.subarray(at, at + step));
    inflater.skip(length);
  }
  expect(inflater.need(1).length).toBe(0);
});

it("inflatePart() gives everything before a cut", () => {
  const bytes = sample(1, 3_000);
  const compressed = deflateSync(bytes);
  let longest = 0;
  for (let length = 0; length < compressed.length; length++) {
    const part = inflatePart(compressed.subarray(0, length), bytes.length);
    expect(part).toEqual(bytes.subarray(0, part.length));
    expect(part.length).toBeGreaterThanOrEqual(longest);
    longest = part.length;
  }
  expect(longest).toBe(bytes.length);
});

it("inflatePart() stops, and never writes past what is asked for, when bytes are changed", () => {
  const bytes = sample(3, 2_000);
  const compressed = deflateSync(bytes);
  for (let at = 0; at < compressed.length; at++)
    for (const change of [1, 16, 128, 255]) {
      const part = inflatePart(compressed.with(at, compressed[at] ^ change), 2_500);
      expect(part.length).toBeLessThanOrEqual(2_500);
    }
});

it.for([
  ["nothing", []],
  ["another method", [0x79, 0x9c, 3, 0]],
  ["a dictionary", [0x78, 0xbb, 3, 0]],
  ["a block of type 3", [0x78, 0x9c, 7, 0]],
  ["a stored block whose lengths disagree", [0x78, 0x9c, 1, 5, 0, 5, 0, 1, 2, 3, 4, 5]],
  ["a match before the beginning", [0x78, 0x9c, 0x63, 0x00, 0x42, 0x00]],
] as const)("inflatePart() gives at most a byte of %s", ([, bytes]) => {
  expect(inflatePart(Uint8Array.from(bytes), 100).length).toBeLessThanOrEqual(1);
});
