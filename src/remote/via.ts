import { HttpError } from "../error.ts";

/** The value of `Via` (RFC 9110 §7.6.3) that says a request is ours. `token` names this deployment. */
export const viaHeader = (token: string): string => `1.1 ${token}`;

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
