import { describe, it } from "vitest";
import { type Admit, readBounded } from "../../src/platform/bounded.ts";
import { startDeadline } from "../../src/platform/deadline.ts";
import { inPieces, PIECE_BYTES } from "../support/pieces.ts";

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

  describe("asks before it reads:", () => {
    const watched = (length: number) => {
      const seen = { pieces: 0, cancelled: false };
      const count = (number: number) => {
        seen.pieces = number;
      };
      const cancel = () => {
        seen.cancelled = true;
      };
      return { seen, body: inPieces(sequence(length), count, cancel) };
    };

    it.for([0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, MEBIBYTE])("%i bytes", async (length, { expect }) => {
      const arrivals: object[] = [];
      const { seen, body } = watched(length);
      const admit: Admit = async ({ head, ...arrival }) => {
        arrivals.push({ ...arrival, length: head.length, begun: seen.pieces > 0 });
        return arrivals.length === 1 ? PIECE_BYTES : undefined;
      };
      const bytes = await readBounded(body, { maxBytes: MEBIBYTE, expectedBytes: length, admit });
      expect(bytes).toEqual(sequence(length));
      expect(arrivals).toEqual([
        { length: 0, whole: false, sizeBytes: length, begun: false },
        { length: Math.min(length, PIECE_BYTES), whole: length < PIECE_BYTES, sizeBytes: length, begun: length > 0 },
      ]);
    });

    it("shows what is wanted, to the byte", async ({ expect }) => {
      const heads: number[] = [];
      const { seen, body } = watched(MEBIBYTE);
      const wanted = [10, 100_000, 100_001, 300_000];
      const admit: Admit = async ({ head, sizeBytes }) => {
        expect(sizeBytes).toBeUndefined();
        expect(seen.pieces).toBe(Math.ceil(head.length / PIECE_BYTES));
        heads.push(head.length);
        return wanted[heads.length - 1];
      };
      expect(await readBounded(body, { maxBytes: MEBIBYTE, admit })).toEqual(sequence(MEBIBYTE));
      expect(heads).toEqual([0, ...wanted]);
    });

    it.for([0, 1])("what is refused is cancelled, and never read: question %i", async (question, { expect }) => {
      const { seen, body } = watched(MEBIBYTE);
      const refused = new Error("no");
      let asked = 0;
      const admit = () => (asked++ === question ? Promise.reject(refused) : Promise.resolve(PIECE_BYTES));
      await expect(readBounded(body, { maxBytes: MEBIBYTE, admit })).rejects.toBe(refused);
      expect(seen).toEqual({ pieces: question, cancelled: true });
    });

    it("the time that the answers take is nobody else's", async ({ expect }) => {
      const deadline = startDeadline(50, () => new Error("late"));
      const watch = { deadline, silenceMs: 30 };
      let asked = 0;
      const admit = () => scheduler.wait(100).then(() => (asked++ === 0 ? 10 : undefined));
      expect(await readBounded(watched(MEBIBYTE).body, { maxBytes: MEBIBYTE, admit, watch })).toHaveLength(MEBIBYTE);
      deadline.end();
    });
  });

  it("ends a stream that falls silent", async ({ expect }) => {
    let cancelled: unknown;
    const silent = new ReadableStream({
      type: "bytes",
      pull: () => new Promise(() => undefined),
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const watch = { deadline: startDeadline(undefined, () => new Error("silent")), silenceMs: 20 };
    await expect(readBounded(silent, { maxBytes: 10, watch })).rejects.toThrow("silent");
    expect(cancelled).toEqual(new Error("silent"));
  });
});
