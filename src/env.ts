import { EFFORTS, type Effort } from "./codec/codec.ts";
import type { OutputFormat } from "./codec/codecs.ts";
import { type AvatarConfig, readAvatarConfig } from "./env-avatar.ts";
import { type KeyStoreSection, readKeyStore } from "./env-key-store.ts";
import { type Limits, readLimits } from "./env-limits.ts";
import { readStorage, type StorageSection } from "./env-storage.ts";
import type { Shard } from "./image/key.ts";
import type { SigningPolicy } from "./image/signature.ts";
import { isObject } from "./json.ts";
import { type Dsn, parseDsn } from "./observe/dsn.ts";
import { LOG_LEVELS, type LogLevel } from "./observe/request-log.ts";
import { type AddressRange, parseAddressRange } from "./platform/address.ts";
import type { HmacAlgorithm } from "./platform/crypto.ts";
import { parseSourceHost, type SourceHost } from "./remote/source-host.ts";
import type { Colour } from "./transform/colour.ts";
import { parseColour } from "./transform/colour-text.ts";
import type { Box } from "./transform/geometry.ts";
import {
  ConfigError,
  checkMembers,
  type Env,
  readFlag,
  readInteger,
  readJson,
  readList,
  readObject,
  readText,
  readWord,
} from "./var.ts";

export type { Limits } from "./env-limits.ts";

/** Everything the Worker is told from outside, read once. docs/configuration.md describes each. */
export interface Config {
  readonly signing: SigningPolicy;
  readonly storage: StorageSection | undefined;
  readonly keyStore: KeyStoreSection;
  /** Absent: off. */
  readonly edgeCache: { readonly name: string; readonly seconds: number } | undefined;
  /** How long Workers Cache keeps a picture before it asks again; absent: nothing is handed to it. */
  readonly workersCacheSeconds: number | undefined;
  /** Binding of the Durable Objects that keep isolates from making the same at once. */
  readonly leaseBinding: string | undefined;
  /** Least time between two looks at the source of a derivative; absent: never. */
  readonly revalidateSeconds: number | undefined;
  readonly shard: Shard;
  readonly enable: Readonly<
    Record<
      | "upload"
      | "delete"
      | "cascadeDelete"
      | "purge"
      | "list"
      | "sourceEvents"
      | "stats"
      | "health"
      | "pages"
      | "explain",
      boolean
    >
  >;
  readonly upload: { readonly secret: string | undefined; readonly open: boolean };
  readonly allowedSizes: readonly Box[] | undefined;
  readonly cors: CorsSection | undefined;
  readonly allowedIpAddresses: readonly AddressRange[] | undefined;
  readonly maxImageDimensions: Box | undefined;
  readonly userAgent: string;
  readonly quality: number;
  readonly effort: Effort;
  readonly format: OutputFormat | undefined;
  readonly defaultFormat: OutputFormat;
  readonly background: Colour;
  /** ICC profiles are kept, not converted to sRGB. */
  readonly keepIcc: boolean;
  readonly cacheControl: string;
  readonly redirectStatus: 301 | 302 | 303 | 307 | 308;
  readonly sourceHosts: readonly SourceHost[] | undefined;
  readonly allowAnySource: boolean;
  readonly limits: Limits;
  readonly log: LogLevel;
  /** Who sends it may read `/metrics`; absent: nobody. */
  readonly metricsToken: string | undefined;
  /** Where faults are reported; absent: nowhere. */
  readonly sentry: Dsn | undefined;
  readonly avatars: AvatarConfig;
}

export interface CorsSection {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
}

const OUTPUT_FORMATS: readonly OutputFormat[] = ["jpg", "png", "gif", "bmp", "webp", "avif"];
const REDIRECTS = [301, 302, 303, 307, 308] as const;

