import type { RedisOptions } from "./keystore/redis/client.ts";
import { ConfigError, type Env, readObject, settingOf } from "./var.ts";

/** What `KVSTORE` says: where keys are kept, and how they are named there. */
export type KeyStoreSection =
  | { readonly type: "none" }
  | ({ readonly type: "cache" } & Naming)
  | ({ readonly type: "kv"; readonly binding: string } & Naming)
  | ({ readonly type: "redis"; readonly server: Omit<RedisOptions, "timeoutMs"> } & Naming);

interface Naming {
  readonly prefix: string;
  readonly expirationSeconds: number | undefined;
}

const MEMBERS = ["type", "prefix", "expiration", "binding", "host", "port", "username", "password", "db", "tls"];

/** @throws ConfigError */
export function readKeyStore(env: Env): KeyStoreSection {
  const section = readObject(env, "KVSTORE", MEMBERS) ?? { type: "none" };
  if (section.type === "none") return { type: "none" };
  const naming = readNaming(section);
  if (section.type === "cache") return { type: "cache", ...naming };
  if (section.type === "kv") return { type: "kv", binding: textOf(section, "binding") ?? "KEYS", ...naming };
  if (section.type === "redis") return { type: "redis", server: readServer(env, section), ...naming };
  throw new ConfigError("KVSTORE.type", "kv, redis, cache or none");
}

type Section = Readonly<Record<string, unknown>>;

function readNaming({ prefix = "", expiration, type }: Section): Naming {
  if (typeof prefix !== "string" || prefix.length > 256) throw new ConfigError("KVSTORE.prefix", "a short string");
  if (expiration === undefined) return { prefix, expirationSeconds: undefined };
  const least = type === "kv" ? 60 : 1;
  if (!Number.isInteger(expiration) || Number(expiration) < least)
    throw new ConfigError("KVSTORE.expiration", `seconds, at least ${least}`);
  return { prefix, expirationSeconds: Number(expiration) };
}

function readServer(env: Env, section: Section): Omit<RedisOptions, "timeoutMs"> {
  const { tls = false } = section;
  if (typeof tls !== "boolean") throw new ConfigError("KVSTORE.tls", "true or false");
  const secret = (member: string) => {
    const value = section[member];
    return value === undefined ? undefined : String(settingOf(env, value, `KVSTORE.${member}`));
  };
  return {
    host: textOf(section, "host") ?? "127.0.0.1",
    port: numberOf(section, "port", 6_379, 1, 65_535),
    username: secret("username"),
    password: secret("password"),
    database: numberOf(section, "db", 0, 0, 1_000_000),
    tls,
  };
}

function textOf(section: Section, member: string): string | undefined {
  const value = section[member];
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw new ConfigError(`KVSTORE.${member}`, "a string that is not empty");
}

function numberOf(section: Section, member: string, absent: number, least: number, most: number): number {
  const value = section[member] ?? absent;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw new ConfigError(`KVSTORE.${member}`, `a whole number from ${least} to ${most}`);
}
