import type { TokenPolicy } from "./token.ts";

const BEARER = /^Bearer(?: +(.*))?$/i;
/** The seed of this service sent the token with no word before it. */
const BARE = /^[^\s.,]+\.[^\s.,]+\.[^\s.,]*$/;

/**
 * The token of a request: `Authorization: Bearer`, a bare `Authorization`, else `?token=`, the last only where the
 * policy allows it. Undefined where there is none; text that is no token is found out when it is verified.
 */
export function tokenOf(request: Request, { allowUrl }: TokenPolicy): string | undefined {
  const header = fromHeader(request.headers.get("authorization") ?? "");
  if (header !== undefined) return header;
  return (allowUrl && new URL(request.url).searchParams.get("token")) || undefined;
}

function fromHeader(authorization: string): string | undefined {
  if (BARE.test(authorization)) return authorization;
  return BEARER.exec(authorization)?.[1] || undefined;
}

const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i;

/** True where the token, if there is one, is in the form of the body: then the body must be read before it is known. */
export const mayBeInForm = (request: Request, policy: TokenPolicy): boolean =>
  policy.allowUrl &&
  tokenOf(request, policy) === undefined &&
  FORM.test(request.headers.get("content-type")?.trim() ?? "");
