import { beforeAll, describe, expect, it } from "vitest";
import { HttpError } from "../../src/error.ts";
import type { Admit, Arrival } from "../../src/platform/bounded.ts";
import { byBytes } from "../../src/platform/by-bytes.ts";
import type { Listing, ReadableStorage, Storage } from "../../src/storage/storage.ts";

const sequence = (length: number) => Uint8Array.from({ length }, (_, index) => index);
const JPEG = { mime: "image/jpeg", metadata: { key: "540d90a9", width: "50" } };
const failure = (status: number, code: string) => expect.objectContaining({ status, code });
const ODD_PATHS = ["a b/é?.jpg", "a+b&c=d#e%20.png", "%2e%2e%2fa", "日本/😀.gif", "a//b", "'()*!~"];
const LONG_PATH = "x".repeat(1_000);

/** What a test server cannot do, though the real one can. */
export interface Lacks {
  readonly conditions?: boolean;
  readonly longPaths?: boolean;
  /** A folder of files has no names with empty segments, and none that is a folder as well. */
  readonly freeNames?: boolean;
  /** Types and metadata. */
  readonly properties?: boolean;
}

/** What every storage does when it is read. `fill` puts objects into it. */
export function readableStorageContract(
  name: string,
  create: () => ReadableStorage,
  fill: (path: string, bytes: Uint8Array) => Promise<unknown>,
  lacks: Lacks = {},
): void {
  const bytesOf = async (path: string) => (await create().get(path))?.bytes();

  describe(`${name} storage, read`, () => {
    it("knows nothing of an absent object", async () => {
      expect(await create().get("absent.png")).toBeUndefined();
      expect(await create().head("absent.png")).toBeUndefined();
    });

    it("gives bytes, size, type and a version that follows the content", async () => {
      await fill("read/a.png", sequence(300));
      const object = await create().get("read/a.png");
      expect(object).toMatchObject({ size: 300, mime: expect.stringContaining("/"), metadata: expect.any(Object) });
      expect(await object?.bytes()).toEqual(sequence(300));
      const version = (await create().head("read/a.png"))?.version;
      expect(version).toBe(object?.version);
      await fill("read/a.png", sequence(301));
      expect((await create().head("read/a.png"))?.version).not.toBe(version);
    });

    it("gives a stream of the same bytes", async () => {
      await fill("read/stream.png", sequence(100_000));
      const object = await create().get("read/stream.png");
      expect(await new Response(object?.body).bytes()).toEqual(sequence(100_000));
    });

    it("gives an object without bytes", async () => {
      await fill("read/empty", new Uint8Array());
      expect(await bytesOf("read/empty")).toEqual(new Uint8Array());
      expect(await create().head("read/empty")).toMatchObject({ size: 0 });
    });

    const oddPaths = [...ODD_PATHS, ...(lacks.longPaths ? [] : [LONG_PATH])];
    it.for(oddPaths.filter((path) => !lacks.freeNames || !path.includes("//")))("takes %s for a name", async (path) => {
      await fill(path, sequence(5));
      expect(await bytesOf(path)).toEqual(sequence(5));
    });

    it.for([
      ["the start", { offset: 0, length: 4 }, [0, 1, 2, 3]],
      ["the middle", { offset: 4, length: 1 }, [4]],
      ["all after an offset", { offset: 7 }, [7, 8, 9]],
      ["what there is of a range over the end", { offset: 8, length: 100 }, [8, 9]],
    ] as const)("gives %s", async ([, range, bytes]) => {
      await fill("read/ten", sequence(10));
      const object = await create().get("read/ten", { range });
      expect(object?.size).toBe(10);
      expect(await object?.bytes()).toEqual(Uint8Array.from(bytes));
    });

    it("refuses a range that starts after the end", async () => {
      await fill("read/ten", sequence(10));
      const expected = failure(416, "range_not_satisfiable");
      await expect(create().get("read/ten", { range: { offset: 10 } })).rejects.toEqual(expected);
      expect(await create().get("absent.png", { range: { offset: 10 } })).toBeUndefined();
    });

    describe("asks before it takes bytes into memory:", () => {
      const asking = async (path: string, admit: Admit) => (await create().get(path, { admit }))?.bytes();
      const seen = ({ head, whole, sizeBytes }: Arrival) => ({ length: head.length, whole, sizeBytes });

      it("before the first one", async () => {
        await fill("read/asked", sequence(100));
        const arrivals: object[] = [];
        await asking("read/asked", async (arrival) => void arrivals.push(seen(arrival)));
        expect(arrivals).toEqual([{ length: 0, whole: false, sizeBytes: 100 }]);
      });

      it("of a small object the beginning is all", async () => {
        await fill("read/asked", sequence(100));
        const arrivals: object[] = [];
        await asking("read/asked", async (arrival) => (arrivals.push(seen(arrival)) === 1 ? 1_000 : undefined));
        expect(arrivals.at(-1)).toEqual({ length: 100, whole: true, sizeBytes: 100 });
      });

      it("as much as is wanted is shown, and all is given", async () => {
        await fill("read/large", sequence(200_000));
        const wanted = [50_000, 100_000];
        const arrivals: object[] = [];
        const bytes = await asking("read/large", async (arrival) => {
          arrivals.push(seen(arrival));
          expect(arrival.head).toEqual(sequence(arrival.head.length));
          return wanted[arrivals.length - 1];
        });
        expect(bytes).toEqual(sequence(200_000));
        const lengths = [0, ...wanted];
        expect(arrivals).toEqual(lengths.map((length) => ({ length, whole: false, sizeBytes: 200_000 })));
      });

      it.for([0, 1])("what is refused is not read: question %i", async (question) => {
        await fill("read/large", sequence(200_000));
        const refused = new HttpError(422, "image_too_large", "no");
        const admit: Admit = ({ head }) =>
          head.length === 0 && question === 1 ? Promise.resolve(1_000) : Promise.reject(refused);
        await expect(asking("read/large", admit)).rejects.toBe(refused);
      });
    });

    it("takes exactly as many bytes as allowed", async () => {
      await fill("read/limit", sequence(100));
      expect(await (await create().get("read/limit", { maxBytes: 100 }))?.bytes()).toHaveLength(100);
      const tooMany = async () => (await create().get("read/limit", { maxBytes: 99 }))?.bytes();
      await expect(tooMany()).rejects.toEqual(failure(413, "source_too_large"));
    });
  });
}

