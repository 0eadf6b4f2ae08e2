export interface TokenOptions {
  readonly secret: string;
  readonly audience?: string | undefined;
  readonly issuer?: string | undefined;
}

const LIFETIME_SECONDS = 300;
const encoder = new TextEncoder();

/** A JSON Web Token (HS256, RFC 7519) that allows writing one avatar for five minutes. */
export async function writeToken(
  hash: string,
  { secret, audience, issuer }: TokenOptions,
  nowMs: number,
): Promise<string> {
  const exp = Math.floor(nowMs / 1_000) + LIFETIME_SECONDS;
  const claims = { hash, scope: "avatar:write", exp, aud: audience, iss: issuer };
  const signed = [{ alg: "HS256", typ: "JWT" }, claims]
    .map((part) => base64Url(encoder.encode(JSON.stringify(part))))
    .join(".");
  return `${signed}.${base64Url(await hmac(secret, signed))}`;
}

async function hmac(secret: string, text: string): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
}

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
