import { describe, expect, it } from "vitest";
import type { AvatarId } from "../../../src/avatar/identity.ts";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import { sql } from "../../../src/avatar/metadata/statement.ts";
import { type Bench, createBench, HOUR_MS, keysOf, newId, pictureOf, YEAR_MS } from "./bench.ts";

const MINUTE_MS = 60_000;

export function removalContract(create: () => Database): void {
  describe("the queue of removals", () => {
    it("gives an intended key after an hour and not before", async () => {
      const { store, clock } = await createBench(create());
      await store.intend(["a", "b"]);
      clock.ms += HOUR_MS - 1;
      expect(await store.due(10)).toEqual([]);
      clock.ms += 1;
      expect([...(await store.due(10))].sort()).toEqual(["a", "b"]);
    });

    it("gives at most as many as asked for, and each to one who asks", async () => {
      const { store, clock } = await createBench(create());
      const keys = Array.from({ length: 100 }, (_, index) => `key ${index}`);
      await store.intend(keys);
      clock.ms += YEAR_MS;
      const taken = await Promise.all(Array.from({ length: 12 }, () => store.due(10)));
      expect(Math.max(...taken.map((some) => some.length))).toBe(10);
      expect(taken.flat().sort()).toEqual(keys.sort());
    });

    it("gives a key that was not removed again: after 1, 4, 9 minutes, then once a day", async () => {
      const { store, clock } = await createBench(create());
      await store.intend(["a"]);
      clock.ms += HOUR_MS;
      for (const minutes of [1, 4, 9, 16]) {
        expect(await store.due(1)).toEqual(["a"]);
        clock.ms += minutes * MINUTE_MS - 1;
        expect(await store.due(1)).toEqual([]);
        clock.ms += 1;
      }
      for (let more = 0; more < 40; more++) {
        expect(await store.due(1)).toEqual(["a"]);
        clock.ms += 24 * HOUR_MS;
      }
    });

    it("forgets what was removed, and what it never knew", async () => {
      const { store, clock, rows } = await createBench(create());
      await store.intend(["a", "b"]);
      await store.removed(["a", "unknown"]);
      await store.removed([]);
      clock.ms += YEAR_MS;
      expect(await store.due(10)).toEqual(["b"]);
      await store.removed(["b"]);
      expect(await rows(sql`SELECT r2_key FROM gc_queue`)).toEqual([]);
    });

    it("takes nothing, and many at once", async () => {
      const { store, clock } = await createBench(create());
      await store.intend([]);
      const keys = Array.from({ length: 250 }, (_, index) => `key ${index}`);
      await store.intend(keys);
      clock.ms += YEAR_MS;
      expect(await store.due(1_000)).toHaveLength(250);
      await store.removed(keys);
      clock.ms += YEAR_MS;
      expect(await store.due(1_000)).toEqual([]);
    });

    it("lets no put() show an object whose removal has begun", async () => {
      const { store, stored, clock, dump } = await createBench(create());
      const picture = await stored();
      clock.ms += HOUR_MS;
      await store.due(1);
      const before = await dump();
      await expect(store.put(newId(), { picture })).rejects.toMatchObject({ code: "storage_unavailable" });
      expect(await dump()).toEqual(before);
    });

    it("lets put() show an object that is late but still there", async () => {
      const bench = await createBench(create());
      const picture = await bench.stored();
      bench.clock.ms += YEAR_MS;
      expect(await bench.store.put(newId(), { picture })).toMatchObject({ outcome: "created" });
      expect(await bench.store.due(10)).toEqual([]);
      await bench.check();
    });
  });

  describe("an upload that is cut off", () => {
    /** Steps of an upload; the first `done` of them happen. */
    async function cutOff(bench: Bench, id: AvatarId, done: number) {
      const picture = pictureOf();
      const steps = [
        () => bench.store.intend(keysOf(picture)),
        ...keysOf(picture).map((key) => async () => void bench.objects.add(key)),
        () => bench.store.put(id, { picture }),
      ];
      for (const step of steps.slice(0, done)) await step();
      return picture;
    }

    it.for([0, 1, 2, 3])("after %i steps leaves a new id without avatar, and nothing behind", async (done) => {
      const bench = await createBench(create());
      const id = newId();
      await cutOff(bench, id, done);
      await bench.check();
      expect(await bench.store.find(id)).toBeUndefined();
      bench.clock.ms += HOUR_MS;
      await bench.sweep();
      expect(bench.objects.size).toBe(0);
      await bench.check();
    });

    it.for([0, 1, 2, 3])("after %i steps leaves the old avatar, and nothing else", async (done) => {
      const bench = await createBench(create(), 0);
      const [id, old] = [newId(), pictureOf()];
      await bench.upload(id, old);
      await cutOff(bench, id, done);
      bench.clock.ms += HOUR_MS;
      await bench.sweep();
      expect(await bench.store.find(id)).toMatchObject({ rev: old.rev });
      expect(bench.objects).toEqual(new Set(keysOf(old)));
      await bench.check();
    });

    it("after the last step is over: a sweep leaves the new avatar", async () => {
      const bench = await createBench(create(), 0);
      const id = newId();
      await bench.upload(id);
      const picture = await cutOff(bench, id, 4);
      bench.clock.ms += HOUR_MS;
      await bench.sweep();
      expect(await bench.store.find(id)).toMatchObject({ rev: picture.rev });
      expect(bench.objects).toEqual(new Set(keysOf(picture)));
      await bench.check();
    });

    it("within the last step changes nothing", async () => {
      const whole = create();
      const bench = await createBench(whole);
      const id = newId();
      await bench.upload(id);
      const picture = await bench.stored();
      const before = await bench.dump();
      const broken: Database = {
        run: (statements) => whole.run([...statements.slice(0, -1), sql`INSERT INTO avatars (rev) VALUES ('x')`]),
      };
      const { sqlMetadataStore } = await import("../../../src/avatar/metadata/sql-metadata-store.ts");
      const store = sqlMetadataStore(broken, { clock: { now: () => bench.clock.ms }, keepRevs: 0 });
      await expect(store.put(id, { picture })).rejects.toMatchObject({ code: "storage_unavailable" });
      await expect(store.hide(id)).rejects.toMatchObject({ code: "storage_unavailable" });
      expect(await bench.dump()).toEqual(before);
    });
  });

  describe("useToken()", () => {
    it("is true once, whoever asks", async () => {
      const { store, clock } = await createBench(create());
      const uses = await Promise.all(Array.from({ length: 20 }, () => store.useToken("jti", clock.ms + 1_000)));
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await store.useToken("jti", clock.ms + 1_000)).toBe(false);
      expect(await store.useToken("other", clock.ms + 1_000)).toBe(true);
    });

    it("remembers a token until it expires", async () => {
      const { store, clock, rows } = await createBench(create());
      await store.useToken("early", clock.ms + 1_000);
      await store.useToken("late", clock.ms + 2_000);
      clock.ms += 1_000;
      await store.forgetTokens();
      expect(await rows(sql`SELECT jti FROM used_tokens`)).toEqual([{ jti: "late" }]);
      expect(await store.useToken("late", clock.ms)).toBe(false);
    });
  });
}
