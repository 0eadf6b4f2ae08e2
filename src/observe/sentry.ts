import { createTransport, type ErrorEvent, type StackFrame } from "@sentry/cloudflare";
import { VERSION } from "../version.ts";
import type { Dsn } from "./dsn.ts";
import type { Observation } from "./observation.ts";
import { redacted } from "./redact.ts";

/**
 * Sends one fault to Sentry. Of its SDK only the transport is used, which keeps to the limits that Sentry answers with:
 * the client would add what it knows of the request. What is sent is what stands here, and nothing else.
 */
export async function sendReport(observation: Observation, { text, envelopeUrl }: Dsn, nowMs: number): Promise<void> {
  const event = eventOf(observation, nowMs);
  const header = { event_id: event.event_id ?? "", sent_at: new Date(nowMs).toISOString(), dsn: text };
  await transportTo(envelopeUrl).send([header, [[{ type: "event" }, event]]]);
}

/** One for each address, so that it remembers what Sentry does not want. */
const transports = new Map<string, ReturnType<typeof createTransport>>();

function transportTo(url: string) {
  const transport = transports.get(url) ?? createTransport({ recordDroppedEvent: () => undefined }, poster(url));
  transports.set(url, transport);
  return transport;
}

const TIMEOUT_MS = 5_000;

const poster =
  (url: string): Parameters<typeof createTransport>[1] =>
  async ({ body }) => {
    const response = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    const { headers, status } = response;
    const limits = headers.get("x-sentry-rate-limits");
    return {
      statusCode: status,
      headers: { "x-sentry-rate-limits": limits, "retry-after": headers.get("retry-after") },
    };
  };

function eventOf(
  { requestId, method, route, status, code = "internal", cause }: Observation,
  nowMs: number,
): ErrorEvent {
  return {
    event_id: crypto.randomUUID().replaceAll("-", ""),
    timestamp: nowMs / 1000,
    ...{ type: undefined, platform: "javascript", level: "error", release: `edgefit@${VERSION}` },
    transaction: `${method} ${route}`,
    tags: { requestId, route, method, status, code },
    fingerprint: ["{{ default }}", route, code],
    exception: { values: [exceptionOf(cause)] },
    sdk: { name: "edgefit", version: VERSION, settings: { infer_ip: "never" } },
  };
}

function exceptionOf(cause: unknown) {
  if (!(cause instanceof Error)) return { type: "Error", value: redacted(String(cause)) };
  const { name, message, stack = "" } = cause;
  return { type: name, value: redacted(message), stacktrace: { frames: framesOf(stack) } };
}

/** V8's `at name (file:line:column)`; Sentry wants the last call first. */
const framesOf = (stack: string): StackFrame[] =>
  stack
    .split("\n")
    .flatMap((line): StackFrame[] => {
      const [, name, file, row, column] = /^\s*at (?:(.+?) )?\(?(.*?):(\d+):(\d+)\)?$/.exec(line) ?? [];
      const filename = file?.split("/").at(-1) ?? "";
      if (row === undefined) return [];
      return [{ ...(name && { function: name }), filename, lineno: Number(row), colno: Number(column), in_app: true }];
    })
    .toReversed();
