import { ENCODERS } from "../codec/codecs.ts";
import { isUnchanged } from "../http/conditional.ts";
import { respond, safeFilename } from "../picture/respond.ts";
import { createTiming } from "../timing.ts";
import { cached, keep } from "./cache.ts";
import type { Call } from "./call.ts";
import type { PictureFormat } from "./parameters.ts";
import { limitGenerate } from "./rate-limit.ts";

/** A picture that need not exist yet. */
export interface Showable {
  /** Names its bytes: whatever changes them changes this. Letters, digits and hyphens. */
  readonly tag: string;
  readonly format: PictureFormat;
  readonly make: (signal: AbortSignal) => Promise<Uint8Array>;
}

/** What an answer says about a picture, beside the picture. */
export interface About {
  readonly cacheControl: string;
  readonly modified: Date | undefined;
  /** What a browser names a saved copy, without the extension. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers with a picture: 304 without making it, else out of the cache, else made, once for all who ask. */
export async function show(showable: Showable, about: About, call: Call): Promise<Response> {
  const { request } = call;
  const etag = `"${showable.tag}"`;
  if (isUnchanged(request.headers, { etag, modified: about.modified })) return notModified(etag, about);
  const { bytes, origin } = await bytesOf(showable, call);
  const content = {
    etag,
    modified: about.modified,
    mime: mimeOf(showable.format),
    sizeBytes: bytes.length,
    read: async (range?: { readonly first: number; readonly last: number }) =>
      range ? bytes.subarray(range.first, range.last + 1) : bytes,
    discard: async () => undefined,
    filename: safeFilename(about.name, showable.format),
    cacheControl: about.cacheControl,
    origin,
  };
  const response = await respond(request, content, createTiming());
  for (const [name, value] of Object.entries(about.headers)) response.headers.set(name, value);
  return response;
}

const notModified = (etag: string, { cacheControl, modified, headers }: About): Response =>
  new Response(null, {
    status: 304,
    headers: {
      ...headers,
      etag,
      "cache-control": cacheControl,
      ...(modified && { "last-modified": modified.toUTCString() }),
    },
  });

const mimeOf = (format: PictureFormat): string => (format === "svg" ? "image/svg+xml" : ENCODERS[format].mime);

async function bytesOf({ tag, make }: Showable, call: Call) {
  const known = await cached(tag, call);
  if (known) return { bytes: known, origin: "stored" };
  const { request, avatars, context, app } = call;
  await limitGenerate(avatars.guard.limiters, request);
  const { value, shared } = await avatars.jobs.run(tag, callerOf(call), make);
  if (!shared) {
    app.counters.countMade();
    context.waitUntil(keep(tag, value, call));
  }
  return { bytes: value, origin: shared ? "shared" : "made" };
}

const callerOf = ({ request, context }: Call) => ({
  signal: request.signal,
  keepAlive: (job: Promise<unknown>) => context.waitUntil(job),
});
