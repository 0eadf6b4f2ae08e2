import { HttpError } from "../error.ts";
import { type DigestAlgorithm, digestHex } from "../platform/crypto.ts";
import { normaliseEmail } from "./normal-email.ts";

/** What an avatar is asked by: 32, 40 or 64 lower-case hex digits. Only `parseId` and its like make one of text. */
export type AvatarId = string & { readonly brand: "AvatarId" };

/** What an id is told to be by its length. Nobody checks what was hashed. */
export type IdAlgorithm = "md5" | "sha1" | "sha256";

/** The three ids of one e-mail address. */
export type EmailIds = { readonly [A in IdAlgorithm]: AvatarId };

/** SHA-1 of `default`: the avatar stored under it is shown where there is none. */
export const DEFAULT_IMAGE_ID = "7505d64a54e061b7acd54ccd58b49dc43500b635" as AvatarId;

const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The id that `text` is, in lower case; undefined where it is none. */
export function toId(text: string): AvatarId | undefined {
  const id = text.toLowerCase();
  return isId(id) ? id : undefined;
}

/** As `toId`, for those who need one. @throws HttpError 400 invalid_id */
export function parseId(text: string): AvatarId {
  const id = toId(text);
  if (id === undefined)
    throw new HttpError(400, "invalid_id", "Cannot read the id: expected 32, 40 or 64 hexadecimal digits");
  return id;
}

const isId = (text: string): text is AvatarId => ID.test(text);

const ALGORITHMS: Readonly<Record<number, IdAlgorithm>> = { 32: "md5", 40: "sha1", 64: "sha256" };

export const algorithmOf = (id: AvatarId): IdAlgorithm => ALGORITHMS[id.length];

/** Ids of an e-mail address, which is normalised first. */
export async function idsOfEmail(email: string): Promise<EmailIds> {
  const normal = normaliseEmail(email);
  const id = async (algorithm: DigestAlgorithm) => (await digestHex(algorithm, normal)) as AvatarId;
  return { md5: await id("MD5"), sha1: await id("SHA-1"), sha256: await id("SHA-256") };
}

/**
 * The ids of `email`, which must be the address that `id` was made of. The message never shows the address.
 * @throws HttpError 422 email_mismatch
 */
export async function verifyEmail(email: string, id: AvatarId): Promise<EmailIds> {
  const ids = await idsOfEmail(email);
  if (ids[algorithmOf(id)] === id) return ids;
  throw new HttpError(
    422,
    "email_mismatch",
    "Cannot link the e-mail address: it does not hash to the id of this avatar",
  );
}
