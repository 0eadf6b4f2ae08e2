import { SignJWT } from "jose/jwt/sign";
import { avatarId } from "../client/index.ts";
import { failure, misuse } from "./cli-error.ts";
import type { Io } from "./io.ts";
import { requiredSecret, secretFlags } from "./secret.ts";

export const TOKEN_FLAGS = secretFlags("EDGEFIT_JWT_SECRET");

/** Claims as docs/avatars.md describes them; absent ones are left out. */
export interface Claims {
  readonly hash?: string | readonly string[] | undefined;
  readonly scope?: string | undefined;
  readonly aud?: string | undefined;
  readonly iss?: string | undefined;
  readonly jti?: string | undefined;
  readonly once?: true | undefined;
  readonly bsha256?: string | undefined;
}

/** What the Worker wants of a key; a shorter one can be guessed. */
export const MIN_KEY_BYTES = 16;

export interface Header {
  readonly alg: string;
  readonly kid?: string | undefined;
}

/** A token that is good until `exp`, in Unix seconds. @throws CliError 1 */
export function makeToken(claims: Claims, exp: number, secret: string, { alg, kid }: Header): Promise<string> {
  const key = new TextEncoder().encode(secret);
  if (key.length < MIN_KEY_BYTES)
    throw failure(`Cannot sign with a secret of ${key.length} bytes: the Worker wants at least ${MIN_KEY_BYTES}`);
  const given = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return new SignJWT({ ...given, exp }).setProtectedHeader({ alg, typ: "JWT", ...(kid && { kid }) }).sign(key);
}

const SECONDS = 300;

/** The header that lets one request change an avatar: by the token that is there, or one made for it. */
export async function authorization(id: string, given: { readonly "secret-from"?: string }, io: Io) {
  const token = io.env.EDGEFIT_TOKEN || (await madeFor(id, given, io));
  return { authorization: `Bearer ${token}` };
}

async function madeFor(id: string, given: { readonly "secret-from"?: string }, io: Io): Promise<string> {
  const secret = await requiredSecret(given, "EDGEFIT_JWT_SECRET", io);
  return makeToken({ hash: id }, Math.floor(Date.now() / 1000) + SECONDS, secret, { alg: "HS256" });
}

/** An id as it stands, or that of an e-mail address. @throws CliError 2 */
export async function idOf(emailOrId: string): Promise<string> {
  if (!isEmail(emailOrId) && !/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(emailOrId))
    throw misuse(`Cannot tell whose avatar ${emailOrId} is: expected an e-mail address, or 32, 40 or 64 hex digits`);
  return avatarId(emailOrId);
}

export const isEmail = (text: string): boolean => text.includes("@");
