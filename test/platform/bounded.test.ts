import { describe, it } from "vitest";
import { readBounded } from "../../src/platform/bounded.ts";

const MEBIBYTE = 1_048_576;
const sequence = (length: number) => Uint8Array.from({ length }, (_, index) => index);

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Response(bytes).body ?? new ReadableStream();
}

describe("readBounded()", () => {
  it.for([
    [0, undefined],
    [0, 0],
    [1, 1],
    [65_536, undefined],
    [65_537, undefined],
    [200_000, undefined],
    [MEBIBYTE, MEBIBYTE],
    [3 * MEBIBYTE, 3 * MEBIBYTE],
    [3 * MEBIBYTE, 10],
    [10, 3 * MEBIBYTE],
  ] as const)("gives all of %i bytes when %s are announced", async ([length, expectedBytes], { expect }) => {
    const bytes = await readBounded(streamOf(sequence(length)), { maxBytes: 4 * MEBIBYTE, expectedBytes });
    expect(bytes.length).toBe(length);
    expect(bytes.every((byte, index) => byte === (index & 255))).toBe(true);
  });

  it.for([undefined, 10, 1_000])(
    "takes exactly as many bytes as allowed when %s are announced",
    async (expectedBytes, { expect }) => {
      expect(await readBounded(streamOf(sequence(1_000)), { maxBytes: 1_000, expectedBytes })).toHaveLength(1_000);
      const tooMany = readBounded(streamOf(sequence(1_001)), { maxBytes: 1_000, expectedBytes });
      await expect(tooMany).rejects.toMatchObject({ status: 413, code: "source_too_large" });
    },
  );

  it("cancels a stream without end within one piece", async ({ expect }) => {
    let pulls = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      type: "bytes",
      pull: (controller) => {
        pulls++;
        controller.enqueue(new Uint8Array(1_000));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(readBounded(endless, { maxBytes: 10_000 })).rejects.toMatchObject({ code: "source_too_large" });
    expect(cancelled).toBe(true);
    expect(pulls).toBeLessThanOrEqual(12);
  });

  it("passes on what the stream fails with", async ({ expect }) => {
    const failing = new ReadableStream({ type: "bytes", pull: () => Promise.reject(new Error("broken")) });
    await expect(readBounded(failing, { maxBytes: 10 })).rejects.toThrow("broken");
  });

  it("tells how far it is", async ({ expect }) => {
    const sums: number[] = [];
    await readBounded(streamOf(sequence(100)), { maxBytes: 100, onProgress: (sum) => sums.push(sum) });
    expect(sums.at(-1)).toBe(100);
  });
});
