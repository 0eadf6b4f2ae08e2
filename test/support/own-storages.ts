import { env } from "cloudflare:workers";
import "./equal-bytes.ts";

/**
 * Test files share a runtime, since starting one takes longer than most files: each begins with storages that hold
 * nothing and a cache of its own, as if it had started one.
 */
await Promise.all([
  ...[env.SOURCE, env.DESTINATION, env.AVATARS].map(emptyBucket),
  emptyKeys(env.KEYS),
  emptyTables(env.DB),
  ownCache(),
]);

async function emptyBucket(bucket: R2Bucket): Promise<void> {
  const { objects, truncated } = await bucket.list();
  if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
  if (truncated) await emptyBucket(bucket);
}

async function emptyKeys(store: KVNamespace): Promise<void> {
  const { keys, list_complete } = await store.list();
  await Promise.all(keys.map(({ name }) => store.delete(name)));
  if (!list_complete) await emptyKeys(store);
}

/** Those that the migrations made: what is migrated stays so. */
async function emptyTables(database: D1Database): Promise<void> {
  const tables = database.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'");
  const { results } = await tables.run<{ name: string }>();
  const ours = results.filter(({ name }) => !/^(_cf|sqlite_|d1_migrations)/.test(name));
  const deletions = ours.map(({ name }) => database.prepare(`DELETE FROM ${name}`));
  if (ours.length > 0) await database.batch([database.prepare("PRAGMA defer_foreign_keys = on"), ...deletions]);
}

/** A cache cannot be emptied, but another one taken for the default. */
async function ownCache(): Promise<void> {
  Object.defineProperty(caches, "default", { value: await caches.open(crypto.randomUUID()), configurable: true });
}
