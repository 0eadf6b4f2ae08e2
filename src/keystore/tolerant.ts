import { withTimeout } from "../platform/timeout.ts";
import type { KeyStore } from "./keystore.ts";

export interface TolerantOptions {
  readonly readTimeoutMs: number;
  /** Told of each read that failed or was too slow. */
  readonly log: (message: string, cause: unknown) => void;
}

/**
 * A key store whose reads never fail: an index that is late or broken must not keep a picture from anybody, so that
 * counts as a miss (security.md F3). Writes, and the listing of sets, still fail: their callers decide.
 */
export function tolerantKeyStore(store: KeyStore, { readTimeoutMs, log }: TolerantOptions): KeyStore {
  return {
    ...store,
    async get(key) {
      try {
        return await withTimeout(
          store.get(key),
          readTimeoutMs,
          () => new Error(`No answer within ${readTimeoutMs} ms`),
        );
      } catch (cause) {
        log("Cannot read the key store: taken as a miss", cause);
        return undefined;
      }
    },
  };
}
