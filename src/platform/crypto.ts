import { createHash } from "node:crypto";

export type DigestAlgorithm = "MD5" | "SHA-1" | "SHA-256";
export type HmacAlgorithm = "SHA-1" | "SHA-256";

const DIGEST_BYTES: Readonly<Record<HmacAlgorithm, number>> = { "SHA-1": 20, "SHA-256": 32 };
const encoder = new TextEncoder();

/** Digest in lower-case hex; text counts as its UTF-8 bytes. */
export async function digestHex(algorithm: DigestAlgorithm, data: string | Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest(algorithm, typeof data === "string" ? encoder.encode(data) : data);
  return new Uint8Array(digest).toHex();
}

export const md5Hex = (data: string | Uint8Array): Promise<string> => digestHex("MD5", data);
export const sha256Hex = (data: string | Uint8Array): Promise<string> => digestHex("SHA-256", data);

/** The 32 bytes of the SHA-256 of `text` in UTF-8, at once: WebCrypto would make every caller wait. */
export const sha256 = (text: string): Uint8Array => createHash("sha256").update(text, "utf8").digest();

/** HMAC (RFC 2104) of `message` in lower-case hex. `key` must not be empty. */
export async function hmacHex(algorithm: HmacAlgorithm, key: string, message: string): Promise<string> {
  const imported = await importKey(algorithm, key, "sign");
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(message))).toHex();
}

/**
 * True where `signature`, lower-case hex, is the HMAC of `message`. The comparison takes constant time, and a signature
 * that is no hex or of another length costs as much as a wrong one (security.md G1).
 */
export async function verifyHmac(
  algorithm: HmacAlgorithm,
  key: string,
  message: string,
  signature: string,
): Promise<boolean> {
  const length = DIGEST_BYTES[algorithm];
  const wellFormed = signature.length === length * 2 && /^[0-9a-f]+$/.test(signature);
  const claimed = wellFormed ? Uint8Array.fromHex(signature) : new Uint8Array(length);
  const imported = await importKey(algorithm, key, "verify");
  return (await crypto.subtle.verify("HMAC", imported, claimed, encoder.encode(message))) && wellFormed;
}

const importKey = (hash: HmacAlgorithm, key: string, usage: "sign" | "verify"): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash }, false, [usage]);

/** Compares in constant time whatever the lengths are: what is compared are digests under a key of this moment. */
export async function sameSecret(a: string, b: string): Promise<boolean> {
  const key = crypto.randomUUID();
  return verifyHmac("SHA-256", key, a, await hmacHex("SHA-256", key, b));
}
