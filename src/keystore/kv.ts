import type { KeyRecord, KeyStore } from "./keystore.ts";

export interface KvKeyStoreOptions {
  /** Before every key, as picfit's `prefix`. */
  readonly prefix: string;
  /** Records vanish after that; KV wants at least 60. Absent: they stay. */
  readonly expirationSeconds?: number | undefined;
}

/**
 * Workers KV. It has no sets and takes one write a second for each key, so a set is one empty entry a member, named
 * `prefix + set + ":" + member` and listed by prefix: many keys can join at once and none is lost.
 */
export function kvKeyStore(namespace: KVNamespace, { prefix, expirationSeconds }: KvKeyStoreOptions): KeyStore {
  const expiry = expirationSeconds === undefined ? {} : { expirationTtl: expirationSeconds };
  const memberKey = (set: string, member: string) => `${prefix}${set}:${member}`;
  return {
    async get(key) {
      const { value, metadata } = await namespace.getWithMetadata<KeyRecord["metadata"]>(prefix + key, "text");
      return value === null ? undefined : { path: value, metadata: metadata ?? {} };
    },
    set: (key, { path, metadata }) => namespace.put(prefix + key, path, { metadata, ...expiry }),
    delete: (key) => namespace.delete(prefix + key),
    append: (set, member) => namespace.put(memberKey(set, member), "", expiry),
    members: (set) => listMembers(namespace, memberKey(set, "")),
    remove: (set, member) => namespace.delete(memberKey(set, member)),
  };
}

async function* listMembers(namespace: KVNamespace, prefix: string): AsyncGenerator<string> {
  let cursor: string | null = null;
  do {
    const page: KVNamespaceListResult<unknown> = await namespace.list({ prefix, cursor });
    for (const { name } of page.keys) yield name.slice(prefix.length);
    cursor = page.list_complete ? null : page.cursor;
  } while (cursor !== null);
}
