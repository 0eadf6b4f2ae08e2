import { describe, expect, it } from "vitest";
import type { AvatarId } from "../../../src/avatar/identity.ts";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import { createBench, newId, pictureOf } from "./bench.ts";

const ODD: readonly string[] = [
  "",
  " ",
  "O'Neil",
  "'; DROP TABLE avatars; --",
  "\\'; DROP TABLE avatars; --",
  "') RETURNING (SELECT 1)--",
  '"quoted"',
  "?1 ? $1 $$ :name @x %s",
  "back\\slash \\x00 \\u0000",
  "line\nbreak\r\ttab",
  "\u0001\u001f\u007f\u0080",
  "日本 😀 é e\u0301 \u202e\ufeff",
  "null",
  "x".repeat(100_000),
];

/** Texts that only a database would take for more than text. */
export function textContract(create: () => Database): void {
  describe("any text", () => {
    it("stays as it is", async () => {
      const { store, upload, check } = await createBench(create());
      const id = newId();
      for (const text of ODD) {
        await upload(id, { sizes: [text] }, { description: { name: text, alt: `${text}.` } });
        expect(await store.find(id)).toMatchObject({ name: text, alt: `${text}.`, sizes: [text] });
      }
      await check();
    });

    it("finds nothing as an id", async () => {
      const { store, upload, dump } = await createBench(create());
      await upload(newId());
      const before = await dump();
      for (const text of ODD) {
        const id = text as AvatarId;
        expect(await store.find(id)).toBeUndefined();
        expect(await store.findRevision(id, text)).toBeUndefined();
        expect(await store.patch(id, { description: { rating: "x" } })).toEqual({ outcome: "absent" });
        expect(await store.link(id, [id])).toEqual({ outcome: "absent" });
        expect(await store.hide(id)).toEqual({ outcome: "absent" });
      }
      expect(await dump()).toEqual(before);
    });

    it("is no condition that holds", async () => {
      const { store, upload, dump } = await createBench(create());
      const id = newId();
      await upload(id);
      const before = await dump();
      const ifMatch = ODD.slice(0, 13).map((rev) => ({ rev }));
      expect(await store.hide(id, { ifMatch })).toEqual({ outcome: "precondition_failed" });
      expect(await dump()).toEqual(before);
    });

    it("serves as key and as token", async () => {
      const { store, clock } = await createBench(create());
      const texts = ODD.filter((text) => text.length < 1_000);
      await store.intend(texts);
      clock.ms += 3_600_000;
      expect([...(await store.due(100))].sort()).toEqual([...texts].sort());
      const use = () => Promise.all(texts.map((text) => store.useToken(text, 1)));
      expect(new Set(await use())).toEqual(new Set([true]));
      expect(new Set(await use())).toEqual(new Set([false]));
    });

    it("with NUL is refused, and changes nothing", async () => {
      const { store, upload, stored, dump } = await createBench(create());
      const id = newId();
      await upload(id);
      const picture = await stored();
      const before = await dump();
      const refused = { status: 400, code: "invalid_parameter" };
      const description = { name: "a\0b" };
      await expect(store.put(newId(), { picture, description })).rejects.toMatchObject(refused);
      await expect(store.patch(id, { description: { alt: "\0" } })).rejects.toMatchObject(refused);
      await expect(store.find("\0" as AvatarId)).rejects.toMatchObject(refused);
      await expect(store.useToken("\0", 1)).rejects.toMatchObject(refused);
      expect(await dump()).toEqual(before);
    });

    it("with half a surrogate pair is kept without it", async () => {
      const { store, upload } = await createBench(create());
      const id = newId();
      await upload(id, {}, { description: { name: "a\ud83d", alt: "\ude00b" } });
      expect(await store.find(id)).toMatchObject({ name: "a\ufffd", alt: "\ufffdb" });
    });
  });

  describe("a number that is no integer", () => {
    it.for([Number.NaN, Infinity, 1.5, 2 ** 53])("is refused: %d", async (version) => {
      const { store, upload } = await createBench(create());
      const id = newId();
      await upload(id);
      const { rev } = pictureOf();
      const refused = { status: 400, code: "invalid_parameter" };
      await expect(store.hide(id, { ifMatch: [{ rev, version }] })).rejects.toMatchObject(refused);
      await expect(store.list({ limit: 1, since: version })).rejects.toMatchObject(refused);
    });
  });
}
