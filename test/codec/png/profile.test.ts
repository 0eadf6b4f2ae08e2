import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { pngDecoder } from "../../../src/codec/png/png.ts";
import { chunk, type Fixture, ihdr, joinChunks } from "../../support/png.ts";

const rgb: Fixture = { width: 1, height: 1, colourType: 2, depth: 8 };
const idat = chunk("IDAT", Uint8Array.of(1));

/** An ICC header of the right shape, and `size` bytes in all. */
function profile(space = "RGB ", size = 500): Uint8Array {
  const bytes = new Uint8Array(size).map((_, index) => index * 7);
  new DataView(bytes.buffer).setUint32(0, size);
  bytes.set(new TextEncoder().encode(space), 16);
  bytes.set(new TextEncoder().encode("acsp"), 36);
  return bytes;
}

function iccp(bytes: Uint8Array, name = "ICC\0", method = 0): Uint8Array {
  const compressed = deflateSync(bytes);
  return chunk("iCCP", Uint8Array.of(...new TextEncoder().encode(name), method, ...compressed));
}

const read = (...chunks: Uint8Array[]) => pngDecoder.readProfile(joinChunks([ihdr(rgb), ...chunks, idat]));

it("readProfile() gives the inflated profile", async () => {
  expect(await read(iccp(profile()))).toEqual(profile());
});

it("readProfile() gives the profile when something follows it in its stream", async () => {
  expect(await read(iccp(Uint8Array.of(...profile(), 1, 2, 3)))).toEqual(profile());
});

it("readProfile() gives a profile of 4 MiB, and none that is larger", async () => {
  const most = profile("RGB ", 4 * 1024 * 1024);
  expect((await read(iccp(most)))?.length).toBe(most.length);
  expect(await read(iccp(profile("RGB ", 4 * 1024 * 1024 + 1)))).toBeUndefined();
});

it.for([
  ["there is none", []],
  ["sRGB is declared before it", [chunk("sRGB", new Uint8Array(1)), iccp(profile())]],
  ["sRGB is declared behind it", [iccp(profile()), chunk("sRGB", new Uint8Array(1))]],
  ["it stands behind the pixels", [idat, iccp(profile())]],
  ["it is for gray pictures", [iccp(profile("GRAY"))]],
  ["it is not a profile", [iccp(new Uint8Array(500))]],
  ["it is cut", [iccp(profile().subarray(0, 400))]],
  ["it is tiny", [iccp(new Uint8Array(3))]],
  ["its name has no end", [iccp(profile(), "x".repeat(90))]],
  ["its method is unknown", [iccp(profile(), "ICC\0", 1)]],
  ["its stream is broken", [chunk("iCCP", new TextEncoder().encode("ICC\0\0not deflate"))]],
] as const)("readProfile() gives nothing when %s", async ([, chunks]) => {
  expect(await read(...chunks)).toBeUndefined();
});
