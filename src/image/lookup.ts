import type { App, Context } from "../app.ts";
import type { EdgeEntry } from "../edge/edge-cache.ts";
import type { KeyRecord } from "../keystore/keystore.ts";
import { logFailure } from "../log.ts";
import type { StoredHead, StoredObject } from "../storage/storage.ts";
import type { Timing } from "../timing.ts";
import type { Asked } from "./asked.ts";
import { remember } from "./store.ts";

/** A derivative that exists already, opened. */
export interface Stored extends Omit<Facts, "size"> {
  readonly object: Pick<StoredObject, "size" | "version" | "body">;
}

/** What is known of one. */
export interface Facts {
  readonly name: string;
  readonly size: number;
  readonly version: string;
  readonly modified: Date;
  /** It was found near the client; else in the storage. */
  readonly edge: boolean;
  /** `version` is that of the source: whether the source has changed can be told, and a key may be written anew. */
  readonly ours: boolean;
}

export interface Lookup {
  readonly stored: Stored | undefined;
  /** There is a key, but what it points at has gone. */
  readonly dangling: boolean;
}

const NOTHING: Lookup = { stored: undefined, dangling: false };

/**
 * The stored derivative of a request: by its key, else by the name that follows from the key. The key store is a fast
 * index, the storage is the truth.
 * @throws HttpError 503 storage_unavailable where the storage fails and the source would be in it
 */
export async function lookUp(asked: Asked, app: App, context: Context, { time }: Timing): Promise<Lookup> {
  const { destination } = app;
  if (!destination || asked.options.force) return NOTHING;
  const near = await time("edge", () => app.edge.get(asked.key));
  if (near) return { stored: fromNear(near), dangling: false };
  const record = await time("key", () => app.keys.get(asked.key));
  const name = record?.path ?? asked.name;
  if (name === undefined) return NOTHING;
  const object = await time("read", () => tolerant(asked, destination.reader.get(name)));
  // picfit stored empty objects for types that it could not write (picfit.md 5.5): an empty picture is none.
  if (!object?.size) return { stored: undefined, dangling: record !== undefined };
  const stored = keptNear({ name, object, edge: false, ...versionOf(object, record) }, asked, app, context);
  if (!record && stored.ours && app.keyRepairs.allows(asked.key)) context.waitUntil(remember(stored, asked, app));
  return { stored, dangling: false };
}

/** What the storage holds under that name by now, and of which version, nobody asks. */
const fromNear = (near: EdgeEntry): Stored => ({
  ...near,
  object: { size: near.size, version: undefined, body: near.body },
  edge: true,
  ours: true,
});

/** As `lookUp`, only to know: nothing is opened, brought near or mended. */
export async function lookAt(asked: Asked, app: App): Promise<Facts | undefined> {
  if (!app.destination || asked.options.force) return undefined;
  const near = await app.edge.get(asked.key);
  await near?.body.cancel().catch(() => undefined);
  if (near) return { ...near, edge: true, ours: true };
  const record = await app.keys.get(asked.key);
  const name = record?.path ?? asked.name;
  if (name === undefined) return undefined;
  const head = await tolerant(asked, app.destination.reader.head(name));
  return head?.size ? { name, size: head.size, edge: false, ...versionOf(head, record) } : undefined;
}

/** A larger one would fill memory while a slow client reads its half. */
const MAX_NEAR_BYTES = 4_194_304;

/** Puts a copy near the client while it is read. */
function keptNear(stored: Stored, { key }: Asked, { edge, config }: App, context: Context): Stored {
  const { object, name, version, modified, ours } = stored;
  if (!config.edgeCache || !ours || object.size > MAX_NEAR_BYTES) return stored;
  const [body, copy] = object.body.tee();
  context.waitUntil(edge.put(key, { name, size: object.size, version, modified }, copy));
  return { ...stored, object: { size: object.size, version: object.version, body } };
}

/** security.md F4: a source by URL goes on without storage; a source by path could not be read either. */
async function tolerant<T>({ options }: Asked, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (cause) {
    if (!("url" in options.source)) throw cause;
    logFailure("derivative not read", cause);
    return undefined;
  }
}

/**
 * What was written down of the source, beside the object or, where a storage keeps bytes only, beside the key. Objects
 * that picfit wrote have neither: their own version and date stand in.
 */
function versionOf(
  { metadata, version, modified }: StoredHead,
  record: KeyRecord | undefined,
): Pick<Stored, "version" | "modified" | "ours"> {
  const written = { ...record?.metadata, ...metadata };
  const date = new Date(written.modified ?? Number.NaN);
  return {
    version: written.version ?? version ?? "0",
    ours: written.version !== undefined,
    modified: Number.isNaN(date.getTime()) ? (modified ?? new Date(0)) : date,
  };
}