/** @throws ConfigError naming the first variable that holds something unusable */
export function readConfig(env: Env): Config {
  return {
    signing: readSigning(env),
    storage: readStorage(env),
    keyStore: readKeyStore(env),
    edgeCache: readEdgeCache(env),
    workersCacheSeconds: readInteger(env, "WORKERS_CACHE_SECONDS", 0, 0, 31_536_000) || undefined,
    leaseBinding: readText(env, "LEASE_BINDING"),
    revalidateSeconds: readInteger(env, "REVALIDATE_SECONDS", 0, 0, 31_536_000) || undefined,
    shard: readShard(env),
    enable: {
      upload: readFlag(env, "ENABLE_UPLOAD"),
      delete: readFlag(env, "ENABLE_DELETE"),
      cascadeDelete: readFlag(env, "ENABLE_CASCADE_DELETE"),
      purge: readFlag(env, "ENABLE_PURGE"),
      list: readFlag(env, "ENABLE_LIST"),
      sourceEvents: readFlag(env, "ENABLE_SOURCE_EVENTS"),
      stats: readFlag(env, "ENABLE_STATS"),
      health: readFlag(env, "ENABLE_HEALTH"),
      pages: readFlag(env, "ENABLE_PAGES", true),
      explain: readFlag(env, "ENABLE_EXPLAIN", true),
    },
    upload: { secret: readBearerSecret(env, "UPLOAD_SECRET"), open: readFlag(env, "UPLOAD_OPEN") },
    allowedSizes: readSizes(env),
    cors: readCors(env),
    allowedIpAddresses: readAddressRanges(env),
    maxImageDimensions: readBox(readJson(env, "MAX_IMAGE_DIMENSIONS"), "MAX_IMAGE_DIMENSIONS"),
    userAgent: readHeaderText(env, "DEFAULT_USER_AGENT") ?? "edgefit/1.0",
    quality: readInteger(env, "QUALITY", 95, 1, 100),
    effort: readWord(env, "EFFORT", EFFORTS) ?? "normal",
    format: readWord(env, "FORMAT", OUTPUT_FORMATS),
    defaultFormat: readWord(env, "DEFAULT_FORMAT", OUTPUT_FORMATS) ?? "png",
    background: readColour(env),
    keepIcc: readFlag(env, "KEEP_ICC"),
    cacheControl: readHeaderText(env, "CACHE_CONTROL") ?? "public, max-age=31536000",
    redirectStatus: readRedirectStatus(env),
    sourceHosts: readSourceHosts(env),
    allowAnySource: readFlag(env, "ALLOW_ANY_SOURCE"),
    limits: readLimits(env),
    log: readWord(env, "LOG", LOG_LEVELS) ?? "errors",
    metricsToken: readBearerSecret(env, "METRICS_TOKEN"),
    sentry: readSentry(env),
    avatars: readAvatarConfig(env),
  };
}

/** security.md G5: up to four keys, for rotation; an empty one would sign everything. */
function readSigning(env: Env): SigningPolicy {
  const algorithm: HmacAlgorithm = readWord(env, "SIGN_ALGO", ["sha1", "sha256"]) === "sha256" ? "SHA-256" : "SHA-1";
  const value = env.SECRET_KEY;
  if (value === undefined || value === null) return { keys: [], algorithm };
  const isList = Array.isArray(value) || (typeof value === "string" && value.trimStart().startsWith("["));
  const keys: unknown = isList ? readJson(env, "SECRET_KEY") : [value];
  const usable = (key: unknown): key is string => typeof key === "string" && key.trim() !== "";
  if (!Array.isArray(keys) || keys.length < 1 || keys.length > 4 || !keys.every(usable))
    throw new ConfigError("SECRET_KEY", "a string that is not blank, or a JSON list of 1 to 4 of them");
  return { keys, algorithm };
}

function readEdgeCache(env: Env): Config["edgeCache"] {
  const { name = "edgefit", seconds = 0 } = readObject(env, "EDGE_CACHE", ["name", "seconds"]) ?? {};
  if (typeof name !== "string" || !/^[A-Za-z0-9._-]{1,64}$/.test(name))
    throw new ConfigError("EDGE_CACHE.name", "up to 64 letters, digits, dots, dashes and underscores");
  if (!Number.isInteger(seconds) || Number(seconds) < 0 || Number(seconds) > 31_536_000)
    throw new ConfigError("EDGE_CACHE.seconds", "seconds, from 0 (off) to 31536000");
  return seconds === 0 ? undefined : { name, seconds: Number(seconds) };
}

function readShard(env: Env): Shard {
  const { width = 0, depth = 0, restonly = true } = readObject(env, "SHARD", ["width", "depth", "restonly"]) ?? {};
  const small = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 16;
  if (!small(width) || !small(depth) || width * depth > 31)
    throw new ConfigError("SHARD", "width x depth of at most 31");
  if (typeof restonly !== "boolean") throw new ConfigError("SHARD.restonly", "true or false");
  return { width, depth, restOnly: restonly };
}

