import { describe, it } from "vitest";

/** A copy of the module that no other test works with: its peak is of these tests alone. */
const OWN_COPY = "../../src/platform/wasm-memory.ts?own";
const module: typeof import("../../src/platform/wasm-memory.ts") = await import(OWN_COPY);
const { leaseWasm, liveWasmBytes, peakWasmBytes, runWasmJob } = module;

const MIB = 1024 * 1024;
const TRAP = WebAssembly.RuntimeError;
const BUSY = { status: 503, code: "busy", headers: { "retry-after": "2" } };

/** Runs `work` while another job holds `bytes`. */
async function beside<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const other = runWasmJob(async () => {
    leaseWasm(bytes);
    await promise;
  });
  try {
    return await work();
  } finally {
    resolve();
    await other;
  }
}

describe("peakWasmBytes()", () => {
  it("is the most of all jobs together, and stays", async ({ expect }) => {
    const before = peakWasmBytes();
    expect(before).toBeLessThan(50 * MIB);
    await beside(50 * MIB, () => runWasmJob(async () => leaseWasm(10 * MIB).end()));
    await beside(20 * MIB, async () => undefined);
    expect(peakWasmBytes()).toBe(60 * MIB);
  });
});

describe("leaseWasm()", () => {
  it("grants a job 100 MiB to the byte, and traps it beyond (L15)", async ({ expect }) => {
    await runWasmJob(async () => {
      const lease = leaseWasm(40 * MIB);
      leaseWasm(10 * MIB);
      lease.claim(90 * MIB);
      expect(liveWasmBytes()).toBe(100 * MIB);
      expect(() => lease.claim(90 * MIB + 1)).toThrow(TRAP);
      expect(() => leaseWasm(1)).toThrow(TRAP);
      expect(liveWasmBytes()).toBe(100 * MIB);
    });
    expect(liveWasmBytes()).toBe(0);
  });

  it("is busy where other jobs hold what is missing, to the byte (L15)", async ({ expect }) => {
    await beside(60 * MIB, () =>
      runWasmJob(async () => {
        const lease = leaseWasm(40 * MIB);
        expect(() => lease.claim(40 * MIB + 1)).toThrow(expect.objectContaining(BUSY));
        expect(() => leaseWasm(60 * MIB)).toThrow(expect.objectContaining(BUSY));
        expect(() => leaseWasm(60 * MIB + 1)).toThrow(TRAP);
      }),
    );
    expect(liveWasmBytes()).toBe(0);
  });

  it("gives back what ended, once, and grants it no more", async ({ expect }) => {
    await runWasmJob(async () => {
      const lease = leaseWasm(80 * MIB);
      lease.end();
      lease.end();
      expect(liveWasmBytes()).toBe(0);
      expect(() => lease.claim(1)).toThrow(TRAP);
      leaseWasm(100 * MIB);
    });
    expect(liveWasmBytes()).toBe(0);
  });

  it("ends with its job, failed or not, and after awaiting", async ({ expect }) => {
    const failing = runWasmJob(async () => {
      leaseWasm(30 * MIB);
      await scheduler.wait(1);
      leaseWasm(30 * MIB);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(liveWasmBytes()).toBe(0);
  });

  it("counts nothing outside of jobs", ({ expect }) => {
    leaseWasm(200 * MIB).claim(300 * MIB);
    expect(liveWasmBytes()).toBe(0);
  });
});
