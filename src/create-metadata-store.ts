import { d1Database } from "./avatar/metadata/d1.ts";
import type { Database } from "./avatar/metadata/database.ts";
import type { MetadataStore } from "./avatar/metadata/metadata-store.ts";
import { postgresDatabase } from "./avatar/metadata/postgres.ts";
import { type MetadataOptions, sqlMetadataStore } from "./avatar/metadata/sql-metadata-store.ts";
import { bindingNamed, type Env } from "./var.ts";

/** In the database that is bound: `HYPERDRIVE` (PostgreSQL) before `DB` (D1). Undefined where none is. */
export function createMetadataStore(env: Env, options: MetadataOptions): MetadataStore | undefined {
  const database = databaseOf(env);
  return database && sqlMetadataStore(database, options);
}

function databaseOf(env: Env): Database | undefined {
  if (env.HYPERDRIVE)
    return postgresDatabase(bindingNamed<Hyperdrive>(env, "HYPERDRIVE", "HYPERDRIVE").connectionString);
  return env.DB ? d1Database(bindingNamed<D1Database>(env, "DB", "DB")) : undefined;
}
