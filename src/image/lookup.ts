import type { App, Context } from "../app.ts";
import type { KeyRecord } from "../keystore/keystore.ts";
import { logFailure } from "../log.ts";
import type { StoredObject } from "../storage/storage.ts";
import type { Timing } from "../timing.ts";
import type { Asked } from "./asked.ts";
import { remember } from "./store.ts";

/** A derivative that exists already. */
export interface Stored {
  readonly name: string;
  readonly object: StoredObject;
  readonly version: string;
  readonly modified: Date;
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
  if (!app.destination || asked.options.force) return NOTHING;
  const record = await time("key", () => app.keys.get(asked.key));
  const name = record?.path ?? asked.name;
  if (name === undefined) return NOTHING;
  const object = await time("read", () => readObject(name, asked, app));
  // picfit stored empty objects for types that it could not write (picfit.md 5.5): an empty picture is none.
  if (!object?.size) return { stored: undefined, dangling: record !== undefined };
  const stored = { name, object, ...versionOf(object, record) };
  if (!record && app.keyRepairs.allows(asked.key)) context.waitUntil(remember(stored, asked, app));
  return { stored, dangling: false };
}

/** security.md F4: a source by URL goes on without storage; a source by path could not be read either. */
async function readObject(name: string, { options }: Asked, { destination }: App): Promise<StoredObject | undefined> {
  try {
    return await destination?.reader.get(name);
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
  { metadata, version, modified }: StoredObject,
  record: KeyRecord | undefined,
): Pick<Stored, "version" | "modified"> {
  const written = { ...record?.metadata, ...metadata };
  const date = new Date(written.modified ?? Number.NaN);
  return {
    version: written.version ?? version ?? "0",
    modified: Number.isNaN(date.getTime()) ? (modified ?? new Date(0)) : date,
  };
}