/** What every storage does that can be written. */
export function storageContract(name: string, create: () => Storage, lacks: Lacks = {}): void {
  readableStorageContract(name, create, (path, bytes) => create().put(path, bytes, JPEG), lacks);

  describe(`${name} storage, written`, () => {
    it.skipIf(lacks.properties)("keeps type and metadata, and the time", async () => {
      const written = await create().put("put/a.jpg", sequence(20), JPEG);
      expect(written).toMatchObject({ size: 20, version: expect.any(String) });
      const head = await create().head("put/a.jpg");
      expect(head).toMatchObject({ ...JPEG, ...written });
      expect(Math.abs(Date.now() - Number(head?.modified))).toBeLessThan(60_000);
      expect(await create().get("put/a.jpg")).toMatchObject({ ...JPEG, ...written, modified: head?.modified });
    });

    it.skipIf(lacks.properties)("replaces bytes, type and metadata as one", async () => {
      await create().put("put/b", sequence(20), JPEG);
      await create().put("put/b", sequence(3), { mime: "image/png", metadata: {} });
      const object = await create().get("put/b");
      expect(object).toMatchObject({ size: 3, mime: "image/png" });
      expect(object?.metadata).toEqual({});
      expect(await object?.bytes()).toEqual(sequence(3));
    });

    it("keeps its own copy of the bytes", async () => {
      const bytes = sequence(4);
      await create().put("put/copy", bytes.subarray(1, 3), JPEG);
      bytes.fill(9);
      expect(await (await create().get("put/copy"))?.bytes()).toEqual(Uint8Array.of(1, 2));
    });

    it.skipIf(lacks.conditions)("writes where nothing is only if nothing is", async () => {
      const options = { onlyIf: "absent" } as const;
      await create().delete("put/once");
      expect(await create().put("put/once", sequence(1), JPEG, options)).toMatchObject({ size: 1 });
      expect(await create().put("put/once", sequence(2), JPEG, options)).toBeUndefined();
      expect(await create().head("put/once")).toMatchObject({ size: 1 });
    });

    it.skipIf(lacks.conditions)("writes over a version only if it is still there", async () => {
      const first = await create().put("put/version", sequence(1), JPEG);
      const onlyIf = { version: first?.version ?? "" };
      expect(await create().put("put/version", sequence(2), JPEG, { onlyIf })).toMatchObject({ size: 2 });
      expect(await create().put("put/version", sequence(3), JPEG, { onlyIf })).toBeUndefined();
      expect(await create().head("put/version")).toMatchObject({ size: 2 });
      expect(await create().put("put/none", sequence(3), JPEG, { onlyIf })).toBeUndefined();
    });

    it("deletes, and says whether there was anything", async () => {
      await create().put("delete/a", sequence(1), JPEG);
      expect(await create().delete("delete/a")).toBe(true);
      expect(await create().get("delete/a")).toBeUndefined();
      expect(await create().delete("delete/a")).toBe(false);
    });

    describe("lists", () => {
      const all = ["a", "a b/é", "a/1", "a/b/2", "a/b/3", "a0", "日本/😀", "b"].map((path) => `list/${path}`);
      const paths = all.filter((path) => !lacks.freeNames || path !== "list/a");
      const namesOf = ({ objects, folders }: Listing) => [...objects.map(({ path }) => path), ...folders].sort(byBytes);

      beforeAll(async () => {
        for (const path of [...paths, "lists/a"]) await create().put(path, sequence(2), JPEG);
      });

      it("objects and folders, each in order", async () => {
        const { objects, folders, next } = await create().list("list/", { limit: 1_000 });
        const files = ["list/a", "list/a0", "list/b"].filter((path) => paths.includes(path));
        expect(objects.map(({ path }) => path)).toEqual(files);
        expect(folders).toEqual(["list/a b/", "list/a/", "list/日本/"]);
        expect(next).toBeUndefined();
        const { size, version } = (await create().head("list/b")) ?? {};
        expect(objects.at(-1)).toMatchObject({ path: "list/b", size, version, modified: expect.any(Date) });
      });

      it.for([
        [
          "list/a",
          ["list/a", "list/a b/", "list/a/", "list/a0"].filter((path) => paths.includes(path) || /\/$/.test(path)),
        ],
        ["list/a/", ["list/a/1", "list/a/b/"]],
        ["list/a/b/", ["list/a/b/2", "list/a/b/3"]],
        ["list/日", ["list/日本/"]],
        ["list/c", []],
        ["nothing/", []],
      ] as const)("what starts with %s, as far as the next slash", async ([prefix, expected]) => {
        expect(namesOf(await create().list(prefix, { limit: 1_000 }))).toEqual(expected);
      });

      it.for([1, 2, 3, 5])("pages of %i that hold everything once and in order", async (limit) => {
        const pages: string[][] = [];
        for (let after: string | undefined, more = true; more; more = after !== undefined) {
          const page = await create().list("list/", { limit, after });
          pages.push(namesOf(page));
          after = page.next;
        }
        const entries = new Set(paths.map((path) => path.replace(/^(list\/[^/]+\/).*/, "$1")));
        expect(pages.flat()).toEqual([...entries].sort(byBytes));
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      });

      it("what comes after a name, whether or not that is still there", async () => {
        const behind = async (name: string) => namesOf(await create().list("list/", { limit: 9, after: name }));
        expect(await behind("list/a/")).toEqual(["list/a0", "list/b", "list/日本/"]);
        expect(await behind("list/a00")).toEqual(["list/b", "list/日本/"]);
        expect(await behind("list/日本/")).toEqual([]);
      });

      it.skipIf(lacks.freeNames)("an object whose name ends with a slash", async () => {
        await create().put("mark/", new Uint8Array(), JPEG);
        await create().put("mark/a", new Uint8Array(), JPEG);
        const first = await create().list("mark/", { limit: 1 });
        expect([namesOf(first), first.next]).toEqual([["mark/"], "mark/"]);
        expect(namesOf(await create().list("mark/", { limit: 1, after: "mark/" }))).toEqual(["mark/a"]);
        expect((await create().list("mar", { limit: 9 })).folders).toEqual(["mark/"]);
      });
    });
  });
}
