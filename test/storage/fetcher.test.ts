import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { fetcherStorage } from "../../src/storage/fetcher.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { storageContract } from "./contract.ts";

const limits = {
  maxSourceBytes: 1_000_000,
  sourceTimeoutMs: 5_000,
  sourceHeadersTimeoutMs: 300,
  sourceSilenceMs: 5_000,
  maxRedirects: 0,
};
const create = (fetcher: Pick<Fetcher, "fetch"> = env.FILES) =>
  fetcherStorage({ fetcher, limits, userAgent: "edgefit/1.0", viaToken: "edgefit" });
storageContract("disk", create, { longPaths: true, freeNames: true, properties: true });

const FILE = { mime: "image/png", metadata: {} };
const callsOf = (storage: Storage, path: string): (() => Promise<unknown>)[] => [
  () => storage.get(path),
  () => storage.head(path),
  () => storage.put(path, new Uint8Array(), FILE),
  () => storage.delete(path),
];
const unavailable = expect.objectContaining({ status: 503, code: "storage_unavailable" });

describe("fetcherStorage()", () => {
  it.for(["", "/a", "../a", "a/../../b", "..\\a", "a/./b"])("refuses %j (K2)", async (path) => {
    const list = () => create().list(path, { limit: 9 });
    for (const call of [...callsOf(create(), path), ...(path === "" ? [] : [list])])
      await expect(call()).rejects.toMatchObject({ status: 400, code: "invalid_path" });
  });

  it.for(["%2e%2e/outside", "..%2foutside", ".hidden"])("keeps %s inside", async (path) => {
    expect(await create().get(path)).toBeUndefined();
    await create()
      .put(path, new Uint8Array(1), FILE)
      .catch(() => undefined);
    expect((await env.FILES.fetch("http://x/outside")).status).toBe(404);
  });

  it("takes no folder for an object", async () => {
    await create().put("folder/a.png", new Uint8Array(1), FILE);
    expect([await create().get("folder"), await create().head("folder")]).toEqual([undefined, undefined]);
  });

  it.for([
    ["an error", async () => new Response("secret words", { status: 500 })],
    ["no answer", () => Promise.reject(new Error("secret words"))],
    ["silence", () => new Promise<Response>(() => undefined)],
  ] as const)("takes %s for an outage", async ([, fetch]) => {
    const broken = create({ fetch } as unknown as Fetcher);
    for (const call of [...callsOf(broken, "a"), () => broken.list("a", { limit: 9 })])
      await expect(call()).rejects.toEqual(unavailable);
  });
});
