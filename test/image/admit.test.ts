import { describe, it } from "vitest";
import { admitBy, HEAD_BYTES } from "../../src/image/admit.ts";
import { createBudget } from "../../src/platform/budget.ts";
import { systemClock } from "../../src/platform/clock.ts";

const head = new Uint8Array(HEAD_BYTES);
const nothing = { head: new Uint8Array(), whole: false };
const limits = { decodeBudgetBytes: 1_000_000, maxWaiting: 0, maxWaitMs: 10 };

function isolate(forecast: (head: Uint8Array, sizeBytes: number) => number | undefined) {
  const budgets = { looking: limits, loading: limits, making: limits };
  const [looking, loading, making] = Object.values(budgets).map((budget) => createBudget(budget, systemClock));
  const memory = { looking: looking.hold(), loading: loading.hold(), making: making.hold() };
  const reserved = () => [looking, loading, making].map((budget) => budget.state().reservedBytes);
  return { admit: admitBy(forecast, memory, { maxSourceBytes: 400_000 }), reserved, making };
}

const unasked = () => {
  throw new Error("nobody asks");
};

describe("admitBy()", () => {
  it("looks at the beginning, then holds a source and what will be made of it", async ({ expect }) => {
    const { admit, reserved } = isolate((_, sizeBytes) => sizeBytes + 7);
    expect(await admit({ ...nothing, sizeBytes: 100_000 })).toBe(HEAD_BYTES);
    expect(reserved()).toEqual([HEAD_BYTES, 0, 0]);
    expect(await admit({ head, whole: false, sizeBytes: 100_000 })).toBeUndefined();
    expect(reserved()).toEqual([0, 100_000, 100_007]);
  });

  it("looks once at a source that broke off before anything of it came", async ({ expect }) => {
    const { admit, reserved } = isolate(unasked);
    for (const _ of [1, 2, 3]) expect(await admit({ ...nothing, sizeBytes: 100_000 })).toBe(HEAD_BYTES);
    expect(reserved()).toEqual([HEAD_BYTES, 0, 0]);
  });

  it("takes a source of unknown length for a quarter of the largest", async ({ expect }) => {
    const { admit, reserved } = isolate((_, sizeBytes) => sizeBytes);
    await admit({ head, whole: false, sizeBytes: undefined });
    expect(reserved()).toEqual([0, 100_000, 100_000]);
  });

  it.for([0, 100, HEAD_BYTES])(
    "counts only itself of a source that is there: %i bytes",
    async (sizeBytes, { expect }) => {
      const { admit, reserved } = isolate(unasked);
      expect(await admit({ head: head.subarray(0, sizeBytes), whole: true, sizeBytes })).toBeUndefined();
      expect(reserved()).toEqual([0, sizeBytes, 0]);
    },
  );

  it("asks for more once where the beginning does not tell, then lets everything come", async ({ expect }) => {
    const { admit, reserved } = isolate(() => undefined);
    const wanted = await admit({ head, whole: false, sizeBytes: 300_000 });
    expect(wanted).toBeGreaterThan(HEAD_BYTES);
    expect(await admit({ head: new Uint8Array(wanted ?? 0), whole: false, sizeBytes: 300_000 })).toBeUndefined();
    expect(reserved()).toEqual([0, 300_000, 0]);
  });

  it("counts nothing of what is refused", async ({ expect }) => {
    const refused = new Error("too large");
    const { admit, reserved } = isolate(() => {
      throw refused;
    });
    await expect(admit({ head, whole: false, sizeBytes: 100_000 })).rejects.toBe(refused);
    expect(reserved()).toEqual([0, 0, 0]);
  });

  it("refuses what there is no room for", async ({ expect }) => {
    const { admit, making } = isolate(() => 500_000);
    await making.hold().take(600_000);
    await expect(admit({ head, whole: false, sizeBytes: 100_000 })).rejects.toMatchObject({ code: "busy" });
  });
});
