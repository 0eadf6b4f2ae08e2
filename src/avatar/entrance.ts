import type { AvatarLimits } from "../avatar-env.ts";
import type { Clock } from "../platform/clock.ts";
import type { AvatarId } from "./identity.ts";
import type { Permission, Scope } from "./permission.ts";
import type { Limiters } from "./rate-limit.ts";
import type { TokenPolicy } from "./token.ts";
import type { Upload } from "./upload-body.ts";

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
 * Token, scope, id, and rate of writes, in this order: nothing of the body is read, no storage touched.
 * @param formToken of a form that was read before
 * @throws HttpError 503 auth_not_configured, 401 missing_token, invalid_token, token_expired, token_not_active, 403
 *   insufficient_scope, hash_mismatch, 429 rate_limited
 */
export async function admit(request: Request, wish: Wish, guard: Guard, formToken?: string): Promise<Permission> {
  throw new Error(`${request.url} ${wish.scope} ${guard.clock.now()} ${formToken}`);
}

export interface AdmittedUpload {
  readonly permission: Permission;
  readonly upload: Upload;
}

/**
 * As `admit` with the scope `avatar:write`, then the body, which is read first only where it may hold the token.
 * The caller ends with `useUp(permission, useToken)`.
 * @throws HttpError as `admit` and `readUpload`, and 403 body_mismatch
 */
export async function admitUpload(request: Request, id: AvatarId, guard: Guard): Promise<AdmittedUpload> {
  throw new Error(`${request.url} ${id} ${guard.limits.maxUploadBytes}`);
}
