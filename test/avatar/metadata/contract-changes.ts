import { describe, expect, it } from "vitest";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import { createBench, keysOf, newId, newRev, pictureOf } from "./bench.ts";

/** Put, patch, find. */
export function changeContract(create: () => Database): void {
  describe("put()", () => {
    it("creates an avatar that is found with all that was said of it", async () => {
      const { upload, store, clock, check } = await createBench(create());
      const [id, rev] = [newId(), newRev()];
      const description = { rating: "pg", name: "Élodie Brun", alt: "a cat" } as const;
      const result = await upload(id, { rev, type: "jpg", sizes: ["small"] }, { description });
      expect(result).toMatchObject({ outcome: "created", dropped: [] });
      const avatar = await store.find(id);
      expect(result).toMatchObject({ avatar });
      expect(avatar).toEqual({
        ...description,
        avatarId: expect.stringMatching(/^[0-9a-f]{32}$/),
        ids: [id],
        rev,
        version: 1,
        type: "jpg",
        side: 300,
        bytes: 12_345,
        sizes: ["small"],
        createdAt: clock.ms,
        updatedAt: clock.ms,
        revision: await store.findRevision(id, rev),
      });
      await check();
    });

    it("starts with rating g, no name and no alternative text", async () => {
      const { upload, store } = await createBench(create());
      const id = newId();
      await upload(id);
      expect(await store.find(id)).toMatchObject({ rating: "g", name: undefined, alt: undefined });
    });

    it("keeps what the picture was cut from", async () => {
      const { upload, store, clock } = await createBench(create());
      const id = newId();
      const picture = pictureOf({ crop: { left: 1, top: 2, width: 3, height: 4 } });
      await upload(id, picture);
      const { masterKey, sourceKey, source, crop, rev } = picture;
      const revision = { masterKey, sourceKey, source, crop, rev, createdAt: clock.ms };
      expect(await store.findRevision(id, rev)).toEqual({ ...revision, avatarId: (await store.find(id))?.avatarId });
    });

    it("replaces: another picture, a later version, the same avatar", async () => {
      const { upload, store, clock, check } = await createBench(create());
      const id = newId();
      await upload(id, {}, { description: { name: "Ann", rating: "r" } });
      const first = await store.find(id);
      clock.ms += 1_000;
      const rev = newRev();
      const result = await upload(id, { rev, side: 10 }, { description: { name: null } });
      expect(result).toMatchObject({ outcome: "replaced", dropped: [] });
      const { avatarId, createdAt } = first ?? {};
      const expected = { avatarId, createdAt, updatedAt: clock.ms, rev, side: 10, version: 2, rating: "r" };
      expect(await store.find(id)).toMatchObject({ ...expected, name: undefined });
      await check();
    });

    it.for([
      [0, 1],
      [1, 2],
      [3, 4],
    ])("keeps %i revisions before the current one, in all %i", async ([keepRevs, kept]) => {
      const bench = await createBench(create(), keepRevs);
      const id = newId();
      const pictures = Array.from({ length: 6 }, () => pictureOf());
      for (const picture of pictures) await bench.upload(id, picture);
      for (const [index, { rev }] of pictures.entries())
        expect((await bench.store.findRevision(id, rev))?.rev).toBe(index >= 6 - kept ? rev : undefined);
      await bench.check();
      await bench.sweep();
      expect(bench.objects).toEqual(new Set(pictures.slice(6 - kept).flatMap(keysOf)));
    });

    it("says which objects a replacement leaves behind", async () => {
      const bench = await createBench(create(), 0);
      const [id, first] = [newId(), pictureOf()];
      await bench.upload(id, first);
      const result = await bench.upload(id);
      expect(result).toMatchObject({ outcome: "replaced", dropped: expect.toSatisfy(sameSet(keysOf(first))) });
    });

    it("takes the same picture again: one revision, its newer objects", async () => {
      const bench = await createBench(create());
      const [id, other, first] = [newId(), pictureOf(), pictureOf()];
      const again = { ...pictureOf(), rev: first.rev };
      for (const picture of [other, first, again]) await bench.upload(id, picture);
      expect(await bench.store.findRevision(id, first.rev)).toMatchObject({ masterKey: again.masterKey });
      expect(await bench.store.findRevision(id, other.rev)).toBeDefined();
      await bench.check();
      await bench.sweep();
      expect(bench.objects).toEqual(new Set([other, again].flatMap(keysOf)));
    });

    it("takes a picture without a source", async () => {
      const bench = await createBench(create(), 0);
      const id = newId();
      await bench.upload(id, { sourceKey: undefined });
      expect((await bench.store.find(id))?.revision.sourceKey).toBeUndefined();
      await bench.upload(id, { sourceKey: undefined });
      await bench.sweep();
      expect(bench.objects.size).toBe(1);
    });

    it("refuses objects whose removal was never intended", async () => {
      const { store, dump } = await createBench(create());
      const before = await dump();
      const expected = { status: 503, code: "storage_unavailable" };
      await expect(store.put(newId(), { picture: pictureOf() })).rejects.toMatchObject(expected);
      expect(await dump()).toEqual(before);
    });
  });

  describe("find()", () => {
    it("knows nothing of an absent id", async () => {
      const { store, upload } = await createBench(create());
      await upload(newId());
      expect(await store.find(newId())).toBeUndefined();
      expect(await store.findRevision(newId(), newRev())).toBeUndefined();
    });

    it("finds no revision of another avatar", async () => {
      const { store, upload } = await createBench(create());
      const [id, other, picture] = [newId(), newId(), pictureOf()];
      await upload(id, picture);
      await upload(other);
      expect(await store.findRevision(other, picture.rev)).toBeUndefined();
    });
  });

  describe("patch()", () => {
    it("changes what is named and nothing else", async () => {
      const { upload, store, clock, check } = await createBench(create());
      const id = newId();
      await upload(id, {}, { description: { name: "Ann", alt: "a cat" } });
      const before = await store.find(id);
      clock.ms += 5;
      const result = await store.patch(id, { description: { rating: "x", alt: null } });
      const after = { ...before, rating: "x", alt: undefined, version: 2, updatedAt: clock.ms };
      expect(result).toEqual({ outcome: "patched", avatar: after, dropped: [] });
      expect(await store.find(id)).toEqual(after);
      await check();
    });

    it("knows nothing of an absent id", async () => {
      const { store } = await createBench(create());
      expect(await store.patch(newId(), { description: { rating: "x" } })).toEqual({ outcome: "absent" });
    });

    it("cuts anew from the same source, which stays as long as a revision needs it", async () => {
      const bench = await createBench(create());
      const { store } = bench;
      const [id, first] = [newId(), pictureOf()];
      await bench.upload(id, first);
      const crop = { left: 0, top: 0, width: 99, height: 99 };
      let base = first.rev;
      for (let cuts = 0; cuts < 3; cuts++) {
        const picture = { ...pictureOf({ crop }), sourceKey: first.sourceKey };
        await store.intend([picture.masterKey]);
        bench.objects.add(picture.masterKey);
        const result = await store.patch(id, { cut: { base, picture }, description: { alt: `cut ${cuts}` } });
        expect(result).toMatchObject({ outcome: "patched", avatar: { rev: picture.rev, alt: `cut ${cuts}` } });
        await bench.check();
        await bench.sweep();
        base = picture.rev;
      }
      expect(await store.find(id)).toMatchObject({ version: 4, revision: { sourceKey: first.sourceKey, crop } });
      expect(bench.objects.size).toBe(3);
      await bench.upload(id);
      await bench.upload(id);
      await bench.check();
      await bench.sweep();
      expect(bench.objects).not.toContain(first.sourceKey);
    });

    it("does not cut from a revision that is not the current one", async () => {
      const bench = await createBench(create());
      const [id, first] = [newId(), pictureOf()];
      await bench.upload(id, first);
      await bench.upload(id);
      const picture = await bench.stored({ sourceKey: first.sourceKey });
      const before = await bench.dump();
      expect(await bench.store.patch(id, { cut: { base: first.rev, picture } })).toEqual({ outcome: "base_changed" });
      expect(await bench.dump()).toEqual(before);
    });
  });
}

const sameSet = (expected: readonly string[]) => (value: readonly string[]) =>
  value.length === expected.length && expected.every((each) => value.includes(each));
