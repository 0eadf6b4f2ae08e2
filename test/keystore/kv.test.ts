import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { kvKeyStore } from "../../src/keystore/kv.ts";
import { keyStoreContract } from "./contract.ts";

const prefix = "picfit:";
const create = (expirationSeconds?: number) => kvKeyStore(env.KEYS, { prefix, expirationSeconds });
keyStoreContract("kv", create);

describe("kvKeyStore()", () => {
  it("writes what picfit would: prefix and key, the object name as value", async () => {
    await create().set("540d", { path: "5/4/0d.png", metadata: {} });
    expect(await env.KEYS.get("picfit:540d")).toBe("5/4/0d.png");
  });

  it("reads a record without metadata", async () => {
    await env.KEYS.put("picfit:old", "5/4/0d.png");
    expect(await create().get("old")).toEqual({ path: "5/4/0d.png", metadata: {} });
  });

  it("writes each member of a set under a name of its own", async () => {
    await create().append("d41d:children", "540d");
    expect(await env.KEYS.get("picfit:d41d:children:540d")).toBe("");
  });

  it("lets records and members expire when told so", async () => {
    await create(3_600).set("brief", { path: "a.png", metadata: {} });
    await create(3_600).append("brief:children", "brief");
    await create().set("lasting", { path: "a.png", metadata: {} });
    const expiryOf = async (name: string) => (await env.KEYS.list({ prefix: name })).keys[0].expiration;
    const inAnHour = Date.now() / 1_000 + 3_600;
    expect(Math.abs(Number(await expiryOf("picfit:brief")) - inAnHour)).toBeLessThan(60);
    expect(Math.abs(Number(await expiryOf("picfit:brief:children:")) - inAnHour)).toBeLessThan(60);
    expect(await expiryOf("picfit:lasting")).toBeUndefined();
  });

  it("lists more members than one page holds", async () => {
    const members = Array.from({ length: 1_001 }, (_, index) => String(index).padStart(4, "0"));
    for (let at = 0; at < members.length; at += 50)
      await Promise.all(members.slice(at, at + 50).map((member) => create().append("many", member)));
    expect(await Array.fromAsync(create().members("many"))).toEqual(members);
  });

  it("throws what KV throws, so that the caller can log it", async () => {
    const refused = new Error("KV PUT failed: 429 Too Many Requests");
    const broken = new Proxy({} as KVNamespace, { get: () => () => Promise.reject(refused) });
    const store = kvKeyStore(broken, { prefix });
    await expect(store.get("a")).rejects.toBe(refused);
    await expect(store.set("a", { path: "a", metadata: {} })).rejects.toBe(refused);
    await expect(store.append("a", "b")).rejects.toBe(refused);
    await expect(store.delete("a")).rejects.toBe(refused);
    await expect(Array.fromAsync(store.members("a"))).rejects.toBe(refused);
  });
});
