import { describe, expect, it } from "vitest";
import { cacheKeyStore } from "../../src/keystore/cache.ts";
import { keyRecordsContract } from "./contract.ts";

const create = (expirationSeconds?: number) => cacheKeyStore(caches.default, { prefix: "picfit:", expirationSeconds });
keyRecordsContract("cache", create);

describe("cacheKeyStore()", () => {
  it("keeps no sets", async () => {
    await create().append("set", "a");
    expect(await Array.fromAsync(create().members("set"))).toEqual([]);
    await create().remove("set", "a");
  });

  it("lets records expire when told so", async () => {
    await create(1).set("brief", { path: "a.png", metadata: {} });
    expect(await create(1).get("brief")).toBeDefined();
    await expect.poll(() => create(1).get("brief"), { timeout: 5_000 }).toBeUndefined();
  });
});
