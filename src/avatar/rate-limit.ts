import { HttpError } from "../error.ts";
import { logFailure } from "../log.ts";
import { parseAddress } from "../platform/address.ts";
import type { AvatarId } from "./identity.ts";
import type { Permission } from "./permission.ts";

/** A binding of the Workers rate limiter. */
export type Limiter = Pick<RateLimit, "limit">;

/** Each may be absent: then that is not limited. docs/configuration.md has their figures. */
export interface Limiters {
  /** Writes, by avatar. */
  readonly write: Limiter | undefined;
  /** Refused tokens, by address. */
  readonly authFail: Limiter | undefined;
  /** Pictures that have to be made, by address. Those that come out of a cache are not counted. */
  readonly generate: Limiter | undefined;
}

/** @throws HttpError 429 rate_limited */
export const limitWrite = ({ write }: Limiters, permission: Permission, id: AvatarId): Promise<void> =>
  count(write, firstOf(permission) ?? id);

/** One token of several avatars has one allowance; one of all avatars has one for each. */
const firstOf = ({ ids }: Permission): AvatarId | undefined => (ids === "*" ? undefined : ids.values().next().value);

/** @throws HttpError 429 rate_limited */
export const limitGenerate = ({ generate }: Limiters, request: Request): Promise<void> =>
  count(generate, addressOf(request));

/** To be called with every token that was refused. @throws HttpError 429 rate_limited */
export const limitAuthFail = ({ authFail }: Limiters, request: Request): Promise<void> =>
  count(authFail, addressOf(request));

/**
 * Only the address that Cloudflare saw counts; undefined where there is no Cloudflare in front. A v6 network of 64 bits
 * is one client's, who would have an address for each request.
 */
function addressOf(request: Request): string | undefined {
  const text = request.headers.get("cf-connecting-ip") ?? undefined;
  const address = text === undefined ? undefined : parseAddress(text);
  return address?.length === 16 ? address.subarray(0, 8).toHex() : text;
}

async function count(limiter: Limiter | undefined, key: string | undefined): Promise<void> {
  if (!limiter || key === undefined) return;
  if (await isWithin(limiter, key)) return;
  throw new HttpError(429, "rate_limited", "Cannot do this so often: try again in a minute", {
    headers: { "retry-after": "60" },
  });
}

/** A limiter that fails must not stop the service that it guards. */
const isWithin = (limiter: Limiter, key: string): Promise<boolean> =>
  limiter.limit({ key }).then(
    ({ success }) => success,
    (cause) => {
      logFailure("rate_limiter_failed", cause);
      return true;
    },
  );
