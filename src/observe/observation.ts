import { type ErrorCode, HttpError } from "../error.ts";

/**
 * What is known of one answered request, and all that is ever written down of it. Nothing in it tells what was asked for:
 * no path, no query, no token, no address.
 */
export interface Observation {
  readonly requestId: string;
  /** `other` for methods that nobody has. */
  readonly method: string;
  /** As the document of the API has it, such as `/display/{rest}`; `none` where no route answered. */
  readonly route: string;
  readonly status: number;
  /** Of a refusal. */
  readonly code: ErrorCode | undefined;
  /** `edge`, `stored`, `made` or `shared`, of a picture. */
  readonly cache: string | undefined;
  /** Of a picture, such as `jpeg` or `svg+xml`. */
  readonly format: string | undefined;
  /** That are sent, where that is known ahead: of pictures. */
  readonly bytes: number;
  /** Until the headers were ready. */
  readonly ms: number;
  /** What a failure came from: for the log, and redacted for Sentry. */
  readonly cause: unknown;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export interface Answered {
  readonly request: Pick<Request, "method">;
  readonly response: Response;
  /** What the answer was made of, where it is a refusal. */
  readonly thrown?: unknown;
  readonly requestId: string;
  readonly route: string | undefined;
  readonly ms: number;
}

export function observationOf({ request, response, thrown, requestId, route = "none", ms }: Answered): Observation {
  const { status, headers } = response;
  const { method } = request;
  return {
    ...{ requestId, method: METHODS.includes(method) ? method : "other", route, status, code: codeOf(thrown) },
    cache: headers.get("x-cache") ?? undefined,
    format: /^image\/([a-z+]+)/.exec(headers.get("content-type") ?? "")?.[1],
    bytes: method === "HEAD" ? 0 : Number(headers.get("content-length") ?? 0),
    ms,
    cause: thrown instanceof HttpError ? (thrown.cause ?? thrown) : thrown,
  };
}

function codeOf(thrown: unknown): ErrorCode | undefined {
  if (thrown === undefined) return undefined;
  return thrown instanceof HttpError ? thrown.code : "internal";
}
