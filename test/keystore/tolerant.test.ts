import { expect, it, vi } from "vitest";
import type { KeyStore } from "../../src/keystore/keystore.ts";
import { memoryKeyStore } from "../../src/keystore/memory.ts";
import { tolerantKeyStore } from "../../src/keystore/tolerant.ts";
import { keyStoreContract } from "./contract.ts";

const record = { path: "a.png", metadata: {} };
const tolerant = (store: KeyStore, log = vi.fn()) => tolerantKeyStore(store, { readTimeoutMs: 50, log });

const remembering = memoryKeyStore();
keyStoreContract("tolerant", () => tolerant(remembering));

it("tolerantKeyStore() takes a failed read for a miss, and logs it (F3)", async () => {
  const outage = new Error("KV GET failed");
  const log = vi.fn();
  const store = tolerant({ ...memoryKeyStore(), get: () => Promise.reject(outage) }, log);
  expect(await store.get("secret-key")).toBeUndefined();
  expect(log).toHaveBeenCalledExactlyOnceWith(expect.not.stringContaining("secret-key"), outage);
});

it("tolerantKeyStore() takes a slow read for a miss, and logs it (F3)", async () => {
  const log = vi.fn();
  const never = new Promise<typeof record>(() => {});
  expect(await tolerant({ ...memoryKeyStore(), get: () => never }, log).get("a")).toBeUndefined();
  expect(log).toHaveBeenCalledOnce();
});

it("tolerantKeyStore() minds no failure that comes after its time", async () => {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), 100));
  const log = vi.fn();
  expect(await tolerant({ ...memoryKeyStore(), get: () => late }, log).get("a")).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(log).toHaveBeenCalledOnce();
});

it("tolerantKeyStore() does not hide that a write failed", async () => {
  const refused = new Error("429");
  const store = tolerant({ ...memoryKeyStore(), set: () => Promise.reject(refused) });
  await expect(store.set("a", record)).rejects.toBe(refused);
});
