import { expect } from "vitest";
import type { AvatarId } from "../../../src/avatar/identity.ts";
import type { Database, Row } from "../../../src/avatar/metadata/database.ts";
import type { MetadataStore, Picture, PutResult, Upload } from "../../../src/avatar/metadata/metadata-store.ts";
import { sqlMetadataStore } from "../../../src/avatar/metadata/sql-metadata-store.ts";
import { type Statement, sql } from "../../../src/avatar/metadata/statement.ts";

export const HOUR_MS = 3_600_000;
export const YEAR_MS = 365 * 24 * HOUR_MS;

/** What one test works with: a store, a clock that it sets, and the objects that a bucket would hold. */
export interface Bench {
  readonly store: MetadataStore;
  readonly objects: Set<string>;
  readonly clock: { ms: number };
  /** A picture whose objects are intended and put. */
  stored(picture?: Partial<Picture>): Promise<Picture>;
  /** The whole of an upload, as a handler does it. */
  upload(id: AvatarId, change?: Partial<Picture>, rest?: Omit<Upload, "picture">): Promise<PutResult>;
  /** Removes what is due, until nothing is. */
  sweep(): Promise<void>;
  rows(statement: Statement): Promise<readonly Row[]>;
  /** All rows of all tables. */
  dump(): Promise<unknown>;
  /** Fails where an id leads to nothing, an object is known to nobody, or a table holds what it must not. */
  check(): Promise<void>;
}

let counted = 0;
/** Another one each time. */
export const newId = (length: 32 | 40 | 64 = 40): AvatarId =>
  (counted++).toString(16).padStart(length, "e") as AvatarId;
export const newRev = (): string => (counted++).toString(16).padStart(16, "f");

export const pictureOf = (change: Partial<Picture> = {}): Picture => ({
  rev: newRev(),
  type: "png",
  side: 300,
  bytes: 12_345,
  sizes: ["small", "medium"],
  masterKey: `avatars/${crypto.randomUUID()}/master.png`,
  sourceKey: `avatars/${crypto.randomUUID()}/source.png`,
  source: { width: 640, height: 480 },
  crop: { left: 80, top: 0, width: 480, height: 480 },
  ...change,
});

export const keysOf = ({ masterKey, sourceKey }: Picture): string[] =>
  sourceKey === undefined ? [masterKey] : [masterKey, sourceKey];

export async function createBench(database: Database, keepRevs = 1): Promise<Bench> {
  await database.run(TABLES.map((table) => sql([`DELETE FROM ${table}`])));
  const clock = { ms: 1_700_000_000_000 };
  const store = sqlMetadataStore(database, { clock: { now: () => clock.ms }, keepRevs });
  const objects = new Set<string>();
  const rows = async (statement: Statement) => (await database.run([statement]))[0];
  const stored = async (change?: Partial<Picture>) => {
    const picture = pictureOf(change);
    await store.intend(keysOf(picture));
    for (const key of keysOf(picture)) objects.add(key);
    return picture;
  };
  return {
    store,
    objects,
    clock,
    stored,
    rows,
    upload: async (id, change, rest) => store.put(id, { picture: await stored(change), ...rest }),
    async sweep() {
      for (let keys = await store.due(50); keys.length > 0; keys = await store.due(50)) {
        for (const key of keys) objects.delete(key);
        await store.removed(keys);
      }
    },
    dump: () => database.run(TABLES.map((table) => sql([`SELECT * FROM ${table} ORDER BY 1, 2`]))),
    check: () => check(database, objects),
  };
}

/** Children first. */
const TABLES = ["avatar_revisions", "avatar_ids", "avatars", "used_tokens", "gc_queue"];

const KEYS = "SELECT r.master_key, r.source_key FROM avatar_revisions r JOIN avatars a ON a.avatar_id = r.avatar_id";

/** What must never be found, by what it would break. */
const FAULTS = {
  "a change is over": "SELECT r2_key FROM gc_queue WHERE r2_key = '(change)'",
  "ids lead to live avatars":
    "SELECT i.hash FROM avatar_ids i JOIN avatars a ON a.avatar_id = i.avatar_id WHERE a.state <> 'live'",
  "a live avatar has an id": `SELECT avatar_id FROM avatars a WHERE state = 'live'
    AND NOT EXISTS (SELECT 1 FROM avatar_ids i WHERE i.avatar_id = a.avatar_id)`,
  "a live avatar has its revision": `SELECT avatar_id FROM avatars a WHERE state = 'live'
    AND NOT EXISTS (SELECT 1 FROM avatar_revisions r WHERE r.avatar_id = a.avatar_id AND r.rev = a.rev)`,
  "no revision is half gone": "SELECT rev FROM avatar_revisions WHERE created_at <= 0 OR rev LIKE '-%'",
};

async function check(database: Database, objects: ReadonlySet<string>): Promise<void> {
  const faults = Object.values(FAULTS);
  const texts = [...faults, "SELECT r2_key FROM gc_queue", ...["live", "deleting"].map(keysOfState)];
  const found = await database.run(texts.map((text) => sql([text])));
  for (const [index, what] of Object.keys(FAULTS).entries()) expect(found[index], what).toEqual([]);
  const [queued, shown, hidden] = found.slice(faults.length).map(textsIn);
  expect(
    [...shown].filter((key) => !objects.has(key)),
    "every shown object is there",
  ).toEqual([]);
  expect(
    [...shown].filter((key) => queued.has(key)),
    "no shown object is to be removed",
  ).toEqual([]);
  expect(
    [...objects].filter((key) => !shown.has(key) && !queued.has(key)),
    "every object is known",
  ).toEqual([]);
  expect(
    [...hidden].filter((key) => objects.has(key) && !queued.has(key)),
    "hidden objects will go",
  ).toEqual([]);
}

const keysOfState = (state: string): string => `${KEYS} WHERE a.state = '${state}'`;

const textsIn = (rows: readonly Row[]): Set<string> =>
  new Set(rows.flatMap((row) => Object.values(row)).filter((value) => typeof value === "string"));