function readSizes(env: Env): readonly Box[] | undefined {
  const list = readJson(env, "ALLOWED_SIZES");
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) throw new ConfigError("ALLOWED_SIZES", "a list of { width, height }");
  return list.flatMap((item) => readBox(item, "ALLOWED_SIZES") ?? []);
}

function readBox(value: unknown, name: string): Box | undefined {
  if (value === undefined) return undefined;
  const box = isObject(value) ? checkMembers(value, name, ["width", "height"]) : { height: "" };
  const { width = 0, height = 0 } = box;
  const side = (length: unknown): length is number => Number.isInteger(length) && Number(length) >= 0;
  if (!side(width) || !side(height)) throw new ConfigError(name, "{ width, height } in pixels");
  return { width, height };
}

/** On only where both origins and methods are set, as in picfit. */
function readCors(env: Env): CorsSection | undefined {
  const origins = readList(env, "ALLOWED_ORIGINS");
  const methods = readTokens(env, "ALLOWED_METHODS");
  const headers = readTokens(env, "ALLOWED_HEADERS") ?? [];
  if (!origins || !methods) return undefined;
  const wellFormed = (origin: string) => origin === "*" || /^(?:https?:\/\/)?[^/\s]+$/.test(origin);
  if (!origins.every(wellFormed)) throw new ConfigError("ALLOWED_ORIGINS", "*, origins, or *.example.com");
  return {
    origins,
    methods: methods.map((method) => method.toUpperCase()),
    headers,
  };
}

/** They stand in headers of answers, which take nothing else (RFC 9110 §5.6.2); `*` is a token too. */
function readTokens(env: Env, name: string): readonly string[] | undefined {
  const list = readList(env, name);
  if (list?.every((text) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)) === false)
    throw new ConfigError(name, "a list of names without spaces");
  return list;
}

function readSourceHosts(env: Env): readonly SourceHost[] | undefined {
  try {
    return readList(env, "SOURCE_HOSTS")?.map(parseSourceHost);
  } catch (cause) {
    throw new ConfigError("SOURCE_HOSTS", "a list of scheme://host[:port][/prefix/]", { cause });
  }
}

/** It travels as a Bearer token, which holds no space (RFC 6750 §2.1). */
function readBearerSecret(env: Env, name: string): string | undefined {
  const secret = readText(env, name);
  if (secret !== undefined && !/^[\x21-\x7e]+$/.test(secret))
    throw new ConfigError(name, "printable ASCII without spaces");
  return secret;
}

function readSentry(env: Env): Dsn | undefined {
  const text = readText(env, "SENTRY_DSN");
  const dsn = text === undefined ? undefined : parseDsn(text);
  if (text !== undefined && !dsn) throw new ConfigError("SENTRY_DSN", "https://{key}@{host}/{project}");
  return dsn;
}

/** A range that nobody understands must not open or close anything in silence. */
function readAddressRanges(env: Env): readonly AddressRange[] | undefined {
  return readList(env, "ALLOWED_IP_ADDRESSES")?.map((text) => {
    const range = parseAddressRange(text);
    if (!range) throw new ConfigError("ALLOWED_IP_ADDRESSES", "a list of addresses and ranges such as 192.0.2.0/24");
    return range;
  });
}

function readColour(env: Env): Colour {
  const text = readText(env, "BACKGROUND") ?? "000000";
  const colour = parseColour(text.replace(/^#/, ""));
  if (!colour) throw new ConfigError("BACKGROUND", "a colour as rrggbb");
  return colour;
}

function readHeaderText(env: Env, name: string): string | undefined {
  const text = readText(env, name);
  if (text !== undefined && !/^[\x20-\x7e]+$/.test(text)) throw new ConfigError(name, "one line of ASCII");
  return text;
}

function readRedirectStatus(env: Env): Config["redirectStatus"] {
  const status = readInteger(env, "REDIRECT_STATUS", 301, 300, 399);
  const known = REDIRECTS.find((code) => code === status);
  if (!known) throw new ConfigError("REDIRECT_STATUS", `one of ${REDIRECTS.join(", ")}`);
  return known;
}
