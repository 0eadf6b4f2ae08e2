import { afterAll, beforeAll, describe, it } from "vitest";
import { linesFor } from "../support/claims.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { type Copy, createCopy } from "./support/copy.ts";

/** In the documents. */
const DATABASE = "postgres://user:password@db.example.com:5432/avatars";

let copy: Copy;
let database: TestDatabase | undefined;

beforeAll(async () => {
  [copy, database] = await Promise.all([createCopy(), createTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([copy.remove(), database?.drop()]);
});

describe("PostgreSQL has the tables of avatars after", () => {
  it.for(linesFor("migrate"))("%s", { timeout: 60_000 }, async (line, { expect, skip }) => {
    if (!database) return skip("no PostgreSQL on this machine");
    const written = { [DATABASE]: database.url };
    const [first, again] = [await copy.run(line, { written }), await copy.run(line, { written })];
    expect([first.code, again.code]).toEqual([0, 0]);
    expect(first.out).toMatch(/Applied 0001_avatars/);
    expect(again.out).toMatch(/Nothing to apply/);
    expect(await database.sql`SELECT count(*)::int AS count FROM avatars`).toEqual([{ count: 0 }]);
  });
});
