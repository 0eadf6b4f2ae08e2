import { createHmac } from "node:crypto";

/** The secret of the tokens in tests. */
export const SECRET = "spec-vector-secret-do-not-use-00001";
/** SHA-1 of alice@example.com and of bob@example.org. */
export const ALICE = "fc2398a73dd54d6237c4fdb58fd7d75347cf5af3";
export const BOB = "97ec78b292ab06a5b64d5cc50140b2a3fd901061";
/** 2100-01-01 */
export const EXP = 4_102_444_800;

export interface Signing {
  /** Header; an object, or the text itself. */
  readonly header?: unknown;
  readonly secret?: string | Uint8Array;
  readonly hash?: "sha256" | "sha384" | "sha512";
}

const encoded = (value: unknown): string => {
  const text = typeof value === "string" || value instanceof Uint8Array ? value : JSON.stringify(value);
  return Buffer.from(text as string).toString("base64url");
};

/** A token whose HMAC is right, whatever its header and claims are: objects, or the text or bytes themselves. */
export function signToken(claims: unknown, { header, secret = SECRET, hash = "sha256" }: Signing = {}): string {
  const text = `${encoded(header ?? { alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
}
