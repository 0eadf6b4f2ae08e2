import { givenValue, type Part, type Section, sectionOf, textOf } from "./section.ts";

/** picfit's `kvstore`: records and sets of a Redis are read where they are. */
export function translateKeyStore(store: Section | undefined): Part {
  const type = textOf(store?.type) || "dummy";
  const prefix = textOf(store?.prefix);
  if (type === "dummy") return { vars: { KVSTORE: { type: "none" } } };
  if (type === "cache") return { vars: { KVSTORE: { type: "cache", prefix } } };
  if (type === "redis") return redis(sectionOf(store ?? {}, "redis") ?? {}, prefix);
  if (type === "redis-cluster" || type === "redis-roundrobin") return several(type, prefix);
  throw new Error(`Cannot translate a kvstore of type ${type}`);
}

function redis(section: Section, prefix: string): Part {
  const host = textOf(section.host) || "127.0.0.1";
  const [port = 6379, db = 0, expiration] = [section.port, section.db, section.expiration].map(givenValue);
  const secret = textOf(section.password) !== "";
  return {
    vars: {
      KVSTORE: {
        type: "redis",
        host,
        port,
        db,
        prefix,
        ...(secret && { password: "$REDIS_PASSWORD" }),
        ...(Number(expiration) > 0 && { expiration }),
      },
    },
    ...(secret && { secrets: { REDIS_PASSWORD: "kvstore.redis.password" } }),
    notes: [
      `kvstore.redis: the Worker must reach ${host}:${port}; if it cannot, use { type = "kv", binding = "KEYS" }: ` +
        "stored results are found by their names all the same",
    ],
  };
}

const several = (type: string, prefix: string): Part => ({
  vars: { KVSTORE: { type: "kv", binding: "KEYS", prefix } },
  notes: [`kvstore.type ${type}: Workers KV instead; stored results are found by their names all the same`],
});
