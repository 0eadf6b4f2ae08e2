import { applyD1Migrations, env } from "cloudflare:test";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { d1Database } from "../../../src/avatar/metadata/d1.ts";
import { sql } from "../../../src/avatar/metadata/statement.ts";
import { metadataContract } from "./contract.ts";
import { unavailable } from "./unavailable.ts";

beforeAll(() => applyD1Migrations(env.DB, inject("migrations")));

metadataContract("D1", () => d1Database(env.DB));

describe("d1Database()", () => {
  it("says 503 and nothing of the database where a statement fails", async () => {
    await unavailable(d1Database(env.DB).run([sql`SELECT secret_column FROM absent_table`]), /absent_table/);
  });

  it("runs all statements or none", async () => {
    const database = d1Database(env.DB);
    const insert = sql`INSERT INTO used_tokens (jti, expires_at) VALUES ('twice', 1)`;
    await unavailable(database.run([insert, insert]), /UNIQUE/);
    expect(await database.run([sql`SELECT jti FROM used_tokens WHERE jti = 'twice'`])).toEqual([[]]);
  });

  it("does not wait longer than it was told", async () => {
    const silent = {
      prepare: env.DB.prepare.bind(env.DB),
      batch: () => new Promise(() => {}),
    } as unknown as D1Database;
    await unavailable(d1Database(silent, 20).run([sql`SELECT 1 AS one`]), /20 ms/);
  });
});
