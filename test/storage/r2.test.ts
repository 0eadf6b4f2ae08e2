import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { r2Storage } from "../../src/storage/r2.ts";
import { storageContract } from "./contract.ts";

storageContract("r2", () => r2Storage(env.SOURCE));

const PNG = { mime: "image/png", metadata: {} };
const outage = new Error("10001: We encountered an internal error");

/** A bucket whose every call fails. */
const broken = new Proxy({} as R2Bucket, { get: () => () => Promise.reject(outage) });
const unavailable = expect.objectContaining({ status: 503, code: "storage_unavailable", cause: outage });

describe("r2Storage() when R2 fails", () => {
  it.for([
    ["get", () => r2Storage(broken).get("a")],
    ["get of a range", () => r2Storage(broken).get("a", { range: { offset: 5 } })],
    ["head", () => r2Storage(broken).head("a")],
    ["put", () => r2Storage(broken).put("a", new Uint8Array(), PNG)],
    ["delete", () => r2Storage(broken).delete("a")],
    ["list", () => r2Storage(broken).list("a", { limit: 9 })],
  ] as const)("%s throws 503 and keeps the cause", async ([, call]) => {
    await expect(call()).rejects.toEqual(unavailable);
  });

  /** Three bytes of the object come, then what `pull` does. */
  function halfOf(pull: () => Promise<void>) {
    const cut = { cancelled: false };
    const body = new ReadableStream({
      type: "bytes",
      start: (controller) => controller.enqueue(new Uint8Array(3)),
      pull,
      cancel: () => {
        cut.cancelled = true;
      },
    });
    const object = { size: 4, etag: "a", uploaded: new Date(), body };
    return { cut, storage: r2Storage({ get: async () => object } as unknown as R2Bucket, 100) };
  }

  it("bytes() throws 503 for a body that breaks", async () => {
    const { storage } = halfOf(() => Promise.reject(outage));
    await expect((await storage.get("a"))?.bytes()).rejects.toEqual(unavailable);
  });

  it("bytes() throws 503 for a body that falls silent, and cancels it", async () => {
    const { cut, storage } = halfOf(() => new Promise(() => undefined));
    const silent = { status: 503, code: "storage_unavailable", cause: new Error("No answer within 100 ms") };
    await expect((await storage.get("a"))?.bytes()).rejects.toMatchObject(silent);
    expect(cut.cancelled).toBe(true);
  });

  it("bytes() waits for the reader, however long that takes", async () => {
    await env.SOURCE.put("waits", new Uint8Array(100_000));
    const admit = () => scheduler.wait(300).then(() => undefined);
    const object = await r2Storage(env.SOURCE, 100).get("waits", { admit });
    expect(await object?.bytes()).toHaveLength(100_000);
  });

  it("bytes() ends with the reason of a reader that leaves", async () => {
    const { cut, storage } = halfOf(() => new Promise(() => undefined));
    const client = new AbortController();
    const bytes = (await storage.get("a", { signal: client.signal }))?.bytes();
    client.abort(new Error("gone"));
    await expect(bytes).rejects.toEqual(new Error("gone"));
    expect(cut.cancelled).toBe(true);
  });

  it("knows no type where none was stored", async () => {
    await env.SOURCE.put("untyped", "text");
    expect(await r2Storage(env.SOURCE).head("untyped")).toMatchObject({
      mime: "application/octet-stream",
      metadata: {},
    });
  });
});
