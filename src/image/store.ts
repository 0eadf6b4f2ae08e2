import type { App, Context } from "../app.ts";
import { ENCODERS } from "../codec/codecs.ts";
import type { Config } from "../env.ts";
import { logFailure } from "../log.ts";
import type { Derived } from "../picture/derived.ts";
import type { Asked } from "./asked.ts";
import { childrenKey } from "./key.ts";
import type { SourceName } from "./options.ts";
import { removeKey } from "./remove.ts";
import { isCurrent } from "./source.ts";

/** What is written down of a derivative, beside its object and beside its key. */
export interface Storable extends Derived {
  readonly name: string;
  readonly version: string;
  readonly modified: Date;
}

/**
 * Writes the object, then, behind the answer, key and children: a key never points at what was not written
 * (security.md F1). False where there is no destination or it failed (F2).
 */
export async function store(derivative: Storable, asked: Asked, app: App, context: Context): Promise<boolean> {
  if (!app.destination) return false;
  const { name, bytes, mime } = derivative;
  try {
    await app.destination.writer.put(name, bytes, { mime, metadata: metadataOf(derivative) });
  } catch (cause) {
    logFailure("derivative not stored", cause);
    return false;
  }
  const { version, modified } = derivative;
  context.waitUntil(app.edge.put(asked.key, { name, size: bytes.length, version, modified }, bytes));
  context.waitUntil(remember(derivative, asked, app).then(() => withdrawOutdated(derivative, asked, app)));
  return true;
}

/**
 * A source that was deleted or replaced through us while its derivative was being made could not take that with it.
 * Looked at once the derivative is in the set of children: from then on a deletion finds it there.
 */
async function withdrawOutdated({ version }: Storable, { key, options }: Asked, app: App): Promise<void> {
  if (!recordsChildren(app.config)) return;
  try {
    if (!(await isCurrent(options.source, version, app))) await removeKey(key, app);
  } catch (cause) {
    logFailure("derivative not held against its source", cause);
  }
}

/** By the name that we gave the object, whatever its metadata say. */
export const mimeOf = (name: string): string =>
  Object.values(ENCODERS).find(({ extension }) => name.endsWith(`.${extension}`))?.mime ?? "application/octet-stream";

/** Custom metadata of an object, and metadata of its key: what a hit needs to know without the source. */
export const metadataOf = ({ version, modified }: Pick<Storable, "version" | "modified">): Record<string, string> => ({
  version,
  modified: modified.toISOString(),
});

/** Key first, then the set of children. A failure costs a lookup or a cascade, never an answer: it is logged. */
export async function remember(
  derivative: Pick<Storable, "name" | "version" | "modified">,
  { key, options }: Asked,
  { keys, config }: App,
): Promise<void> {
  try {
    await keys.set(key, { path: derivative.name, metadata: metadataOf(derivative) });
    if (recordsChildren(config)) await keys.append(await childrenKey(identityOf(options.source)), key);
  } catch (cause) {
    logFailure("key not stored", cause);
  }
}

/** Whoever hears of sources that were deleted or replaced must find what was made from them. */
const recordsChildren = ({ enable }: Config): boolean =>
  enable.cascadeDelete || enable.upload || enable.purge || enable.sourceEvents;

/**
 * What the children of a source are filed under: its path, as in picfit but without the slash that may come first, or
 * its URL, which picfit leaves out.
 */
export const identityOf = (source: SourceName): string =>
  "url" in source ? source.url : source.path.replace(/^\//, "");
