import type { App, Context } from "../app.ts";
import { HttpError } from "../error.ts";
import type { ByteRange, Validators } from "../http/conditional.ts";
import { logFailure } from "../log.ts";
import { type Content, safeFilename } from "../picture/respond.ts";
import type { Shared } from "../platform/shared-jobs.ts";
import { cutStream } from "../storage/range.ts";
import type { StoredObject } from "../storage/storage.ts";
import type { Timing } from "../timing.ts";
import type { Asked } from "./asked.ts";
import { identityOf } from "./key.ts";
import { lookUp, type Stored } from "./lookup.ts";
import type { Made } from "./made.ts";
import { make } from "./make.ts";
import { revalidate } from "./revalidate.ts";
import { mimeOf } from "./store.ts";

/** A derivative, found or made. */
export type Delivered = { readonly stored: Stored } | { readonly made: Shared<Made> };

export async function deliver(asked: Asked, app: App, context: Context, timing: Timing): Promise<Delivered> {
  const { stored, dangling } = await lookUp(asked, app, context, timing);
  if (stored) {
    revalidate(stored, asked, app, context);
    return { stored };
  }
  try {
    return { made: await make(asked, app, context, timing) };
  } catch (thrown) {
    if (dangling && thrown instanceof HttpError && thrown.status === 404) context.waitUntil(forget(asked, app));
    throw thrown;
  }
}

/** The key of a derivative that is gone, and whose source is gone too (security.md F3). */
const forget = ({ key }: Asked, { keys }: App): Promise<void> =>
  keys.delete(key).catch((cause) => logFailure("key not removed", cause));

/** How long an answer is kept whose derivative could not be stored (security.md F2). */
const UNSTORED_CACHE_CONTROL = "public, max-age=60";

export const contentOf = (delivered: Delivered, asked: Asked, app: App): Content =>
  "stored" in delivered ? storedContent(delivered.stored, asked, app) : madeContent(delivered.made, asked, app);

function storedContent(stored: Stored, asked: Asked, app: App): Content {
  const { name, object, version, modified, edge } = stored;
  return {
    ...validators(asked, version, modified),
    mime: mimeOf(name),
    sizeBytes: object.size,
    read: (range) => (range ? partOf(stored, range, app) : Promise.resolve(object.body)),
    discard: () => discard(object),
    filename: filenameOf(asked, name),
    cacheControl: app.config.cacheControl,
    origin: edge ? "edge" : "stored",
  };
}

function madeContent({ value, shared }: Shared<Made>, asked: Asked, app: App): Content {
  const { bytes, mime, name, version, modified, kept } = value;
  return {
    ...validators(asked, version, modified),
    mime,
    sizeBytes: bytes.length,
    read: async (range) => (range ? bytes.subarray(range.first, range.last + 1) : bytes),
    discard: async () => undefined,
    filename: filenameOf(asked, name),
    cacheControl: kept === "stored" || !app.destination ? app.config.cacheControl : UNSTORED_CACHE_CONTROL,
    origin: shared || value.elsewhere ? "shared" : "made",
  };
}

const validators = ({ key }: Asked, version: string, modified: Date): Validators => ({
  etag: etagOf(key, version),
  modified,
});

/** An ETag changes with the request and with the source. */
export const etagOf = (key: string, version: string): string => `"${key}-${version.replace(/[^A-Za-z0-9._-]/g, "")}"`;

const filenameOf = ({ options }: Asked, name: string): string =>
  safeFilename(identityOf(options.source), name.slice(name.lastIndexOf(".") + 1));

/** Ends the reading of an object that is not needed after all; what goes wrong with that no longer matters. */
export const discard = ({ body }: Pick<StoredObject, "body">): Promise<void> => body.cancel().catch(() => undefined);

/**
 * One range of a picture that was opened whole. The storage gives it without what stands before, if it still holds that
 * very picture: it may have been made again since, and elsewhere while a copy near the client lasts.
 */
async function partOf({ name, object, edge }: Stored, { first, last }: ByteRange, { destination }: App) {
  const range = { offset: first, length: last - first + 1 };
  const part = edge ? undefined : await destination?.reader.get(name, { range }).catch(() => undefined);
  if (part?.version === object.version && part?.size === object.size) {
    await discard(object);
    return part.body;
  }
  if (part) await discard(part);
  return cutStream(object.body, range);
}
