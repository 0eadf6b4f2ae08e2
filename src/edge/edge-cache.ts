/** A derivative in the cache of the data centre that the Worker runs in. */
export interface EdgeEntry {
  /** In the destination storage; tells the type. */
  readonly name: string;
  readonly size: number;
  /** Of the source. */
  readonly version: string;
  readonly modified: Date;
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * Derivatives near the client, by their keys: neither key store nor storage is asked for them. No method fails: a cache
 * that does not work is one that holds nothing.
 */
export interface EdgeCache {
  get(key: string): Promise<EdgeEntry | undefined>;
  put(key: string, entry: Omit<EdgeEntry, "body">, body: BodyInit): Promise<void>;
  delete(key: string): Promise<void>;
}

export const noEdgeCache: EdgeCache = {
  get: async () => undefined,
  put: async () => undefined,
  delete: async () => undefined,
};
