import type { KeyRecord, KeyStore } from "../keystore.ts";
import type { RedisClient } from "./client.ts";
import type { Reply } from "./resp.ts";

export interface RedisKeyStoreOptions {
  /** Before every key, as picfit's `prefix`. */
  readonly prefix: string;
  /** Records and sets vanish that long after they were last written. Absent: they stay. */
  readonly expirationSeconds: number | undefined;
}

/**
 * Redis, laid out as picfit lays it out: `prefix + key` holds the object's name, `prefix + set` the members. What is ours
 * beside a name is a second key, `prefix + key + ":edgefit"`, which tells its name again: a record that picfit has
 * overwritten since has no metadata.
 */
export function redisKeyStore(send: RedisClient, { prefix, expirationSeconds }: RedisKeyStoreOptions): KeyStore {
  const expiry = expirationSeconds === undefined ? [] : ["EX", String(expirationSeconds)];
  const besideOf = (key: string) => `${prefix}${key}:edgefit`;
  return {
    async get(key) {
      const [values] = await send(["MGET", prefix + key, besideOf(key)]);
      const [path, beside] = values as readonly Reply[];
      return typeof path === "string" ? { path, metadata: metadataOf(path, beside) } : undefined;
    },
    async set(key, record) {
      await send(
        ["MULTI"],
        ["SET", prefix + key, record.path, ...expiry],
        ["SET", besideOf(key), JSON.stringify(record), ...expiry],
        ["EXEC"],
      );
    },
    async delete(key) {
      await send(["DEL", prefix + key, besideOf(key)]);
    },
    async append(set, member) {
      const expire = expirationSeconds === undefined ? [] : [["EXPIRE", prefix + set, String(expirationSeconds)]];
      await send(["SADD", prefix + set, member], ...expire);
    },
    members: (set) => scan(send, prefix + set),
    async remove(set, member) {
      await send(["SREM", prefix + set, member]);
    },
  };
}

function metadataOf(path: string, beside: Reply): KeyRecord["metadata"] {
  if (typeof beside !== "string") return {};
  const record: KeyRecord = JSON.parse(beside);
  return record.path === path ? record.metadata : {};
}

/** Members that are asked for at a time. */
const PAGE = "500";

/** Redis may tell a member twice while it rearranges a set, but misses none that stays. */
async function* scan(send: RedisClient, name: string): AsyncGenerator<string> {
  const told = new Set<string>();
  let cursor = "0";
  do {
    const [page] = await send(["SSCAN", name, cursor, "COUNT", PAGE]);
    const [next, members] = page as readonly [string, readonly string[]];
    cursor = next;
    for (const member of members) if (!told.has(member)) yield member;
    for (const member of members) told.add(member);
  } while (cursor !== "0");
}
