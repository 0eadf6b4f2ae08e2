import { describe, expect, it } from "vitest";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import { sql } from "../../../src/avatar/metadata/statement.ts";
import { createBench, keysOf, newId, newRev, pictureOf, YEAR_MS } from "./bench.ts";

const MANY = 100;
const many = <T>(make: (index: number) => T, count = MANY): T[] => Array.from({ length: count }, (_, at) => make(at));

export function raceContract(create: () => Database): void {
  describe("many changes at once", () => {
    it(`${MANY} uploads to one new id make one avatar, which shows one of them whole`, async () => {
      const bench = await createBench(create(), 1);
      const id = newId();
      const pictures = many((index) =>
        pictureOf({ side: index + 1, bytes: index + 1, source: { width: 1, height: index } }),
      );
      const results = await Promise.all(pictures.map((picture) => bench.upload(id, picture)));
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(["created", ...many(() => "replaced", MANY - 1)]);
      const avatar = await bench.store.find(id);
      expect(avatar?.version).toBe(MANY);
      const shown = pictures.find(({ rev }) => rev === avatar?.rev);
      expect(avatar).toMatchObject({ side: shown?.side, bytes: shown?.side });
      const { masterKey, sourceKey, source } = shown ?? {};
      expect(avatar?.revision).toMatchObject({ masterKey, sourceKey, source });
      expect(await bench.rows(sql`SELECT 1 AS one FROM avatars`)).toHaveLength(1);
      await bench.check();
      await bench.sweep();
      expect(bench.objects.size).toBe(4);
      await bench.check();
    });

    it("uploads of one picture to one id leave one revision", async () => {
      const bench = await createBench(create());
      const [id, rev] = [newId(), newRev()];
      await Promise.all(many(() => bench.upload(id, { rev }), 20));
      expect(await bench.rows(sql`SELECT rev FROM avatar_revisions`)).toEqual([{ rev }]);
      await bench.check();
      await bench.sweep();
      expect(bench.objects.size).toBe(2);
    });

    it("uploads by all ids of one e-mail address end in one avatar with all of them", async () => {
      const bench = await createBench(create());
      const ids = [newId(32), newId(40), newId(64)];
      await Promise.all(many((index) => bench.upload(ids[index % 3], {}, { ids }), 30));
      expect(await bench.store.find(ids[0])).toMatchObject({ ids });
      await bench.check();
      await bench.sweep();
      expect(await bench.rows(sql`SELECT 1 AS one FROM avatars`)).toHaveLength(1);
      expect(bench.objects.size).toBe(4);
    });

    it("uploads that take each other's ids never lose one, nor wait for each other for ever", async () => {
      const bench = await createBench(create());
      const ids = many(() => newId(), 6);
      const owners = many((index) => bench.upload(ids[index % 6], {}, { ids: [ids[(index * 5 + 1) % 6]] }), 30);
      await Promise.all(owners);
      for (const id of ids) expect(await bench.store.find(id)).toBeDefined();
      await bench.check();
      await bench.sweep();
      await bench.check();
    });

    it("of two that expect the same revision, one is refused", async () => {
      const bench = await createBench(create());
      const [id, rev] = [newId(), newRev()];
      await bench.upload(id, { rev });
      const pictures = await Promise.all(many(() => bench.stored(), 10));
      const expected = { ifMatch: [{ rev, version: 1 }] };
      const results = await Promise.all(pictures.map((picture) => bench.store.put(id, { picture }, expected)));
      expect(results.filter(({ outcome }) => outcome === "replaced")).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === "precondition_failed")).toHaveLength(9);
      await bench.check();
    });

    it("of many that expect none, one creates", async () => {
      const bench = await createBench(create());
      const id = newId();
      const pictures = await Promise.all(many(() => bench.stored(), 10));
      const results = await Promise.all(
        pictures.map((picture) => bench.store.put(id, { picture }, { ifNoneMatch: "*" })),
      );
      expect(results.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
      await bench.check();
    });

    it("one id that two avatars are linked to finds one of them", async () => {
      const bench = await createBench(create());
      const avatars = many(() => newId(), 8);
      for (const id of avatars) await bench.upload(id);
      const wanted = newId(64);
      const results = await Promise.all(avatars.map((id) => bench.store.link(id, [wanted])));
      expect(results.filter(({ outcome }) => outcome === "linked")).toHaveLength(1);
      expect(results.filter(({ outcome }) => outcome === "id_in_use")).toHaveLength(7);
      expect((await bench.store.find(wanted))?.ids).toHaveLength(2);
      await bench.check();
    });

    it("changes of a description all count", async () => {
      const bench = await createBench(create());
      const id = newId();
      await bench.upload(id);
      await Promise.all(many((index) => bench.store.patch(id, { description: { alt: `${index}` } }), 20));
      expect((await bench.store.find(id))?.version).toBe(21);
    });

    it("deletion during uploads leaves an avatar or none, and no object alone", async () => {
      const bench = await createBench(create());
      const [id, alias] = [newId(), newId(64)];
      await bench.upload(id, {}, { ids: [alias] });
      const uploads = many((index) => bench.upload(index % 2 ? id : alias), 20);
      const deletions = many((index) => bench.store.hide(index % 2 ? alias : id), 20);
      await Promise.all([...uploads, ...deletions]);
      await bench.check();
      await bench.sweep();
      await bench.check();
      const avatars = (await Promise.all([id, alias].map((each) => bench.store.find(each)))).filter(Boolean);
      const kept = await bench.rows(sql`SELECT avatar_id FROM avatar_revisions`);
      expect(await bench.rows(sql`SELECT 1 AS one FROM avatars`)).toHaveLength(avatars.length);
      expect(bench.objects.size).toBe(kept.length * 2);
    });

    it("a sweep during late uploads takes an object or leaves it to the upload, never both", async () => {
      const bench = await createBench(create());
      const id = newId();
      const pictures = await Promise.all(many(() => bench.stored(), 20));
      bench.clock.ms += YEAR_MS;
      const puts = pictures.map((picture) => bench.store.put(id, { picture }).catch(() => undefined));
      await Promise.all([...puts, bench.sweep(), bench.sweep()]);
      await bench.check();
      bench.clock.ms += YEAR_MS;
      await bench.sweep();
      await bench.check();
      const avatar = await bench.store.find(id);
      const current = pictures.find(({ rev }) => rev === avatar?.rev);
      for (const key of current ? keysOf(current) : []) expect(bench.objects).toContain(key);
    });
  });
}
