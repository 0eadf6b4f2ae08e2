import type { AvatarLimits } from "../env-avatar.ts";
import { HttpError } from "../error.ts";
import type { Clock } from "../platform/clock.ts";
import type { AvatarId } from "./identity.ts";
import { type Permission, type Scope, verifyBody, verifyMay } from "./permission.ts";
import { type Limiters, limitAuthFail, limitWrite } from "./rate-limit.ts";
import { type TokenPolicy, verifyConfigured, verifyToken } from "./token.ts";
import { missingToken } from "./token-error.ts";
import { mayBeInForm, tokenOf } from "./token-source.ts";
import { readUpload, type Upload } from "./upload-body.ts";

/** What a protected route is guarded by. */
export interface Guard {
  readonly tokens: TokenPolicy;
  readonly limits: AvatarLimits;
  readonly limiters: Limiters;
  readonly clock: Clock;
}

/** What a request wants: `ids` are all the avatars it is about; none for the list. */
export interface Wish {
  readonly scope: Scope;
  readonly ids: readonly AvatarId[];
}

/**
 * Token, scope and id, for what is only read. @throws HttpError as `admit`, but for the rate of writes
 */
export const authorise = (request: Request, wish: Wish, guard: Guard): Promise<Permission> =>
  authoriseBy(tokenOf(request, guard.tokens), request, wish, guard);

/**
 * Token, scope, id, and rate of writes, in this order: nothing of the body is read, no storage touched.
 * @throws HttpError 503 auth_not_configured, 401 missing_token, invalid_token, token_expired, token_not_active, 403
 *   insufficient_scope, hash_mismatch, 429 rate_limited
 */
export function admit(request: Request, wish: Wish, guard: Guard): Promise<Permission> {
  return admitBy(tokenOf(request, guard.tokens), request, wish, guard);
}

async function admitBy(token: string | undefined, request: Request, wish: Wish, guard: Guard): Promise<Permission> {
  const permission = await authoriseBy(token, request, wish, guard);
  if (wish.ids.length > 0) await limitWrite(guard.limiters, permission, wish.ids[0]);
  return permission;
}

async function authoriseBy(token: string | undefined, request: Request, wish: Wish, guard: Guard) {
  verifyConfigured(guard.tokens);
  const permission = await permissionOf(token, request, guard);
  verifyMay(permission, wish.scope, ...wish.ids);
  return permission;
}

async function permissionOf(token: string | undefined, request: Request, guard: Guard): Promise<Permission> {
  const { tokens, limiters, clock } = guard;
  try {
    if (token === undefined) throw missingToken();
    return await verifyToken(token, tokens, clock);
  } catch (thrown) {
    if (thrown instanceof HttpError && thrown.status === 401) await limitAuthFail(limiters, request);
    throw thrown;
  }
}

export interface AdmittedUpload {
  readonly permission: Permission;
  readonly upload: Upload;
}

/**
 * As `admit` with the scope `avatar:write`, then the body, which is read first only where it may hold the token. The
 * caller ends with `useUp(permission, useToken)`.
 * @throws HttpError as `admit` and `readUpload`, and 403 body_mismatch
 */
export async function admitUpload(request: Request, id: AvatarId, guard: Guard): Promise<AdmittedUpload> {
  const { tokens, limits } = guard;
  const wish: Wish = { scope: "avatar:write", ids: [id] };
  verifyConfigured(tokens);
  const form = mayBeInForm(request, tokens) ? await readUpload(request, limits.maxUploadBytes) : undefined;
  const permission = await admitBy(form?.token ?? tokenOf(request, tokens), request, wish, guard);
  const upload = form ?? (await readUpload(request, limits.maxUploadBytes));
  await verifyBody(permission, upload.bytes);
  return { permission, upload };
}
