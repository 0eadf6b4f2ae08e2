import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/create-app.ts";
import { liveWasmBytes } from "../../src/platform/wasm-memory.ts";
import { encode, gradient } from "../support/drawings.ts";
import { gif, gifControl, gifImage } from "../support/gif.ts";
import { createRandom, noise } from "../support/pictures.ts";
import { interlacedPng } from "../support/png.ts";
import { type Service, service } from "../support/service.ts";
import { peakWasmBytesOf } from "../support/wasm-memory.ts";

const MIB = 1024 * 1024;

const GOOD = ["photo.jpg", "photo.png", "photo.webp", "photo.gif", "photo.avif", "photo.bmp", "moving.gif"];
const BAD = GOOD.map((name) => `cut-${name}`);

beforeAll(async () => {
  const random = createRandom(7);
  const files: Record<string, Uint8Array | Promise<Uint8Array>> = {
    "large.jpg": encode(gradient(3000, 2000), "jpg", 80),
    "noise.png": encode(noise({ width: 1200, height: 800 }, random), "png"),
    "whole.png": interlacedPng(2600, 2600),
    "moving.gif": gif(40, 30, Array(4).fill([...gifControl(1, 5), ...gifImage(0, 0, 40, 30, Array(1200).fill(1))])),
  };
  for (const format of ["jpg", "png", "webp", "gif", "avif", "bmp"] as const)
    files[`photo.${format}`] = encode(gradient(120, 90), format);
  for (const [name, file] of Object.entries(files)) await env.SOURCE.put(name, await file);
  for (const name of GOOD) {
    const bytes = (await (await env.SOURCE.get(name))?.bytes()) ?? new Uint8Array();
    await env.SOURCE.put(`cut-${name}`, bytes.subarray(0, bytes.length * random()));
  }
}, 60_000);

/** Statuses of requests sent at once, and the WASM memory that they took together. */
async function peakOf(queries: readonly string[], asked: Service) {
  let statuses: number[] = [];
  const memory = await peakWasmBytesOf(async () => {
    const responses = await asked.fetchAll(queries.map((query) => `/display?${query}&force=1`));
    statuses = responses.map(({ status }) => status);
  });
  return { ...memory, statuses };
}

describe("L15: WASM memory of the isolate", () => {
  it("stays below 100 MiB, 96 an instance, in a mixture of heavy requests", { timeout: 120_000 }, async () => {
    const queries = [
      "path=noise.png&op=resize&w=1200&h=900&fmt=webp&q=100",
      "path=whole.png&op=resize&w=800",
      "path=noise.png&op=resize&w=1000&h=900&fmt=webp&q=100",
      "path=large.jpg&op=resize&w=1200&h=800&fmt=avif",
      "path=whole.png&op=rotate&fmt=jpg",
      "path=large.jpg&op=resize&w=1600&fmt=png",
      "path=photo.avif&op=resize&w=1000&fmt=avif",
      "path=large.jpg&op=rotate",
      "path=noise.png&op=noop",
    ];
    const { statuses, peak, largest } = await peakOf(queries, service({ KVSTORE: undefined, MAX_WAIT_MS: "30000" }));
    expect(statuses).toEqual(queries.map(() => 200));
    expect(peak).toBeGreaterThan(40 * MIB);
    expect(peak).toBeLessThanOrEqual(100 * MIB);
    expect(largest).toBeLessThanOrEqual(96 * MIB);
    expect(liveWasmBytes()).toBe(0);
  });
});

describe("F9: after 200 mixed requests", () => {
  const open = service({ KVSTORE: undefined });
  const formats = ["jpg", "png", "webp", "gif", "avif", "bmp"];
  /** The same for the same number: good and bad sources in turn, every format to every other, refused ones between. */
  const query = (n: number): string => {
    if (n % 10 === 9) return "path=photo.jpg&op=resize&w=99999";
    const sources = n % 3 === 2 ? BAD : GOOD;
    return `path=${sources[n % 7]}&op=${["resize", "rotate", "noop"][n % 3]}&w=${20 + n}&fmt=${formats[n % 6]}`;
  };
  const held = () => ({ wasmBytes: liveWasmBytes(), ...createApp(open.env, "").budget.state() });

  it("no more is held than after 20, and a good picture is what it was", { timeout: 120_000 }, async () => {
    const good = async () => (await open.fetch("/display?path=photo.jpg&op=resize&w=50&force=1")).bytes();
    const first = await good();
    const ask = async (from: number, to: number) => {
      const numbers = Array.from({ length: to - from }, (_, index) => from + index);
      const responses = await open.fetchAll(numbers.map((n) => `/display?${query(n)}`));
      return responses.map(({ status }) => status);
    };
    const statuses = await ask(0, 20);
    const after20 = held();
    for (let from = 20; from < 200; from += 10) statuses.push(...(await ask(from, from + 10)));
    const after200 = held();
    expect(after200.wasmBytes).toBeLessThanOrEqual(after20.wasmBytes * 1.1);
    expect(after200).toEqual({ wasmBytes: 0, reservedBytes: 0, waiting: 0 });
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(100);
    expect(new Set(statuses)).toEqual(new Set([200, 422, 400]));
    expect(await good()).toEqual(first);
  });
});
