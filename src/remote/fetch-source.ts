import { HttpError } from "../error.ts";
import { type Admit, type Bound, readBounded, sourceTooLarge } from "../platform/bounded.ts";
import { sha256Hex } from "../platform/crypto.ts";
import { type Deadline, startDeadline } from "../platform/deadline.ts";
import { followRedirects } from "./follow-redirects.ts";
import type { SourcePolicy } from "./source-url.ts";
import { viaHeader } from "./via.ts";

/** security.md L3, L12, L13. */
export interface FetchLimits {
  /** Of the decoded body. */
  readonly maxSourceBytes: number;
  /** From the first request to the last byte, redirects and the retry included. */
  readonly sourceTimeoutMs: number;
  /** From each request to its headers. */
  readonly sourceHeadersTimeoutMs: number;
  /** Between two pieces of the body. */
  readonly sourceSilenceMs: number;
  readonly maxRedirects: number;
}

export interface FetchSourceOptions {
  readonly policy: SourcePolicy;
  readonly limits: FetchLimits;
  readonly userAgent: string;
  /** Names this deployment in `Via`; `refuseLoop` knows it again. */
  readonly viaToken: string;
  /** The `Via` of the request that asks for the source. */
  readonly via?: string | undefined;
  /** Asked before more than the first bytes are taken into memory; the time that it takes is not the source's. */
  readonly admit?: Admit | undefined;
  /** The caller's: once it aborts, the source is cancelled and its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** The way out; the global one when absent. */
  readonly fetch?: typeof fetch;
}

/** What a source's headers say that is worth keeping. */
export interface SourceFacts {
  readonly modified: Date | undefined;
  /** Changes when the source does: a hash of its ETag, else of its date and length; absent where it has neither. */
  readonly version: string | undefined;
}

export interface FetchedSource extends SourceFacts {
  readonly bytes: Uint8Array;
}

/**
 * Fetches a source within limits. What it calls its bytes is not looked at: magic bytes decide, elsewhere (security.md
 * S6–S9). `url` comes from `parseSourceUrl`; each redirect passes the same rules again.
 * @throws HttpError 403 source_not_allowed (after a redirect), 404 not_found, 413 source_too_large, 502 source_error,
 * source_redirect or source_truncated, 504 source_timeout; no message tells of the address or of the body
 */
export const fetchSource = (url: URL, options: FetchSourceOptions): Promise<FetchedSource> =>
  withinDeadline(options, (deadline) => retryOnce(deadline, () => download(url, options, deadline)));

/**
 * Asks for the headers of a source only (HEAD), by the rules of `fetchSource`. `size` is absent where none is declared.
 * @throws HttpError as `fetchSource`
 */
export const probeSource = (
  url: URL,
  options: FetchSourceOptions,
): Promise<SourceFacts & { size: number | undefined }> =>
  withinDeadline(options, (deadline) =>
    retryOnce(deadline, async () => {
      const response = await open(url, "HEAD", options, deadline);
      return { ...(await readFacts(response.headers)), size: declaredBytes(response.headers) };
    }),
  );

/** A connection that broke before any byte of the body came: asking again is safe, and often enough. */
class Interrupted extends HttpError {}

async function retryOnce<T>(deadline: Deadline, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    if (!(cause instanceof Interrupted) || deadline.signal.aborted) throw cause;
    return attempt();
  }
}

/** Whatever fails once time is up, or the caller has gone, fails because of that. */
async function withinDeadline<T>(options: FetchSourceOptions, work: (deadline: Deadline) => Promise<T>): Promise<T> {
  const deadline = startDeadline(options.limits.sourceTimeoutMs, timedOut, options.signal);
  try {
    return await work(deadline);
  } catch (cause) {
    throw deadline.signal.aborted ? deadline.signal.reason : cause;
  } finally {
    deadline.end();
  }
}

const timedOut = () => new HttpError(504, "source_timeout", "Cannot read the source: it takes too long");

