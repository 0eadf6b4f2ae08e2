import type { JsonObject } from "../json.ts";
import { type AvatarId, toId } from "./identity.ts";
import { type OneUse, type Permission, SCOPES, type Scope } from "./permission.ts";
import { invalidToken, refusedToken } from "./token-error.ts";

/** Which claims a token must have besides `exp`. */
export interface ClaimRules {
  /** `aud` must name one of them; undefined: it is not looked at. */
  readonly audiences: readonly string[] | undefined;
  /** `iss` must be one of them; undefined: it is not looked at. */
  readonly issuers: readonly string[] | undefined;
  /** How far in the future `exp` may lie. */
  readonly maxTtlSeconds: number | undefined;
}

/** Clocks of other machines differ. */
const LEEWAY_SECONDS = 60;
/** The end of time of a `Date`; what is later, infinity too, is no time. */
const MAX_SECONDS = 8_640_000_000_000;
const MAX_IDS = 16;
/** It is kept as text in a database. */
const JTI = /^[^\p{C}]{1,256}$/u;
const DEFAULT_SCOPES = "avatar:write avatar:delete";

/**
 * What claims of a verified token allow at `nowMs`.
 * @throws HttpError 401 invalid_token, token_expired, token_not_active
 */
export function permissionOf(claims: JsonObject, rules: ClaimRules, nowMs: number): Permission {
  const expiry = checkTimes(claims, rules, nowMs / 1000);
  checkNames(Array.isArray(claims.aud) ? claims.aud : [claims.aud], rules.audiences, "aud");
  checkNames([claims.iss], rules.issuers, "iss");
  const scopes = scopesOf(claims.scope);
  return {
    scopes,
    ids: claims.hash === "*" && scopes.has("avatar:admin") ? "*" : idsOf(claims),
    bodySha256: digestOf(claims.bsha256),
    once: onceOf(claims, expiry),
  };
}

/** Seconds since 1970 until which the token is good. */
function checkTimes({ exp, nbf, iat }: JsonObject, { maxTtlSeconds }: ClaimRules, now: number): number {
  const expiry = toTime(exp, "exp");
  const starts = [nbf, iat].filter((time) => time !== undefined).map((time) => toTime(time, "nbf and iat"));
  if (expiry <= now - LEEWAY_SECONDS) throw refusedToken("token_expired", "Cannot use the token: it has expired");
  if (starts.some((start) => start > now + LEEWAY_SECONDS))
    throw refusedToken("token_not_active", "Cannot use the token: it is not good yet");
  if (maxTtlSeconds !== undefined && expiry - now > maxTtlSeconds)
    throw invalidToken(`exp within ${maxTtlSeconds} seconds`);
  return expiry + LEEWAY_SECONDS;
}

function toTime(value: unknown, name: string): number {
  if (typeof value === "number" && Math.abs(value) <= MAX_SECONDS) return value;
  throw invalidToken(`${name} in seconds since 1970, as a number`);
}

function checkNames(given: readonly unknown[], wanted: readonly string[] | undefined, claim: string): void {
  if (wanted?.some((name) => given.includes(name)) === false) throw invalidToken(`another ${claim}`);
}

function scopesOf(claim: unknown): ReadonlySet<Scope> {
  if (claim !== undefined && typeof claim !== "string") throw invalidToken("scope as words with spaces between");
  const words = (claim ?? DEFAULT_SCOPES).split(" ");
  return new Set(SCOPES.filter((scope) => words.includes(scope)));
}

/** `hash`, else `sub`: many issuers have no other place for it. Text that is no id names no avatar. */
function idsOf({ hash, sub }: JsonObject): ReadonlySet<AvatarId> {
  if (hash === undefined) return idSet(typeof sub === "string" ? [sub] : []);
  const listed: readonly unknown[] = Array.isArray(hash) ? hash : [hash];
  if (listed.length > MAX_IDS || !listed.every((item) => typeof item === "string"))
    throw invalidToken(`hash as a string, or a list of at most ${MAX_IDS}`);
  return idSet(listed);
}

const idSet = (texts: readonly string[]): ReadonlySet<AvatarId> => new Set(texts.flatMap((text) => toId(text) ?? []));

function digestOf(claim: unknown): string | undefined {
  if (claim === undefined) return undefined;
  if (typeof claim === "string" && /^[0-9a-f]{64}$/i.test(claim)) return claim.toLowerCase();
  throw invalidToken("bsha256 as 64 hexadecimal digits");
}

/** What is meant to be good once must not become good for ever by a slip in how it is written. */
function onceOf({ once = false, jti }: JsonObject, expirySeconds: number): OneUse | undefined {
  if (typeof once !== "boolean") throw invalidToken("once as true or false");
  if (!once) return undefined;
  if (typeof jti !== "string" || !JTI.test(jti)) throw invalidToken("once with a jti of 1 to 256 printable characters");
  return { jti, expiresAt: Math.ceil(expirySeconds * 1000) };
}
