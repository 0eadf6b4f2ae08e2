import { HttpError } from "../error.ts";
import type { Clock } from "../platform/clock.ts";
import { type ClaimRules, permissionOf } from "./claims.ts";
import { type TokenAlgorithm, type TokenKey, verifySignature } from "./jws.ts";
import type { Permission } from "./permission.ts";

/** What tokens must be like. Without keys nobody can change anything: there is no switch that opens the routes. */
export interface TokenPolicy extends ClaimRules {
  readonly algorithms: readonly TokenAlgorithm[];
  readonly keys: readonly TokenKey[];
  /** True: a token may also stand in the URL or in a form. */
  readonly allowUrl: boolean;
}

/** RFC 2104 wants no less than the digest's length; below 16 bytes a key can be guessed. */
const MIN_KEY_BYTES = 16;

/**
 * A short key counts as none: one guessable key of several opens everything.
 * @throws HttpError 503 auth_not_configured
 */
export function verifyConfigured({ keys }: TokenPolicy): void {
  if (keys.length > 0 && keys.every(({ secret }) => secret.length >= MIN_KEY_BYTES)) return;
  throw new HttpError(503, "auth_not_configured", "Cannot change avatars here: no key for tokens is configured", {
    cause: `JWT_SECRET and every key of JWT_SECRETS must have at least ${MIN_KEY_BYTES} bytes, and one must be set`,
    headers: { "retry-after": "60" },
  });
}

/**
 * What `token`, a JSON Web Token (RFC 7519) with an HMAC, allows.
 * @throws HttpError 503 auth_not_configured, 401 invalid_token, token_expired, token_not_active
 */
export async function verifyToken(token: string, policy: TokenPolicy, clock: Clock): Promise<Permission> {
  verifyConfigured(policy);
  return permissionOf(await verifySignature(token, policy), policy, clock.now());
}
