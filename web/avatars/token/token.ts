import { toId } from "./id.ts";

/** What a token says of itself. Whether it says the truth only the server knows. */
export interface Token {
  readonly text: string;
  /** Whose avatars it is for; empty where it is for every one. */
  readonly ids: readonly string[];
  readonly mayWrite: boolean;
  readonly mayDelete: boolean;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly expiresAt: number;
  readonly once: boolean;
}

/** A token, or why the text is none that this page can use. */
export type Reading = { readonly token: Token } | { readonly fault: string };

type Claims = Readonly<Record<string, unknown>>;

const fault = (text: string): Reading => ({ fault: text });

/** Reads a token without its key: for people, not for safety. */
export function readToken(input: string): Reading {
  const text = input.trim().replace(/^bearer\s+/i, "");
  const parts = text.split(".");
  if (parts.length !== 3) return fault("This is no token: it has three parts with dots between, and is copied whole.");
  const claims = decode(parts[1]);
  if (!claims || !decode(parts[0])) return fault("This token is damaged: some of it cannot be read.");
  if (typeof claims.exp !== "number") return fault("This token does not say how long it is good for.");
  return fromClaims(text, claims, claims.exp);
}

function decode(part: string): Claims | undefined {
  try {
    const binary = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

function fromClaims(text: string, claims: Claims, exp: number): Reading {
  const scopes = String(claims.scope ?? "avatar:write avatar:delete").split(" ");
  const may = (scope: string) => scopes.includes(scope) || scopes.includes("avatar:admin");
  const isForAll = claims.hash === "*" && scopes.includes("avatar:admin");
  const ids = isForAll ? [] : idsOf(claims);
  if (!isForAll && ids.length === 0) return fault("This token does not say whose avatar it is for.");
  if (!may("avatar:write") && !may("avatar:delete")) return fault("This token does not allow to change an avatar.");
  const startsAt = Math.max(...[claims.nbf, claims.iat].map((time) => (typeof time === "number" ? time * 1000 : 0)));
  return {
    token: {
      ...{ text, ids, startsAt, expiresAt: exp * 1000, once: claims.once === true },
      mayWrite: may("avatar:write"),
      mayDelete: may("avatar:delete"),
    },
  };
}

/** `hash`, else `sub`, as the server reads them. */
function idsOf({ hash, sub }: Claims): string[] {
  const listed: readonly unknown[] = hash === undefined ? [sub] : Array.isArray(hash) ? hash : [hash];
  return listed.flatMap((item) => (typeof item === "string" ? (toId(item) ?? []) : []));
}

/** Clocks of other machines differ; the server allows as much. */
const LEEWAY_MS = 60_000;

/** Why a token is of no use at `nowMs`; undefined where it is good. */
export function faultAt({ startsAt, expiresAt }: Token, nowMs: number): string | undefined {
  if (expiresAt <= nowMs - LEEWAY_MS) return `This token was good until ${timeOf(expiresAt, nowMs)}.`;
  if (startsAt > nowMs + LEEWAY_MS) return `This token is not good before ${timeOf(startsAt, nowMs)}.`;
  return undefined;
}

/** A time as short as it can be told: of today without the day. */
export function timeOf(ms: number, nowMs: number): string {
  const sameDay = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(
    undefined,
    sameDay ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" },
  ).format(ms);
}
