import type { Context } from "../app.ts";
import { logFailure } from "../log.ts";
import { cacheTag } from "./cache-tag.ts";

/** Has caches in front of the Worker forget what they keep of these avatars, where the runtime offers that. */
export async function purge(ids: readonly string[], { cache }: Context): Promise<void> {
  try {
    await cache?.purge({ tags: ids.map((id) => cacheTag(id)) });
  } catch (cause) {
    logFailure("cache not purged", cause);
  }
}
