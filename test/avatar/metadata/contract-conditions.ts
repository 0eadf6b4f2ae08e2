import { describe, expect, it } from "vitest";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import type { Expected } from "../../../src/avatar/metadata/metadata-store.ts";
import { createBench, newId, newRev, pictureOf } from "./bench.ts";

const REV = newRev();
const OTHER = newRev();

/** Of an avatar with revision REV and version 2. */
const HOLDING: readonly (readonly [string, Expected])[] = [
  ["nothing", {}],
  ["any", { ifMatch: "*" }],
  ["its revision", { ifMatch: [{ rev: REV }] }],
  ["its revision and version", { ifMatch: [{ rev: REV, version: 2 }] }],
  ["one of several", { ifMatch: [{ rev: OTHER }, { rev: REV, version: 2 }] }],
];
const FAILING: readonly (readonly [string, Expected])[] = [
  ["another revision", { ifMatch: [{ rev: OTHER }] }],
  ["an earlier version", { ifMatch: [{ rev: REV, version: 1 }] }],
  ["a later version", { ifMatch: [{ rev: REV, version: 3 }] }],
  ["its version of another revision", { ifMatch: [{ rev: OTHER, version: 2 }] }],
  ["no tag that we made", { ifMatch: [] }],
  ["none", { ifNoneMatch: "*" }],
  ["its revision and none", { ifMatch: [{ rev: REV }], ifNoneMatch: "*" }],
];

/** If-Match and If-None-Match on every change. */
export function conditionContract(create: () => Database): void {
  async function prepared() {
    const bench = await createBench(create());
    const id = newId();
    await bench.upload(id, { rev: REV });
    await bench.store.patch(id, { description: { name: "Ann" } });
    const picture = await bench.stored();
    const changes = {
      put: (expected: Expected) => bench.store.put(id, { picture }, expected),
      show: (expected: Expected) => bench.store.patch(id, { show: pictureOf({ rev: REV }) }, expected),
      patch: (expected: Expected) => bench.store.patch(id, { description: { name: "Bob" } }, expected),
      link: (expected: Expected) => bench.store.link(id, [newId(64)], expected),
      hide: (expected: Expected) => bench.store.hide(id, expected),
    };
    return { ...bench, id, changes };
  }

  describe.for(["put", "patch", "show", "link", "hide"] as const)("%s() with conditions", (method) => {
    it.for(HOLDING)("goes on where %s is expected", async ([, expected]) => {
      const { changes, check } = await prepared();
      const { outcome } = await changes[method](expected);
      expect(outcome).toBe(
        { put: "replaced", patch: "patched", show: "patched", link: "linked", hide: "hidden" }[method],
      );
      await check();
    });

    it.for(FAILING)("changes nothing where %s is expected", async ([, expected]) => {
      const { changes, dump } = await prepared();
      const before = await dump();
      expect(await changes[method](expected)).toEqual({ outcome: "precondition_failed" });
      expect(await dump()).toEqual(before);
    });
  });

  describe("conditions on an absent avatar", () => {
    it("let put() create where none is expected", async () => {
      const { store, stored } = await createBench(create());
      const picture = await stored();
      expect(await store.put(newId(), { picture }, { ifNoneMatch: "*" })).toMatchObject({ outcome: "created" });
    });

    it.for([
      ["any", { ifMatch: "*" }],
      ["a revision", { ifMatch: [{ rev: REV }] }],
    ] as const)("keep put() from creating where %s is expected", async ([, expected]) => {
      const { store, stored, dump } = await createBench(create());
      const picture = await stored();
      const before = await dump();
      expect(await store.put(newId(), { picture }, expected)).toEqual({ outcome: "precondition_failed" });
      expect(await dump()).toEqual(before);
    });

    it("do not count where there is nothing to change", async () => {
      const { store } = await createBench(create());
      const expected = { ifMatch: [{ rev: REV }] };
      const cut = { base: REV, picture: pictureOf() };
      expect(await store.patch(newId(), { cut }, expected)).toEqual({ outcome: "absent" });
      expect(await store.patch(newId(), { show: pictureOf() }, expected)).toEqual({ outcome: "absent" });
      expect(await store.link(newId(), [newId()], expected)).toEqual({ outcome: "absent" });
      expect(await store.hide(newId(), expected)).toEqual({ outcome: "absent" });
    });
  });
}
