import { describe, it } from "vitest";
import { cacheApi } from "../../src/edge/cache-api.ts";

const entry = { name: "a.png", size: 3, version: "1", modified: new Date(0) };

/** Cloudflare's cache, some of whose calls go wrong. */
function broken(faults: Partial<Record<"match" | "put" | "delete", () => Promise<never>>>) {
  const logged: string[] = [];
  const cache = new Proxy(caches.default, {
    get: (target, name: keyof Cache) => faults[name] ?? target[name].bind(target),
  });
  const options = { name: crypto.randomUUID(), seconds: 60, log: (message: string) => void logged.push(message) };
  return { edge: cacheApi(cache, options), logged };
}

const fails = () => Promise.reject(new Error("internal detail"));
const hangs = () => new Promise<never>(() => undefined);

describe("cacheApi()", () => {
  it("gives what was put, until it is deleted", async ({ expect }) => {
    const { edge, logged } = broken({});
    await edge.put("key", entry, Uint8Array.of(1, 2, 3));
    const { body, ...found } = (await edge.get("key")) ?? {};
    expect([found, await new Response(body).bytes()]).toEqual([entry, Uint8Array.of(1, 2, 3)]);
    await edge.delete("key");
    expect([await edge.get("key"), logged]).toEqual([undefined, []]);
  });

  it.for([
    ["fails", fails],
    ["hangs", hangs],
  ] as const)("holds nothing where reading %s", async ([, match], { expect }) => {
    const { edge, logged } = broken({ match });
    expect([await edge.get("key"), logged]).toEqual([undefined, ["edge cache not read"]]);
  });

  it("fails nobody where writing or deleting fails", async ({ expect }) => {
    const { edge, logged } = broken({ put: fails, delete: fails });
    await edge.put("key", entry, "abc");
    await edge.delete("key");
    expect(logged).toEqual(["edge cache not written", "edge cache not cleared"]);
  });
});
