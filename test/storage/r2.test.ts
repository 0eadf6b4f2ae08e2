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

  it("bytes() throws 503 for a body that breaks", async () => {
    await env.SOURCE.put("breaks", "text");
    const get = async (key: string) => {
      const object = await env.SOURCE.get(key);
      await object?.text();
      return { ...object, size: 4, body: object?.body, bytes: () => Promise.reject(outage) };
    };
    const storage = r2Storage({ get } as unknown as R2Bucket);
    const object = await storage.get("breaks");
    await expect(object?.bytes()).rejects.toEqual(unavailable);
  });

  it("knows no type where none was stored", async () => {
    await env.SOURCE.put("untyped", "text");
    expect(await r2Storage(env.SOURCE).head("untyped")).toMatchObject({
      mime: "application/octet-stream",
      metadata: {},
    });
  });
});
