import { describe, expect, it } from "vitest";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import { sql } from "../../../src/avatar/metadata/statement.ts";
import { createBench, keysOf, newId, pictureOf } from "./bench.ts";

/** Several ids of one avatar: put with ids, link, hide. */
export function idContract(create: () => Database): void {
  describe("put() with ids", () => {
    it("finds one avatar by all of them, in the order of their length", async () => {
      const { store, upload, rows, check } = await createBench(create());
      const [md5, sha1, sha256] = [newId(32), newId(40), newId(64)];
      await upload(sha1, {}, { ids: [sha256, md5, sha1, md5] });
      const avatar = await store.find(sha1);
      expect(avatar).toMatchObject({ ids: [md5, sha1, sha256], version: 1 });
      expect(await store.find(md5)).toEqual(avatar);
      expect(await store.find(sha256)).toEqual(avatar);
      const algorithms = await rows(sql`SELECT algo FROM avatar_ids ORDER BY length(hash)`);
      expect(algorithms).toEqual([{ algo: "md5" }, { algo: "sha1" }, { algo: "sha256" }]);
      await check();
    });

    it("takes an id from an avatar that has others, which counts as a change of it", async () => {
      const { store, upload, clock, check } = await createBench(create());
      const [taken, left, id] = [newId(32), newId(40), newId(40)];
      await upload(left, {}, { ids: [taken] });
      const before = await store.find(left);
      clock.ms += 7;
      await upload(id, {}, { ids: [taken] });
      expect(await store.find(left)).toEqual({ ...before, ids: [left], version: 2, updatedAt: clock.ms });
      expect(await store.find(taken)).toMatchObject({ ids: [taken, id] });
      await check();
    });

    it("deletes an avatar whose last ids it takes, and only that", async () => {
      const bench = await createBench(create());
      const { store } = bench;
      const [md5, sha1, sha256, bystander] = [newId(32), newId(40), newId(64), newId()];
      const gone = pictureOf();
      const stays = pictureOf();
      const kept = pictureOf();
      await bench.upload(md5, gone, { ids: [sha256] });
      await bench.upload(bystander, stays);
      const result = await bench.upload(sha1, kept, { ids: [md5, sha256] });
      expect(result).toMatchObject({ outcome: "created", dropped: expect.arrayContaining(keysOf(gone)) });
      expect(await store.find(md5)).toMatchObject({ ids: [md5, sha1, sha256], rev: kept.rev });
      await bench.check();
      await bench.sweep();
      expect(bench.objects).toEqual(new Set([...keysOf(stays), ...keysOf(kept)]));
      expect(await bench.rows(sql`SELECT 1 AS one FROM avatars`)).toHaveLength(2);
    });

    it("changes no avatar that has these ids already, but for the picture", async () => {
      const { store, upload, check } = await createBench(create());
      const [md5, sha1] = [newId(32), newId(40)];
      await upload(md5, {}, { ids: [sha1] });
      expect(await upload(sha1, {}, { ids: [md5] })).toMatchObject({ outcome: "replaced", dropped: [] });
      expect(await store.find(md5)).toMatchObject({ ids: [md5, sha1], version: 2 });
      await check();
    });

    it("moves nothing when a condition fails", async () => {
      const { store, stored, upload, dump } = await createBench(create());
      const [id, other] = [newId(), newId()];
      await upload(id);
      await upload(other);
      const picture = await stored();
      const before = await dump();
      const result = await store.put(id, { picture, ids: [other] }, { ifMatch: [{ rev: "0".repeat(16) }] });
      expect(result).toEqual({ outcome: "precondition_failed" });
      expect(await dump()).toEqual(before);
    });
  });

  describe("link()", () => {
    it("lets further ids find the avatar, and says it again without a change", async () => {
      const { store, upload, clock, check } = await createBench(create());
      const [id, ...ids] = [newId(40), newId(32), newId(64)];
      await upload(id);
      clock.ms += 3;
      const result = await store.link(id, ids);
      const after = { ids: [ids[0], id, ids[1]], version: 2, updatedAt: clock.ms };
      expect(result).toMatchObject({ outcome: "linked", avatar: after });
      clock.ms += 3;
      expect(await store.link(id, [...ids, id])).toEqual(result);
      expect(await store.find(ids[1])).toMatchObject(after);
      await check();
    });

    it("refuses all ids where one finds another avatar", async () => {
      const { store, upload, dump } = await createBench(create());
      const [id, used] = [newId(), newId()];
      await upload(id);
      await upload(used);
      const before = await dump();
      expect(await store.link(id, [newId(), used, newId()])).toEqual({ outcome: "id_in_use" });
      expect(await dump()).toEqual(before);
    });

    it("takes 16 ids, and none", async () => {
      const { store, upload } = await createBench(create());
      const id = newId();
      await upload(id);
      const ids = Array.from({ length: 16 }, () => newId(64));
      expect(await store.link(id, ids)).toMatchObject({ outcome: "linked", avatar: { ids: [id, ...ids] } });
      expect(await store.link(id, [])).toMatchObject({ outcome: "linked", avatar: { version: 2 } });
    });

    it("knows nothing of an absent id", async () => {
      const { store, dump } = await createBench(create());
      const before = await dump();
      expect(await store.link(newId(), [newId()])).toEqual({ outcome: "absent" });
      expect(await dump()).toEqual(before);
    });
  });

  describe("hide()", () => {
    it("lets no id find the avatar, at once", async () => {
      const bench = await createBench(create());
      const { store } = bench;
      const [md5, sha1, picture] = [newId(32), newId(40), pictureOf()];
      await bench.upload(md5, picture, { ids: [sha1] });
      const result = await store.hide(sha1);
      expect(result).toMatchObject({ outcome: "hidden", dropped: expect.arrayContaining(keysOf(picture)) });
      for (const id of [md5, sha1]) {
        expect(await store.find(id)).toBeUndefined();
        expect(await store.findRevision(id, picture.rev)).toBeUndefined();
        expect(await store.hide(id)).toEqual({ outcome: "absent" });
      }
      expect(await store.list({ limit: 10 })).toEqual([]);
      await bench.check();
    });

    it("leaves the row until the last object is removed", async () => {
      const bench = await createBench(create());
      const [id, picture] = [newId(), pictureOf()];
      await bench.upload(id, picture);
      await bench.store.hide(id);
      const states = () => bench.rows(sql`SELECT state FROM avatars`);
      const [first, second] = keysOf(picture);
      await bench.store.removed([first]);
      expect(await states()).toEqual([{ state: "deleting" }]);
      await bench.store.removed([second]);
      expect(await states()).toEqual([]);
      expect(await bench.rows(sql`SELECT rev FROM avatar_revisions`)).toEqual([]);
    });

    it("makes room for a new avatar under the same id", async () => {
      const bench = await createBench(create());
      const id = newId();
      await bench.upload(id);
      const before = await bench.store.find(id);
      await bench.store.hide(id);
      expect(await bench.upload(id)).toMatchObject({ outcome: "created", avatar: { version: 1 } });
      expect((await bench.store.find(id))?.avatarId).not.toBe(before?.avatarId);
      await bench.check();
      await bench.sweep();
      await bench.check();
      expect(await bench.store.find(id)).toBeDefined();
      expect(bench.objects.size).toBe(2);
    });
  });
}
