import { describe, expect, inject, it } from "vitest";
import { postgresDatabase } from "../../../src/avatar/metadata/postgres.ts";
import { sql } from "../../../src/avatar/metadata/statement.ts";
import { metadataContract } from "./contract.ts";
import { pooled } from "./pooled.ts";
import { unavailable } from "./unavailable.ts";

const url = inject("postgresUrl");

if (url) {
  metadataContract("PostgreSQL", () => pooled(postgresDatabase(url), 20));

  describe("postgresDatabase()", () => {
    it("says 503 and nothing of the database where a statement fails", async () => {
      await unavailable(postgresDatabase(url).run([sql`SELECT secret_column FROM absent_table`]), /absent_table/);
    });

    it("runs all statements or none", async () => {
      const database = postgresDatabase(url);
      const insert = sql`INSERT INTO used_tokens (jti, expires_at) VALUES ('twice', 1)`;
      await unavailable(database.run([insert, insert]), /used_tokens_pkey/);
      expect(await database.run([sql`SELECT jti FROM used_tokens WHERE jti = 'twice'`])).toEqual([[]]);
    });

    it("gives rows to the statements that have some, in their place", async () => {
      const results = await postgresDatabase(url).run([
        sql`DELETE FROM used_tokens WHERE jti = 'absent'`,
        sql`SELECT 1 AS one WHERE 1 = 0`,
        sql`INSERT INTO used_tokens (jti, expires_at) VALUES ('placed', 5) RETURNING expires_at`,
        sql`UPDATE used_tokens SET expires_at = 6 WHERE jti = 'placed'`,
        sql`SELECT COUNT(*) AS count, NULL AS none, ${"O'Neil"} AS text FROM used_tokens WHERE jti = 'placed'`,
      ]);
      expect(results.map((rows) => [...rows].map((row) => ({ ...row })))).toEqual([
        [],
        [],
        [{ expires_at: 5 }],
        [],
        [{ count: 1, none: null, text: "O'Neil" }],
      ]);
    });

    it("does not wait longer than it was told, nor does the server", async () => {
      await unavailable(postgresDatabase(url, 50).run([sql`SELECT pg_sleep(600)`]), /50 ms|statement timeout/);
      const running = sql`SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(6' || '00)%' AND state = 'active'`;
      await expect.poll(() => postgresDatabase(url).run([running])).toEqual([[]]);
    });

    it("survives a connection that is cut", async () => {
      await unavailable(postgresDatabase(url).run([sql`SELECT pg_terminate_backend(pg_backend_pid())`]), /./);
      expect(await postgresDatabase(url).run([sql`SELECT 1 AS one`])).toEqual([[{ one: 1 }]]);
    });

    it("says 503 where no server is, or no such database", async () => {
      const closed = Object.assign(new URL(url), { port: "1" }).href;
      await unavailable(postgresDatabase(closed, 2_000).run([sql`SELECT 1 AS one`]), /./);
      const absent = Object.assign(new URL(url), { pathname: "/absent" }).href;
      await unavailable(postgresDatabase(absent).run([sql`SELECT 1 AS one`]), /absent/);
    });
  });
} else {
  it.skip("skipped: no PostgreSQL");
}
