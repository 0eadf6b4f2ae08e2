import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type postgres from "postgres";

/**
 * Applies the migrations of `folder` that the database lacks, in the order of their names, each in a transaction of its
 * own. Two at once: one waits for the other. Gives the names of those it applied.
 */
export async function migratePostgres(client: postgres.Sql, folder: string): Promise<string[]> {
  await client`CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)`;
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const applied: string[] = [];
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8");
    if (await applyOnce(client, name, text)) applied.push(name);
  }
  return applied;
}

const applyOnce = (client: postgres.Sql, name: string, text: string): Promise<boolean> =>
  client.begin(async (transaction) => {
    await transaction`LOCK TABLE schema_migrations IN EXCLUSIVE MODE`;
    const [known] = await transaction`SELECT 1 FROM schema_migrations WHERE name = ${name}`;
    if (known) return false;
    await transaction.unsafe(text);
    await transaction`INSERT INTO schema_migrations (name, applied_at) VALUES (${name}, ${Date.now()})`;
    return true;
  });
