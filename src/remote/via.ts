import { HttpError } from "../error.ts";

/** Longer lists of hops than any honest one are not passed on. */
const EARLIER_HOPS = /^[\x20-\x7e]{1,512}$/;

/**
 * The value of `Via` (RFC 9110 §7.6.3) that says a request is ours. `token` names this deployment; the hops that the
 * client's request took come first, so that a loop through other names of ours is seen as well.
 */
export const viaHeader = (token: string, earlier?: string): string =>
  earlier !== undefined && EARLIER_HOPS.test(earlier) ? `${earlier}, 1.1 ${token}` : `1.1 ${token}`;

/**
 * Refuses a request that we sent ourselves: a source whose address leads back to this Worker (security.md S7).
 * @param tokens names of this deployment
 * @throws HttpError 508 loop_detected
 */
export function refuseLoop(headers: Headers, tokens: readonly string[]): void {
  const hops = headers.get("via")?.split(",") ?? [];
  if (hops.some((hop) => tokens.includes(hop.trim().split(/\s+/)[1])))
    throw new HttpError(508, "loop_detected", "Cannot answer a request that came from this service itself");
}
