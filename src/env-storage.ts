import { isObject } from "./json.ts";
import { ConfigError, checkMembers, type Env, readObject, settingOf } from "./var.ts";

/** One storage as configured; which members mean something depends on the type. */
export type StorageConfig = Readonly<Record<string, string | boolean>> & { readonly type: string };

export interface StorageSection {
  readonly source: StorageConfig | undefined;
  readonly destination: StorageConfig | undefined;
  /** Where derivatives are read; the destination when absent. */
  readonly destinationReadOnly: StorageConfig | undefined;
}

const MEMBERS: readonly string[] = [
  "type",
  "binding",
  "location",
  "base_url",
  "name",
  "endpoint",
  "region",
  "bucket_name",
  "access_key_id",
  "secret_access_key",
  "session_token",
  "path_style",
];
const TYPES = ["r2", "s3", "dos3", "gcs", "minio", "b2", "http", "fetcher"] as const;

/** `STORAGE`. Without `dst`, results go where sources are, unless nothing can be written there. */
export function readStorage(env: Env): StorageSection | undefined {
  const section = readObject(env, "STORAGE", ["src", "dst", "dst-ro"]);
  if (!section) return undefined;
  const source = storageConfig(env, section.src, "STORAGE.src");
  const destination = storageConfig(env, section.dst, "STORAGE.dst") ?? writable(source);
  return { source, destination, destinationReadOnly: storageConfig(env, section["dst-ro"], "STORAGE.dst-ro") };
}

const writable = (storage: StorageConfig | undefined) => (storage?.type === "http" ? undefined : storage);

function storageConfig(env: Env, value: unknown, name: string): StorageConfig | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new ConfigError(name, "a JSON object");
  const entries = Object.entries(checkMembers(value, name, MEMBERS)).map(([member, setting]) => {
    return [member, settingOf(env, setting, `${name}.${member}`)] as const;
  });
  const config = Object.fromEntries(entries);
  if (!TYPES.some((type) => type === config.type)) throw new ConfigError(`${name}.type`, `one of ${TYPES.join(", ")}`);
  return config as StorageConfig;
}
