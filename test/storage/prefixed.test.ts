import { describe, expect, it } from "vitest";
import { memoryStorage } from "../../src/storage/memory.ts";
import { prefixedReadableStorage, prefixedStorage } from "../../src/storage/prefixed.ts";
import { listed } from "../support/listed.ts";
import { storageContract } from "./contract.ts";

const shared = memoryStorage();
storageContract("prefixed", () => prefixedStorage(shared, "pictures"));

const PNG = { mime: "image/png", metadata: {} };
const one = Uint8Array.of(1);

describe("prefixedStorage()", () => {
  it.for(["pictures", "/pictures", "pictures/", "/pictures/"])("keeps objects below %s/", async (location) => {
    const whole = memoryStorage();
    await prefixedStorage(whole, location).put("a.png", one, PNG);
    expect((await listed(whole, "")).map(({ path }) => path)).toEqual(["pictures/a.png"]);
  });

  it("is the whole storage without a location", async () => {
    const whole = memoryStorage();
    await prefixedStorage(whole, "").put("a.png", one, PNG);
    expect(await whole.head("a.png")).toBeDefined();
  });

  it("does not see a neighbour whose name starts like its own", async () => {
    const whole = memoryStorage();
    await whole.put("pictures-secret/a.png", one, PNG);
    await whole.put("picturesa.png", one, PNG);
    const storage = prefixedStorage(whole, "pictures");
    expect(await listed(storage, "")).toEqual([]);
    expect(await storage.get("a.png")).toBeUndefined();
  });

  const leaving = ["", "/a", "..", "../secret", "a/../../secret", "./a", "a/.", "..\\secret", "a\\..\\b", "\ud800"];
  it.for([...leaving, "x".repeat(1_016)])("refuses %j (K2)", async (path) => {
    const storage = prefixedStorage(memoryStorage(), "pictures");
    const refused = expect.objectContaining({ status: 400, code: "invalid_path" });
    await expect(storage.get(path)).rejects.toEqual(refused);
    await expect(storage.head(path)).rejects.toEqual(refused);
    await expect(storage.put(path, one, PNG)).rejects.toEqual(refused);
    await expect(storage.delete(path)).rejects.toEqual(refused);
    if (path !== "") await expect(storage.list(path, { limit: 9 })).rejects.toEqual(refused);
    await expect(prefixedReadableStorage(storage, "x").get(path)).rejects.toEqual(refused);
  });
});
