import { HttpError } from "../error.ts";
import { sha256Hex } from "../platform/crypto.ts";
import type { AvatarId } from "./identity.ts";
import { refusedToken } from "./token-error.ts";

export const SCOPES = ["avatar:write", "avatar:delete", "avatar:list", "avatar:admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** What a verified token allows. */
export interface Permission {
  /** `avatar:admin` stands for all of them. */
  readonly scopes: ReadonlySet<Scope>;
  /** The avatars it is good for, in the token's order; `"*"`: every one. */
  readonly ids: ReadonlySet<AvatarId> | "*";
  /** The only body it allows: SHA-256 of the picture's bytes in lower-case hex. Absent: any. */
  readonly bodySha256: string | undefined;
  /** Set where it is good for one use only. */
  readonly once: OneUse | undefined;
}

export interface OneUse {
  /** At most 256 characters. */
  readonly jti: string;
  /** Milliseconds since 1970. From then on the token is refused for its age, and need not be remembered. */
  readonly expiresAt: number;
}

/** Remembers that a token was used. False where it was used before. Two calls at once: only one is told true. */
export type UseToken = (jti: string, expiresAt: number) => Promise<boolean>;

/**
 * `ids` are all the avatars that the request is about; none for the list.
 * @throws HttpError 403 insufficient_scope, hash_mismatch
 */
export function verifyMay(permission: Permission, scope: Scope, ...ids: readonly AvatarId[]): void {
  const { scopes, ids: allowed } = permission;
  if (!scopes.has(scope) && !scopes.has("avatar:admin")) throw insufficient(scope);
  if (allowed !== "*" && !ids.every((id) => allowed.has(id)))
    throw new HttpError(403, "hash_mismatch", "Cannot change this avatar: the token is for another one");
}

const insufficient = (scope: Scope) =>
  new HttpError(403, "insufficient_scope", `Cannot do this with the token: expected the scope ${scope}`, {
    headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scope}"` },
  });

/**
 * `bytes` are the picture as it was sent, without the form or base64 around it.
 * @throws HttpError 403 body_mismatch
 */
export async function verifyBody({ bodySha256 }: Permission, bytes: Uint8Array): Promise<void> {
  if (bodySha256 !== undefined && (await sha256Hex(bytes)) !== bodySha256)
    throw new HttpError(403, "body_mismatch", "Cannot take this picture: the token is for other bytes");
}

/**
 * Uses up a token that is good for one use. The last check before something is changed, so that a request that is
 * refused for another reason leaves the token good.
 * @throws HttpError 401 token_used
 */
export async function useUp({ once }: Permission, useToken: UseToken): Promise<void> {
  if (once && !(await useToken(once.jti, once.expiresAt)))
    throw refusedToken("token_used", "Cannot use the token: it is good for one use, and was used");
}
