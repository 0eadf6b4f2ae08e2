// npm run migrate: brings the tables of avatars up to date.
import { join } from "node:path";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { migratePostgres } from "./postgres-migrations.ts";
import { ended, ROOT, startWrangler } from "./wrangler.ts";

const USAGE = `npm run migrate                      the D1 database of the deployed Worker
npm run migrate -- --local           the D1 database of npm start
npm run migrate -- --postgres        the PostgreSQL database that DATABASE_URL names`;

async function migrateFromEnvironment(): Promise<number> {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error("Cannot migrate: expected DATABASE_URL=postgres://user:password@host:5432/database");
    return 1;
  }
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const applied = await migratePostgres(client, join(ROOT, "migrations"));
    console.log(applied.length ? `Applied ${applied.join(", ")}` : "Nothing to apply");
    return 0;
  } catch (error) {
    console.error(`Cannot migrate: ${error instanceof Error ? error.message : error}`);
    return 1;
  } finally {
    await client.end();
  }
}

const { values } = parseArgs({
  options: { local: { type: "boolean" }, postgres: { type: "boolean" }, help: { type: "boolean" } },
});

if (values.help) console.log(USAGE);
else if (values.postgres) process.exitCode = await migrateFromEnvironment();
else
  process.exitCode = await ended(
    startWrangler(["d1", "migrations", "apply", "DB", values.local ? "--local" : "--remote"], "ask"),
  );
