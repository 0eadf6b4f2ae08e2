// npm run migrate: brings the tables of avatars up to date.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "./postgres.ts";
import { migratePostgres } from "./postgres-migrations.ts";
import { runTool } from "./tool.ts";
import { ended, ROOT, startWrangler } from "./wrangler.ts";

const USAGE = `npm run migrate                      the D1 database of the deployed Worker
npm run migrate -- --local           the D1 database of npm start
npm run migrate -- --postgres        the PostgreSQL database that DATABASE_URL names`;

async function migrateFromEnvironment(): Promise<number> {
  const client = connect("DATABASE_URL", process.env.DATABASE_URL);
  try {
    const applied = await migratePostgres(client, join(ROOT, "migrations"));
    console.log(applied.length ? `Applied ${applied.join(", ")}` : "Nothing to apply");
    return 0;
  } catch (cause) {
    throw new Error("Cannot migrate", { cause });
  } finally {
    await client.end();
  }
}

runTool(async () => {
  const { values } = parseArgs({
    options: { local: { type: "boolean" }, postgres: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (!values.postgres)
    return ended(startWrangler(["d1", "migrations", "apply", "DB", values.local ? "--local" : "--remote"], "ask"));
  return migrateFromEnvironment();
});
