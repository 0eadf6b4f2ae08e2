import type { CorsSection } from "../env.ts";
import { corsHeaders } from "./cors.ts";

/** security.md E4. An id that a client sends is never echoed. */
export const requestIdOf = (request: Request): string => request.headers.get("cf-ray") ?? crypto.randomUUID();

const COMMON = { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

/** What every answer carries, added last so that no handler can forget it. HEAD keeps the headers and drops the body. */
export function finish(
  response: Response,
  request: Request,
  requestId: string,
  cors: CorsSection | undefined,
): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries({ ...COMMON, "x-request-id": requestId })) headers.set(name, value);
  for (const [name, value] of Object.entries(corsHeaders(request, cors))) headers.set(name, value);
  const { status, statusText } = response;
  if (request.method !== "HEAD") return new Response(response.body, { status, statusText, headers });
  response.body?.cancel().catch(() => undefined);
  return new Response(null, { status, statusText, headers });
}
