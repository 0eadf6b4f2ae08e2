import avifEncoder from "@jsquash/avif/codec/enc/avif_enc.js";
import avifEncoderWasm from "@jsquash/avif/codec/enc/avif_enc.wasm";
import { defaultOptions } from "@jsquash/avif/meta";
import { expect, it } from "vitest";
import { type EmscriptenFactory, runEmscripten } from "../../src/codec/emscripten.ts";

interface Api {
  encode(data: Uint8Array, width: number, height: number, options: object): Uint8Array | null;
}

const factory: EmscriptenFactory<Api> = avifEncoder;
const MIB = 1024 * 1024;

/** Encodes a gray square: a job that takes more memory the larger it is. */
const encode = (side: number, maximumBytes?: number) =>
  runEmscripten(
    factory,
    avifEncoderWasm,
    (api) => api.encode(new Uint8Array(side * side * 4).fill(128), side, side, { ...defaultOptions, speed: 10 }),
    maximumBytes,
  );

it("runEmscripten() gives the result and the memory it took", async () => {
  const { result, memoryBytes } = await encode(16);
  expect(result?.length).toBeGreaterThan(100);
  expect(memoryBytes).toBeGreaterThanOrEqual(16 * MIB);
  expect(memoryBytes).toBeLessThan(96 * MIB);
});

it("runEmscripten() does the same again when an instance has failed in between", async () => {
  const { result } = await encode(64);
  await expect(encode(2000, 20 * MIB)).rejects.toThrow(Error);
  expect((await encode(64)).result).toEqual(result);
});

it("runEmscripten() never lets an instance grow past the maximum", async () => {
  await expect(encode(2000, 24 * MIB).then((run) => run.memoryBytes)).rejects.toThrow("WASM codec failed");
  expect((await encode(256, 48 * MIB)).memoryBytes).toBeLessThanOrEqual(48 * MIB);
});

it("runEmscripten() throws an Error with the cause when work throws a number", async () => {
  const run = runEmscripten(factory, avifEncoderWasm, () => {
    throw Number.POSITIVE_INFINITY;
  });
  await expect(run).rejects.toMatchObject({ message: "WASM codec failed", cause: Number.POSITIVE_INFINITY });
});
