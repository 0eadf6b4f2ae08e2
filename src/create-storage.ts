import type { Config } from "./env.ts";
import type { StorageConfig } from "./env-storage.ts";
import { fetcherStorage } from "./storage/fetcher.ts";
import { httpStorage } from "./storage/http.ts";
import { type Place, placeOf } from "./storage/place.ts";
import { prefixedReadableStorage, prefixedStorage } from "./storage/prefixed.ts";
import { r2Storage } from "./storage/r2.ts";
import { s3Storage } from "./storage/s3.ts";
import type { ReadableStorage, Storage } from "./storage/storage.ts";
import { bindingNamed, ConfigError, type Env } from "./var.ts";

/** A storage as configured. */
export interface CreatedStorage {
  readonly reader: ReadableStorage;
  /** Absent: the storage can only be read. */
  readonly writer: Storage | undefined;
  readonly place: Place;
}

/** What an adapter is built from, beside its own section. */
export interface Wiring {
  readonly config: Config;
  readonly env: Env;
  /** What is sent in `Via`. */
  readonly viaToken: string;
}

/**
 * Builds the adapter that `section` of the configuration names, below its `location`.
 * @throws ConfigError
 */
export function createStorage(section: StorageConfig, name: string, wiring: Wiring): CreatedStorage {
  const location = textOf(section.location);
  const place = placeOf(location, textOf(section.base_url));
  if (section.type === "http")
    return { reader: prefixedReadableStorage(httpOf(section, name, wiring), location), writer: undefined, place };
  const writer = prefixedStorage(WRITABLE[section.type](section, name, wiring), location);
  return { reader: writer, writer, place };
}

/** Adapters that can also be written, by the types of the configuration. */
const WRITABLE: Readonly<Record<string, (section: StorageConfig, name: string, wiring: Wiring) => Storage>> = {
  r2: (...storage) => r2Of(...storage),
  fetcher: (...storage) => fetcherOf(...storage),
  s3: (...storage) => s3Of(...storage),
  dos3: (...storage) => s3Of(...storage),
  gcs: (...storage) => s3Of(...storage),
  minio: (...storage) => s3Of(...storage),
  b2: (...storage) => s3Of(...storage),
};

const textOf = (value: string | boolean | undefined): string => (typeof value === "string" ? value : "");

function required(section: StorageConfig, member: string, name: string): string {
  const value = textOf(section[member]);
  if (value === "") throw new ConfigError(`${name}.${member}`, "given");
  return value;
}

const r2Of = (section: StorageConfig, name: string, { config, env }: Wiring): Storage =>
  r2Storage(
    bindingNamed<R2Bucket>(env, required(section, "binding", name), `${name}.binding`),
    config.limits.sourceHeadersTimeoutMs,
  );

const fetcherOf = (section: StorageConfig, name: string, { config, env, viaToken }: Wiring): Storage =>
  fetcherStorage({
    fetcher: bindingNamed<Fetcher>(env, required(section, "binding", name), `${name}.binding`),
    limits: config.limits,
    userAgent: config.userAgent,
    viaToken,
  });

function httpOf(section: StorageConfig, name: string, { config, viaToken }: Wiring): ReadableStorage {
  const { limits, userAgent } = config;
  try {
    return httpStorage({ baseUrl: textOf(section.base_url), limits, userAgent, viaToken });
  } catch (cause) {
    throw new ConfigError(`${name}.base_url`, "an http or https URL", { cause });
  }
}

/** What is known of a provider, so that it need not be said. */
interface Preset {
  /** Where it answers; absent: that has to be said. */
  readonly endpoint?: (region: string) => string;
  /** Absent: that has to be said. */
  readonly region?: string;
  readonly pathStyle?: boolean;
}

const PRESETS: Readonly<Record<string, Preset>> = {
  s3: { endpoint: (region) => `https://s3.${region}.amazonaws.com` },
  dos3: { endpoint: (region) => `https://${region}.digitaloceanspaces.com` },
  gcs: { endpoint: () => "https://storage.googleapis.com", region: "auto" },
  b2: { endpoint: (region) => `https://s3.${region}.backblazeb2.com` },
  minio: { region: "us-east-1", pathStyle: true },
};

function s3Of(section: StorageConfig, name: string, { config }: Wiring): Storage {
  const { limits } = config;
  const preset = PRESETS[section.type];
  const region = textOf(section.region) || (preset.region ?? required(section, "region", name));
  const endpoint = textOf(section.endpoint) || (preset.endpoint?.(region) ?? required(section, "endpoint", name));
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ""))
    throw new ConfigError(`${name}.endpoint`, "an http or https URL");
  return s3Storage({
    endpoint,
    region,
    bucket: required(section, "bucket_name", name),
    accessKeyId: required(section, "access_key_id", name),
    secretAccessKey: required(section, "secret_access_key", name),
    sessionToken: textOf(section.session_token) || undefined,
    pathStyle: typeof section.path_style === "boolean" ? section.path_style : preset.pathStyle === true,
    timeouts: { headersMs: limits.sourceHeadersTimeoutMs, silenceMs: limits.sourceSilenceMs },
  });
}
