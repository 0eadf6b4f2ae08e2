import type { App, Context } from "../app.ts";
import { ENCODERS } from "../codec/codecs.ts";
import type { Config } from "../env.ts";
import { logFailure } from "../log.ts";
import type { Asked } from "./asked.ts";
import { childrenKey, identityOf } from "./key.ts";
import type { Kept } from "./made.ts";
import { metadataOf, putNewest, type Storable } from "./put-newest.ts";
import { removeKey } from "./remove.ts";
import { isCurrent } from "./source.ts";
import { purgeSource } from "./workers-cache.ts";

/**
 * Writes the object, then, behind the answer, key and children: a key never points at what was not written
 * (security.md F1). Where there is no destination, or it fails, nothing is kept (F2).
 */
export async function store(derivative: Storable, asked: Asked, app: App, context: Context): Promise<Kept> {
  if (!app.destination) return "nowhere";
  const kept = await putNewest(derivative, asked, app.destination.writer, app).catch((cause): Kept => {
    logFailure("derivative not stored", cause);
    return "nowhere";
  });
  if (kept === "stored") recordStored(derivative, asked, app, context);
  return kept;
}

/** What was made anew replaces what the caches in front of us keep. */
function recordStored(derivative: Storable, asked: Asked, app: App, context: Context): void {
  const { name, bytes, version, modified } = derivative;
  context.waitUntil(app.edge.put(asked.key, { name, size: bytes.length, version, modified }, bytes));
  context.waitUntil(remember(derivative, asked, app).then(() => withdrawOutdated(derivative, asked, app)));
  if (asked.options.force) context.waitUntil(purgeSource(identityOf(asked.options.source), app, context));
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
