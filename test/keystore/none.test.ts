import { it } from "vitest";
import { noKeyStore } from "../../src/keystore/none.ts";

it("noKeyStore remembers nothing", async ({ expect }) => {
  await noKeyStore.set("a", { path: "a.png", metadata: {} });
  await noKeyStore.append("set", "a");
  expect(await noKeyStore.get("a")).toBeUndefined();
  expect(await Array.fromAsync(noKeyStore.members("set"))).toEqual([]);
  await noKeyStore.remove("set", "a");
  await noKeyStore.delete("a");
});
