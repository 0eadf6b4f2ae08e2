import { createRequire } from "node:module";
import type Postgres from "postgres";
import { migratePostgres } from "../../tools/postgres-migrations.ts";

/** Where a server is looked for. Its own variable, so that nobody's real database is taken for one to test with. */
const SERVER = process.env.TEST_POSTGRES_URL ?? "postgres://postgres:any@127.0.0.1:5432/postgres";

/** Vite, which runs this file, would import the client that is made for Workers. */
const postgres = createRequire(import.meta.url)("postgres") as typeof Postgres;

let count = 0;

export interface TestDatabase {
  readonly url: string;
  readonly sql: Postgres.Sql;
  drop(): Promise<void>;
}

/**
 * A database of its own on the server of this machine. Undefined where there is no server.
 * @param migrations the folder of those that it is to have
 */
export async function createTestDatabase(migrations?: string): Promise<TestDatabase | undefined> {
  const server = connect(SERVER);
  const name = `edgefit_test_${process.pid}_${Date.now()}_${count++}`;
  const reached = await server`SELECT 1`.catch(() => undefined);
  if (!reached) return undefined;
  await server.unsafe(`CREATE DATABASE ${name}`);
  // Nothing in it has to outlive the server.
  await server.unsafe(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  const url = Object.assign(new URL(SERVER), { pathname: `/${name}` }).href;
  const sql = connect(url);
  if (migrations !== undefined) await migratePostgres(sql, migrations);
  return {
    ...{ url, sql },
    async drop() {
      await sql.end();
      await server.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.end();
    },
  };
}

const connect = (url: string): Postgres.Sql => postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
