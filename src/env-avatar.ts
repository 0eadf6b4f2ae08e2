import { type AllowedUrl, parseAllowedUrl } from "./avatar/allowed-url.ts";
import { DEFAULT_WORDS, type DefaultWord } from "./avatar/default-words.ts";
import { TOKEN_ALGORITHMS, type TokenKey } from "./avatar/jws.ts";
import type { Limiter, Limiters } from "./avatar/rate-limit.ts";
import type { TokenPolicy } from "./avatar/token.ts";
import { isObject } from "./json.ts";
import { ConfigError, type Env, readFlag, readInteger, readJson, readList, readText } from "./var.ts";

const UPSTREAMS = ["gravatar", "libravatar"] as const;
export type Upstream = (typeof UPSTREAMS)[number];

/** Everything the avatar half is told from outside. docs/configuration.md describes each. */
export interface AvatarConfig {
  readonly tokens: TokenPolicy;
  /** What is shown where there is no avatar: words of the parameter `d`, at least one, the first that applies. */
  readonly defaultAvatar: readonly DefaultWord[];
  readonly defaultUrls: readonly AllowedUrl[];
  readonly upstreams: readonly Upstream[];
  /** Origin and path without the slash at the end, which makes `Location` absolute; undefined: it is a path. */
  readonly publicBaseUrl: string | undefined;
  readonly limits: AvatarLimits;
  /** How many revisions before the present one are kept. */
  readonly keepRevisions: number;
  /** True: the upright source is kept, so that the avatar can be cropped again. */
  readonly keepSource: boolean;
  readonly avif: boolean;
}

/** Of an upload: bytes of the body, pixels of its picture. */
export type AvatarLimits = { readonly [K in keyof typeof LIMITS]: number };

/** Name of the variable, what it is when absent, and its bounds. */
const LIMITS = {
  maxUploadBytes: ["AVATAR_MAX_UPLOAD_BYTES", 10_485_760, 1, 104_857_600],
  maxSide: ["AVATAR_MAX_SIDE", 8_192, 1, 65_535],
  maxPixels: ["AVATAR_MAX_PIXELS", 16_777_216, 1, 200_000_000],
} as const satisfies Record<string, readonly [string, number, number, number]>;

/** @throws ConfigError naming the first variable that holds something unusable */
export function readAvatarConfig(env: Env): AvatarConfig {
  return {
    tokens: readTokenPolicy(env),
    defaultAvatar: readDefaultAvatar(env),
    defaultUrls: readAllowedUrls(env),
    upstreams: readWords(env, "UPSTREAMS", UPSTREAMS, [0, 2]) ?? [],
    publicBaseUrl: readBaseUrl(env),
    limits: readLimits(env),
    keepRevisions: readInteger(env, "KEEP_REVS", 1, 0, 10),
    keepSource: readFlag(env, "KEEP_SOURCE", true),
    avif: readFlag(env, "AVATAR_AVIF"),
  };
}

function readTokenPolicy(env: Env): TokenPolicy {
  const maxTtlSeconds = readInteger(env, "JWT_MAX_TTL", 0, 1, 315_360_000);
  return {
    algorithms: readWords(env, "JWT_ALGS", TOKEN_ALGORITHMS) ?? ["HS256"],
    keys: readTokenKeys(env),
    allowUrl: readFlag(env, "JWT_ALLOW_URL", true),
    audiences: readNames(env, "JWT_AUDIENCE"),
    issuers: readNames(env, "JWT_ISSUER"),
    maxTtlSeconds: maxTtlSeconds || undefined,
  };
}

const keyOf = (text: string, kid: string | undefined): TokenKey => ({ kid, secret: new TextEncoder().encode(text) });

function readTokenKeys(env: Env): readonly TokenKey[] {
  const single = readText(env, "JWT_SECRET");
  const named = readJson(env, "JWT_SECRETS") ?? {};
  if (!isObject(named)) throw new ConfigError("JWT_SECRETS", "a JSON object of key ids and secrets");
  const keys = Object.entries(named).map(([kid, secret]) => {
    if (typeof secret !== "string") throw new ConfigError("JWT_SECRETS", "a JSON object of key ids and secrets");
    return keyOf(secret, kid);
  });
  return single === undefined ? keys : [keyOf(single, undefined), ...keys];
}

function readNames(env: Env, name: string): readonly string[] | undefined {
  const names = readList(env, name);
  if (names && (names.length === 0 || names.includes(""))) throw new ConfigError(name, "one name, or a list of them");
  return names;
}

/** `least` to `most` of the words that are known. */
function readWords<T extends string>(
  env: Env,
  name: string,
  known: readonly T[],
  [least, most]: readonly [number, number] = [1, known.length],
): readonly T[] | undefined {
  const list = readList(env, name);
  const words = list?.flatMap((text) => known.filter((word) => word === text));
  if (words?.length !== list?.length || (words && (words.length < least || words.length > most)))
    throw new ConfigError(name, `a list of ${least} to ${most} of ${known.join(", ")}`);
  return words;
}

/** `404` may be a number in TOML. */
function readDefaultAvatar(env: Env): readonly DefaultWord[] {
  const value = env.DEFAULT_AVATAR;
  const given = typeof value === "number" ? { DEFAULT_AVATAR: String(value) } : env;
  return readWords(given, "DEFAULT_AVATAR", DEFAULT_WORDS, [1, 4]) ?? ["mp"];
}

function readAllowedUrls(env: Env): readonly AllowedUrl[] {
  const list = readJson(env, "DEFAULT_URL_ALLOW") ?? [];
  if (!Array.isArray(list)) throw new ConfigError("DEFAULT_URL_ALLOW", "a list of objects");
  return list.map((item, index) => {
    try {
      return parseAllowedUrl(item);
    } catch (cause) {
      const expected = cause instanceof RangeError ? cause.message : "usable";
      throw new ConfigError(`DEFAULT_URL_ALLOW[${index}]`, expected, { cause });
    }
  });
}

function readBaseUrl(env: Env): string | undefined {
  const text = readText(env, "PUBLIC_BASE_URL");
  if (text === undefined) return undefined;
  const url = /^https?:\/\/[^\s?#@\\]+$/i.test(text) ? URL.parse(text) : null;
  if (!url) throw new ConfigError("PUBLIC_BASE_URL", "an address such as https://avatars.example.com");
  return url.href.replace(/\/+$/, "");
}

function readLimits(env: Env): AvatarLimits {
  const read = ([name, absent, least, most]: readonly [string, number, number, number]) =>
    readInteger(env, name, absent, least, most);
  return Object.fromEntries(Object.entries(LIMITS).map(([limit, row]) => [limit, read(row)])) as AvatarLimits;
}

/** The optional bindings that limit rates. */
export const readLimiters = (env: Env): Limiters => ({
  write: readLimiter(env, "RL_WRITE"),
  authFail: readLimiter(env, "RL_AUTH_FAIL"),
  generate: readLimiter(env, "RL_GENERATE"),
});

function readLimiter(env: Env, name: string): Limiter | undefined {
  const binding = env[name];
  if (binding === undefined) return undefined;
  if (typeof binding === "object" && binding !== null && "limit" in binding) return binding as Limiter;
  throw new ConfigError(name, "a binding of [[ratelimits]]");
}
