import { compactVerify } from "jose/jws/compact/verify";
import { isObject, type JsonObject } from "../json.ts";
import { invalidToken } from "./token-error.ts";

export const TOKEN_ALGORITHMS = ["HS256", "HS384", "HS512"] as const;
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];

export interface TokenKey {
  /** Which tokens it is for; undefined: those that name no key. */
  readonly kid: string | undefined;
  readonly secret: Uint8Array;
}

/** Sixteen long ids and every claim make 2,000; a URL is not longer than this. */
const MAX_TOKEN_LENGTH = 4_096;
const PARTS = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** Who signs tokens here, and how. */
export interface Signers {
  readonly algorithms: readonly TokenAlgorithm[];
  readonly keys: readonly TokenKey[];
}

/**
 * Claims of a token in compact form (RFC 7515 §7.1) whose HMAC one of the keys makes. Algorithm and extensions are
 * judged before a key is touched; a key never comes out of the token.
 * @throws HttpError 401 invalid_token
 */
export async function verifySignature(token: string, { algorithms, keys }: Signers): Promise<JsonObject> {
  if (token.length > MAX_TOKEN_LENGTH) throw invalidToken(`at most ${MAX_TOKEN_LENGTH} characters`);
  const [, ...parts] = PARTS.exec(token) ?? [];
  const [header, claims] = parts.map(bytesOf);
  if (!header) throw invalidToken("three parts in base64url");
  const candidates = keysFor(checkHeader(parseObject(header), algorithms), keys);
  const verified = await Promise.all(candidates.map(({ secret }) => isSigned(token, secret, algorithms)));
  if (!verified.includes(true)) throw invalidToken("a signature by one of our keys");
  return parseObject(claims);
}

/** One text for the same bytes, so that a token cannot be spelt in two ways. */
function bytesOf(part: string): Uint8Array {
  const bytes = decoded(part);
  if (bytes.toBase64({ alphabet: "base64url", omitPadding: true }) === part) return bytes;
  throw invalidToken("base64url");
}

function decoded(part: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(part, { alphabet: "base64url" });
  } catch (cause) {
    throw invalidToken("base64url", { cause });
  }
}

function parseObject(bytes: Uint8Array): JsonObject {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    if (isObject(value)) return value;
  } catch (cause) {
    throw invalidToken("JSON", { cause });
  }
  throw invalidToken("JSON objects");
}

function checkHeader(header: JsonObject, algorithms: readonly TokenAlgorithm[]): JsonObject {
  if (!algorithms.some((algorithm) => algorithm === header.alg)) throw invalidToken(`alg ${algorithms.join(" or ")}`);
  if ("crit" in header || "b64" in header) throw invalidToken("no crit and no b64");
  return header;
}

/** A kid chooses one key; without it every key is tried. */
function keysFor({ kid }: JsonObject, keys: readonly TokenKey[]): readonly TokenKey[] {
  if (kid === undefined) return keys;
  const named = keys.filter((key) => key.kid !== undefined && key.kid === kid);
  if (named.length === 0) throw invalidToken("a kid that we know");
  return named;
}

const isSigned = (token: string, secret: Uint8Array, algorithms: readonly TokenAlgorithm[]): Promise<boolean> =>
  compactVerify(token, secret, { algorithms: [...algorithms] }).then(
    () => true,
    () => false,
  );
