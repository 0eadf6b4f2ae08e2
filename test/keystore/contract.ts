import { describe, expect, it } from "vitest";
import type { KeyStore } from "../../src/keystore/keystore.ts";

const KEY = "540d90a9cc7a76bf72b1e4fc4516d84d";
const SET = "d41d8cd98f00b204e9800998ecf8427e:children";

/** What every key store does that remembers. */
export function keyStoreContract(name: string, create: () => KeyStore): void {
  keyRecordsContract(name, create);
  keySetsContract(name, create);
}

/** What every key store does that remembers records. */
export function keyRecordsContract(name: string, create: () => KeyStore): void {
  describe(`${name} key store, records`, () => {
    it("knows nothing of an absent key", async () => {
      expect(await create().get("absent")).toBeUndefined();
    });

    it("gives path and metadata of what was set", async () => {
      const record = { path: "5/4/0d90.png", metadata: { version: "abc", width: "50" } };
      await create().set(KEY, record);
      expect(await create().get(KEY)).toEqual(record);
    });

    it("replaces a record as one", async () => {
      await create().set(KEY, { path: "a.png", metadata: { version: "abc" } });
      await create().set(KEY, { path: "b.png", metadata: {} });
      expect(await create().get(KEY)).toEqual({ path: "b.png", metadata: {} });
    });

    it("deletes, also what is absent", async () => {
      await create().set("gone", { path: "a.png", metadata: {} });
      await create().delete("gone");
      expect(await create().get("gone")).toBeUndefined();
      await create().delete("gone");
    });
  });
}

/** What every key store does that remembers what was made from a source. */
function keySetsContract(name: string, create: () => KeyStore): void {
  const membersOf = async (set: string) => (await Array.fromAsync(create().members(set))).sort();

  describe(`${name} key store, sets`, () => {
    it("keeps a set of members, each once", async () => {
      for (const member of ["b", "a", "b"]) await create().append(SET, member);
      expect(await membersOf(SET)).toEqual(["a", "b"]);
      expect(await create().get(SET)).toBeUndefined();
    });

    it("keeps every member of those that join at once", async () => {
      await Promise.all(["c", "d", "e"].map((member) => create().append("together", member)));
      expect(await membersOf("together")).toEqual(["c", "d", "e"]);
    });

    it("knows no members of an absent set, nor of one whose name starts alike", async () => {
      await create().append("names", "a");
      expect(await membersOf("absent")).toEqual([]);
      expect(await membersOf("name")).toEqual([]);
    });

    it("takes members out, also absent ones", async () => {
      for (const member of ["a", "b"]) await create().append("leaving", member);
      for (const member of ["a", "a", "z"]) await create().remove("leaving", member);
      expect(await membersOf("leaving")).toEqual(["b"]);
      await create().remove("absent", "a");
    });

    it("can lose its members while they are listed", async () => {
      for (const member of ["a", "b", "c"]) await create().append("cascade", member);
      for await (const member of create().members("cascade")) await create().remove("cascade", member);
      expect(await membersOf("cascade")).toEqual([]);
    });
  });
}
