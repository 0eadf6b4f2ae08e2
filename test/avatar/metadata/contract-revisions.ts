import { describe, expect, it } from "vitest";
import type { Database } from "../../../src/avatar/metadata/database.ts";
import type { Picture } from "../../../src/avatar/metadata/metadata-store.ts";
import { type Bench, createBench, keysOf, newId, newRev, pictureOf } from "./bench.ts";

/** Revisions that are kept: listed, and shown again. */
export function revisionContract(create: () => Database): void {
  async function uploaded(keepRevs: number, count: number) {
    const bench = await createBench(create(), keepRevs);
    const id = newId();
    const pictures = Array.from({ length: count }, (_, index) =>
      pictureOf({ side: index + 1, bytes: index + 10, type: index % 2 ? "jpg" : "png", sizes: [`${index}`] }),
    );
    for (const picture of pictures) {
      await bench.upload(id, picture);
      bench.clock.ms += 1_000;
    }
    const show = (picture: Picture) => bench.store.patch(id, { show: picture });
    const revs = async () => (await bench.store.revisions(id)).map(({ rev }) => rev);
    return { ...bench, id, pictures, show, revs };
  }

  const revsOf = (...pictures: readonly Picture[]): string[] => pictures.map(({ rev }) => rev);

  describe("revisions()", () => {
    it("gives the current one, then those that are kept, the newest first", async () => {
      const { revs, pictures, store, id } = await uploaded(2, 4);
      expect(await revs()).toEqual(revsOf(pictures[3], pictures[2], pictures[1]));
      expect((await store.revisions(id))[0]).toEqual((await store.find(id))?.revision);
    });

    it("gives none of an absent, a hidden or another avatar", async () => {
      const { store, id, upload, revs } = await uploaded(1, 2);
      expect(await store.revisions(newId())).toEqual([]);
      await upload(newId());
      expect(await revs()).toHaveLength(2);
      await store.hide(id);
      expect(await revs()).toEqual([]);
    });
  });

  describe("patch() that shows a kept revision again", () => {
    it("shows its picture and all that belongs to it, and keeps what it replaces", async () => {
      const { store, id, pictures, show, revs, clock, check } = await uploaded(1, 2);
      const [old, current] = pictures;
      const { rev, side, bytes, type, sizes, masterKey, crop } = old;
      expect(await show(old)).toMatchObject({ outcome: "patched", dropped: [] });
      const expected = { rev, side, bytes, type, sizes, version: 3, updatedAt: clock.ms };
      expect(await store.find(id)).toMatchObject({ ...expected, revision: { rev, masterKey, crop } });
      expect(await revs()).toEqual(revsOf(old, current));
      await check();
    });

    it("goes back and forth without losing a revision or an object", async () => {
      const { pictures, show, revs, check, sweep, objects, store, id } = await uploaded(2, 3);
      const [first, second, third] = pictures;
      for (const picture of [first, third, second, second, first]) await show(picture);
      expect(await revs()).toEqual(revsOf(first, second, third));
      await check();
      await sweep();
      expect(objects).toEqual(new Set(pictures.flatMap(keysOf)));
      expect((await store.find(id))?.version).toBe(8);
    });

    it("counts as the newest: the next upload keeps it", async () => {
      const { upload, id, pictures, show, revs, check, sweep, objects } = await uploaded(1, 2);
      const [old, replaced] = pictures;
      await show(old);
      const next = pictureOf();
      await upload(id, next);
      expect(await revs()).toEqual(revsOf(next, old));
      await check();
      await sweep();
      for (const key of keysOf(replaced)) expect(objects).not.toContain(key);
    });

    it("says of the avatar what else is said at the same time", async () => {
      const { store, id, pictures } = await uploaded(1, 2);
      await store.patch(id, { show: pictures[0], description: { alt: "a cat" } });
      expect(await store.find(id)).toMatchObject({ rev: pictures[0].rev, alt: "a cat" });
    });

    it.for([
      ["was never there", async () => pictureOf({ rev: newRev() })],
      ["is not kept any more", async ({ pictures }) => pictures[0]],
      [
        "belongs to another avatar",
        async ({ upload, stored }) => {
          const picture = await stored();
          await upload(newId(), picture);
          return picture;
        },
      ],
    ] as readonly (readonly [string, (bench: Bench & { pictures: Picture[] }) => Promise<Picture>])[])(
      "changes nothing where the revision %s",
      async ([, choose]) => {
        const bench = await uploaded(1, 3);
        const picture = await choose(bench);
        const before = await bench.dump();
        expect(await bench.show(picture)).toEqual({ outcome: "revision_not_kept" });
        expect(await bench.dump()).toEqual(before);
      },
    );

    it("leaves a whole avatar whatever is uploaded and deleted meanwhile", async () => {
      const { store, id, pictures, show, upload, check, sweep } = await uploaded(1, 2);
      const shows = Array.from({ length: 15 }, (_, index) => show(pictures[index % 2]));
      const uploads = Array.from({ length: 10 }, () => upload(id));
      await Promise.all([...shows, ...uploads, store.hide(id)]);
      await check();
      await sweep();
      await check();
    });
  });
}
