import { describe, expect, it } from "vitest";
import type { AvatarId } from "../../../src/avatar/identity.ts";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import type { AvatarRecord, MetadataStore } from "../../../src/avatar/metadata/metadata-store.ts";
import { joined, type Statement, sql } from "../../../src/avatar/metadata/statement.ts";
import { createBench, newId } from "./bench.ts";

const COUNT = 1_001;

export function listContract(create: () => Database): void {
  describe("list()", () => {
    it("gives the newest change first, each with all of its ids", async () => {
      const { store, upload, clock } = await createBench(create());
      const ids = [newId(), newId(), newId()];
      for (const id of ids) {
        clock.ms += 10;
        await upload(id, {}, { ids: [newId(32)] });
      }
      clock.ms += 10;
      await store.patch(ids[0], { description: { name: "Ann" } });
      const listed = await store.list({ limit: 10 });
      expect(listed).toEqual([await store.find(ids[0]), await store.find(ids[2]), await store.find(ids[1])]);
    });

    it("gives as many as asked for, and goes on behind a position", async () => {
      const { store, upload } = await createBench(create());
      for (let index = 0; index < 5; index++) await upload(newId(), {}, { ids: [newId(64), newId(32)] });
      const all = await store.list({ limit: 200 });
      const first = await store.list({ limit: 2 });
      expect(first).toEqual(all.slice(0, 2));
      expect(await store.list({ limit: 2, after: first[1] })).toEqual(all.slice(2, 4));
      expect(await store.list({ limit: 2, after: all[4] })).toEqual([]);
    });

    it("gives what was changed since a time, that time included", async () => {
      const { store, upload, clock } = await createBench(create());
      const start = clock.ms;
      for (let index = 0; index < 4; index++) {
        clock.ms = start + index;
        await upload(newId());
      }
      const times = async (since: number) => (await store.list({ limit: 9, since })).map((avatar) => avatar.updatedAt);
      expect(await times(start + 2)).toEqual([start + 3, start + 2]);
      expect(await times(start + 4)).toEqual([]);
      const [newest] = await store.list({ limit: 1 });
      expect(await store.list({ limit: 9, since: start + 2, after: newest })).toHaveLength(1);
    });

    it(`pages through ${COUNT.toLocaleString("en")} while some change: none twice, none left out`, async () => {
      const bench = await createBench(create());
      const ids = await insertMany(create(), COUNT, bench.clock.ms);
      bench.clock.ms += 1_000;
      const start = bench.clock.ms;
      const seen: AvatarRecord[] = [];
      const touched = new Set<AvatarId>();
      for await (const page of pages(bench.store)) {
        seen.push(...page);
        const [early, late] = [seen[seen.length >> 1], ids[(seen.length * 7) % COUNT]];
        for (const id of [early.ids[0], late]) {
          bench.clock.ms++;
          await bench.store.patch(id, { description: { alt: "changed" } });
          touched.add(id);
        }
        await bench.upload(newId());
      }
      const listed = seen.map((avatar) => avatar.ids[0]);
      expect(new Set(listed).size).toBe(listed.length);
      const again = (await bench.store.list({ limit: 200, since: start })).map((avatar) => avatar.ids[0]);
      expect(ids.filter((id) => !touched.has(id) && !listed.includes(id))).toEqual([]);
      expect([...touched].filter((id) => !again.includes(id))).toEqual([]);
    });
  });
}

async function* pages(store: MetadataStore) {
  let page = await store.list({ limit: 100 });
  while (page.length > 0) {
    yield page;
    page = await store.list({ limit: 100, after: page.at(-1) });
  }
}

/** Ten to a millisecond, since many share one. */
async function insertMany(database: Database, count: number, ms: number): Promise<AvatarId[]> {
  const ids = Array.from({ length: count }, () => newId());
  const tens = Array.from({ length: Math.ceil(count / 10) }, (_, at) => ids.slice(at * 10, at * 10 + 10));
  await database.run(tens.flatMap((some, at) => insertAt(some, ms + at)));
  return ids;
}

function insertAt(ids: readonly AvatarId[], time: number): Statement[] {
  const values = (write: (id: AvatarId) => Statement) => joined(ids.map(write));
  return [
    sql`INSERT INTO avatars (avatar_id, rev, type, side, bytes, created_at, updated_at)
      VALUES ${values((id) => sql`(${id}, 'r', 'png', 9, 9, ${time}, ${time})`)}`,
    sql`INSERT INTO avatar_ids (hash, algo, avatar_id, created_at)
      VALUES ${values((id) => sql`(${id}, 'sha1', ${id}, ${time})`)}`,
    sql`INSERT INTO avatar_revisions (avatar_id, rev, master_key, source_w, source_h, crop_x, crop_y, crop_w, crop_h,
        created_at) VALUES ${values((id) => sql`(${id}, 'r', ${id}, 9, 9, 0, 0, 9, 9, ${time})`)}`,
  ];
}
