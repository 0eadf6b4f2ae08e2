import type { Avatars } from "./avatar/avatars.ts";
import { d1Database } from "./avatar/metadata/d1.ts";
import type { Database } from "./avatar/metadata/database.ts";
import { postgresDatabase } from "./avatar/metadata/postgres.ts";
import { sqlMetadataStore } from "./avatar/metadata/sql-metadata-store.ts";
import type { Limiter, Limiters } from "./avatar/rate-limit.ts";
import type { Config } from "./env.ts";
import type { Clock } from "./platform/clock.ts";
import { createSharedJobs } from "./platform/shared-jobs.ts";
import { r2Storage } from "./storage/r2.ts";
import { bindingNamed, type Env } from "./var.ts";

/** The avatar half, where a database and the bucket AVATARS are bound; else it is off. */
export function createAvatars({ avatars: config, limits }: Config, env: Env, clock: Clock): Avatars | undefined {
  const database = databaseOf(env);
  if (!database || !env.AVATARS) return undefined;
  return {
    config,
    metadata: sqlMetadataStore(database, { clock, keepRevs: config.keepRevisions }),
    objects: r2Storage(bindingNamed<R2Bucket>(env, "AVATARS", "AVATARS"), limits.sourceHeadersTimeoutMs),
    guard: { tokens: config.tokens, limits: config.limits, limiters: limitersOf(env), clock },
    jobs: createSharedJobs(limits.maxWaitMs),
  };
}

/** PostgreSQL where Hyperdrive is bound, else D1. */
function databaseOf(env: Env): Database | undefined {
  if (env.HYPERDRIVE)
    return postgresDatabase(bindingNamed<Hyperdrive>(env, "HYPERDRIVE", "HYPERDRIVE").connectionString);
  return env.DB ? d1Database(bindingNamed<D1Database>(env, "DB", "DB")) : undefined;
}

function limitersOf(env: Env): Limiters {
  const limiter = (name: string) => (env[name] ? bindingNamed<Limiter>(env, name, name) : undefined);
  return { write: limiter("RL_WRITE"), authFail: limiter("RL_AUTH_FAIL"), generate: limiter("RL_GENERATE") };
}
