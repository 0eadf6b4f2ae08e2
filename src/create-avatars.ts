import type { Avatars } from "./avatar/avatars.ts";
import { createMetadataStore } from "./create-metadata-store.ts";
import type { Config } from "./env.ts";
import { readLimiters } from "./env-avatar.ts";
import type { Clock } from "./platform/clock.ts";
import { createSharedJobs } from "./platform/shared-jobs.ts";
import { r2Storage } from "./storage/r2.ts";
import { bindingNamed, type Env } from "./var.ts";

/** The avatar half, where a database and the bucket AVATARS are bound; else it is off. */
export function createAvatars({ avatars: config, limits }: Config, env: Env, clock: Clock): Avatars | undefined {
  const metadata = createMetadataStore(env, { clock, keepRevs: config.keepRevisions });
  if (!metadata || !env.AVATARS) return undefined;
  return {
    config,
    metadata,
    objects: r2Storage(bindingNamed<R2Bucket>(env, "AVATARS", "AVATARS"), limits.sourceHeadersTimeoutMs),
    guard: { tokens: config.tokens, limits: config.limits, limiters: readLimiters(env), clock },
    jobs: createSharedJobs(limits.maxWaitMs),
  };
}
