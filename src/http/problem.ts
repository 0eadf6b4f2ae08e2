import { HttpError } from "../error.ts";
import { ConfigError } from "../var.ts";

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  412: "Precondition failed",
  413: "Content too large",
  414: "URI too long",
  415: "Unsupported media type",
  416: "Range not satisfiable",
  422: "Unprocessable content",
  429: "Too many requests",
  500: "Internal error",
  502: "Bad gateway",
  503: "Service unavailable",
  504: "Gateway timeout",
  508: "Loop detected",
};

/** That something is not there to be shown may be remembered a little; no other failure may. */
const cacheControl = (status: number, { method }: Request): string =>
  status === 404 && (method === "GET" || method === "HEAD") ? "public, max-age=60" : "no-store";

/**
 * The one place that turns a failure into an answer: `application/problem+json` (RFC 9457). What nobody foresaw is a
 * 500 that says nothing.
 */
export function toResponse(thrown: unknown, request: Request, requestId: string): Response {
  const error = known(thrown);
  const { status, code, message } = error;
  const body = {
    type: `urn:edgefit:error:${code}`,
    title: TITLES[status] ?? "Error",
    status,
    detail: message,
    code,
    requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...error.headers,
      "content-type": "application/problem+json",
      "cache-control": cacheControl(status, request),
    },
  });
}

function known(thrown: unknown): HttpError {
  if (thrown instanceof HttpError) return thrown;
  const message = thrown instanceof ConfigError ? thrown.message : "Internal error";
  return new HttpError(500, "internal", message, { cause: thrown });
}
