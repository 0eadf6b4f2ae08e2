import type { KeyRecord, KeyStore } from "./keystore.ts";

export interface CacheKeyStoreOptions {
  readonly prefix: string;
  /** Absent: as long as the cache likes. */
  readonly expirationSeconds: number | undefined;
}

/** Longest time that a cache is asked to keep anything. */
const A_YEAR_SECONDS = 31_536_000;

/**
 * Cloudflare's cache of the data centre that the Worker runs in: nothing to set up, nothing to pay, and each data centre
 * finds out for itself what is stored. It keeps records and no sets, so nobody is told what was made from a source.
 */
export function cacheKeyStore(cache: Cache, { prefix, expirationSeconds }: CacheKeyStoreOptions): KeyStore {
  const addressOf = (key: string) => `https://keys.invalid/${encodeURIComponent(prefix + key)}`;
  const headers = { "cache-control": `max-age=${expirationSeconds ?? A_YEAR_SECONDS}` };
  return {
    async get(key) {
      const kept = await cache.match(addressOf(key));
      return kept?.json<KeyRecord>();
    },
    set: (key, record) => cache.put(addressOf(key), Response.json(record, { headers })),
    async delete(key) {
      await cache.delete(addressOf(key));
    },
    append: async () => {},
    async *members() {},
    remove: async () => {},
  };
}