async function download(url: URL, options: FetchSourceOptions, deadline: Deadline): Promise<FetchedSource> {
  const response = await open(url, "GET", options, deadline);
  try {
    const bytes = await readBody(response, options, deadline);
    return { bytes, ...(await readFacts(response.headers)) };
  } catch (cause) {
    // A refused body was never read; one that was read is locked, and its reader has cancelled it.
    if (!response.bodyUsed) await response.body?.cancel().catch(() => undefined);
    throw cause;
  }
}

/** The answer with status 200, its body not yet read. */
async function open(url: URL, method: "GET" | "HEAD", options: FetchSourceOptions, deadline: Deadline) {
  const { policy, limits, fetch: send = fetch } = options;
  const headers = sourceHeaders(options);
  const request = (hop: URL) => {
    deadline.expect(limits.sourceHeadersTimeoutMs);
    const init = { method, headers, redirect: "manual", signal: deadline.signal } as const;
    return send(hop.href, init).catch((cause: unknown) => {
      throw new Interrupted(502, "source_error", "Cannot read the source: it cannot be reached", { cause });
    });
  };
  const response = await followRedirects(url, request, policy, limits.maxRedirects);
  if (response.status === 200) return response;
  await response.body?.cancel();
  throw refusedStatus(response.status);
}

/** security.md S6: nothing else goes out. Pictures are compressed already, so plain bytes are asked for. */
const sourceHeaders = ({ userAgent, viaToken, via }: FetchSourceOptions) => ({
  accept: "image/*,*/*;q=0.5",
  "accept-encoding": "identity",
  "user-agent": userAgent,
  via: viaHeader(viaToken, via),
});

/** security.md S8. */
const refusedStatus = (status: number): HttpError =>
  status === 404 || status === 410
    ? new HttpError(404, "not_found", "Cannot find the source")
    : new HttpError(502, "source_error", "Cannot read the source: it answers with an error", { cause: { status } });

async function readBody(
  response: Response,
  { limits, admit }: FetchSourceOptions,
  deadline: Deadline,
): Promise<Uint8Array> {
  const declared = declaredBytes(response.headers);
  if (declared !== undefined && declared > limits.maxSourceBytes) throw sourceTooLarge();
  // The length of an encoded body says nothing about what comes out of it.
  const expectedBytes = response.headers.has("content-encoding") ? undefined : declared;
  const watch = { deadline, silenceMs: limits.sourceSilenceMs };
  const bytes = await receive(response.body, { maxBytes: limits.maxSourceBytes, expectedBytes, admit, watch });
  if (expectedBytes !== undefined && bytes.length < expectedBytes) throw new HttpError(...TRUNCATED);
  return bytes;
}

const TRUNCATED = [502, "source_truncated", "Cannot read the source: its body ends too early"] as const;

async function receive(body: ReadableStream<Uint8Array> | null, bound: Bound): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  let started = false;
  const onProgress = () => {
    started = true;
  };
  return readBounded(body, { ...bound, onProgress }).catch((cause: unknown) => {
    if (cause instanceof HttpError) throw cause;
    const Failure = started ? HttpError : Interrupted;
    throw new Failure(...TRUNCATED, { cause });
  });
}

function declaredBytes(headers: Headers): number | undefined {
  const text = headers.get("content-length") ?? "";
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}

async function readFacts(headers: Headers): Promise<SourceFacts> {
  const modified = new Date(headers.get("last-modified") ?? Number.NaN);
  const validator = headers.get("etag") || datedLength(headers);
  return {
    modified: Number.isNaN(modified.getTime()) ? undefined : modified,
    version: validator ? (await sha256Hex(validator)).slice(0, VERSION_CHARACTERS) : undefined,
  };
}

/** A date has seconds only: what changed twice within one has most likely another length. */
function datedLength(headers: Headers): string | undefined {
  const date = headers.get("last-modified");
  return date === null ? undefined : `${date} ${headers.get("content-length") ?? ""}`;
}

/** 64 bits: enough that two states of one source never meet, short enough for an ETag. */
const VERSION_CHARACTERS = 16;
