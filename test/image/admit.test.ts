import { describe, it } from "vitest";
import { admitBy } from "../../src/image/admit.ts";
import { HEAD_BYTES } from "../../src/platform/bounded.ts";
import { createBudget } from "../../src/platform/budget.ts";
import { systemClock } from "../../src/platform/clock.ts";

const head = new Uint8Array(HEAD_BYTES);
const limits = { decodeBudgetBytes: 1_000_000, maxWaiting: 0, maxWaitMs: 10 };

function isolate(forecast: (head: Uint8Array, sizeBytes: number) => number | undefined) {
  const [loading, making] = [createBudget(limits, systemClock), createBudget(limits, systemClock)];
  const memory = { loading: loading.hold(), making: making.hold() };
  const reserved = () => [loading.state().reservedBytes, making.state().reservedBytes];
  return { admit: admitBy(forecast, memory, { maxSourceBytes: 400_000 }), reserved, making };
}

describe("admitBy()", () => {
  it("holds a source, and what will be made of it", async ({ expect }) => {
    const { admit, reserved } = isolate((_, sizeBytes) => sizeBytes + 7);
    expect(await admit({ head, whole: false, sizeBytes: 100_000 })).toBeUndefined();
    expect(reserved()).toEqual([100_000, 100_007]);
  });

  it("takes a source of unknown length for a quarter of the largest", async ({ expect }) => {
    const { admit, reserved } = isolate((_, sizeBytes) => sizeBytes);
    await admit({ head, whole: false, sizeBytes: undefined });
    expect(reserved()).toEqual([100_000, 100_000]);
  });

  it("counts only itself of a source that is there already", async ({ expect }) => {
    const { admit, reserved } = isolate(() => {
      throw new Error("nobody asks");
    });
    expect(await admit({ head, whole: true, sizeBytes: head.length })).toBeUndefined();
    expect(reserved()).toEqual([HEAD_BYTES, 0]);
  });

  it("asks for more once where the beginning does not tell, then lets everything come", async ({ expect }) => {
    const { admit, reserved } = isolate(() => undefined);
    const wanted = await admit({ head, whole: false, sizeBytes: 300_000 });
    expect(wanted).toBeGreaterThan(HEAD_BYTES);
    expect(await admit({ head: new Uint8Array(wanted ?? 0), whole: false, sizeBytes: 300_000 })).toBeUndefined();
    expect(reserved()).toEqual([300_000, 0]);
  });

  it("holds nothing of what is refused", async ({ expect }) => {
    const refused = new Error("too large");
    const { admit, reserved } = isolate(() => {
      throw refused;
    });
    await expect(admit({ head, whole: false, sizeBytes: 100_000 })).rejects.toBe(refused);
    expect(reserved()).toEqual([0, 0]);
  });

  it("refuses what there is no room for", async ({ expect }) => {
    const { admit, making } = isolate(() => 500_000);
    await making.hold().take(600_000);
    await expect(admit({ head, whole: false, sizeBytes: 100_000 })).rejects.toMatchObject({ code: "busy" });
  });
});
