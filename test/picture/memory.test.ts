import { describe, expect, it } from "vitest";
import type { OutputFormat } from "../../src/codec/codecs.ts";
import { readConfig } from "../../src/env.ts";
import { HttpError } from "../../src/error.ts";
import { OPERATIONS } from "../../src/operation/operations.ts";
import { readValues } from "../../src/operation/values.ts";
import { derive } from "../../src/picture/derive.ts";
import { createBudget } from "../../src/platform/budget.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { liveWasmBytes } from "../../src/platform/wasm-memory.ts";
import { encode, gradient } from "../support/drawings.ts";
import { createRandom, noise } from "../support/pictures.ts";
import { interlacedPng } from "../support/png.ts";
import { peakWasmBytesOf } from "../support/wasm-memory.ts";

const MIB = 1024 * 1024;

interface Job {
  readonly source: Uint8Array;
  readonly width: number;
  readonly format: OutputFormat;
}

function resizeTo(width: number) {
  const resize = OPERATIONS.get("resize");
  if (!resize) throw new Error("No operation is named resize");
  return resize.read(readValues((name) => (name === "w" ? String(width) : undefined), []));
}

/** What jobs that begin at the same moment come to, and the WASM memory that they take together. */
async function peakOf(jobs: readonly Job[], vars = {}) {
  const { limits, background } = readConfig({ MAX_WAIT_MS: "30000", ...vars });
  const budget = createBudget(limits, systemClock);
  const context = {
    ...{ limits, budget, maxImageDimensions: undefined, loadForeground: async () => new Uint8Array() },
    ...{ time: <T>(_: string, work: () => Promise<T>) => work(), describe: () => undefined },
  };
  const outcomes: (number | Promise<number>)[] = [];
  const memory = await peakWasmBytesOf(async () => {
    for (const { source, width, format } of jobs) {
      const wanted = {
        operations: [resizeTo(width)],
        original: false,
        quality: 90,
        background,
        keepProfile: false,
        effort: "normal",
      } as const;
      const made = derive(source, { ...wanted, format: () => format }, context);
      outcomes.push(
        made.then(
          () => 200,
          (thrown) => (thrown instanceof HttpError ? thrown.status : thrown),
        ),
      );
    }
    await Promise.all(outcomes);
  });
  return { ...memory, statuses: await Promise.all(outcomes) };
}

const whole = interlacedPng(2600, 2600);
const small = Array.from({ length: 4 }, (_, index): Job => ({ source: whole, width: 100 + index, format: "png" }));

describe("L15: WASM memory of jobs that run side by side", () => {
  it("stays below 100 MiB, and 96 an instance", { timeout: 60_000 }, async () => {
    const photo = await encode(gradient(3000, 2000), "jpg", 80);
    const noisy = await encode(noise({ width: 1200, height: 800 }, createRandom(7)), "png");
    const jobs: Job[] = [
      ...small,
      { source: photo, width: 1000, format: "avif" },
      { source: noisy, width: 1200, format: "webp" },
      { source: whole, width: 1300, format: "jpg" },
      { source: photo, width: 1600, format: "png" },
    ];
    const { statuses, peak, largest } = await peakOf(jobs);
    expect(statuses).toEqual(jobs.map(() => 200));
    expect(peak).toBeGreaterThan(50 * MIB);
    expect(peak).toBeLessThanOrEqual(100 * MIB);
    expect(largest).toBeLessThanOrEqual(96 * MIB);
  });

  it("is 503 for those who do not fit where a larger budget lets them in", async () => {
    const { statuses, peak } = await peakOf(small, { DECODE_BUDGET_BYTES: "125829120" });
    expect(statuses.toSorted()).toEqual([200, 200, 200, 503]);
    expect(peak).toBeGreaterThan(75 * MIB);
    expect(peak).toBeLessThanOrEqual(100 * MIB);
    expect(liveWasmBytes()).toBe(0);
    expect((await peakOf(small.slice(3))).statuses).toEqual([200]);
  });
});
