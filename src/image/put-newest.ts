import type { App } from "../app.ts";
import type { Derived } from "../picture/derived.ts";
import type { PutOptions, Storage, StoredHead } from "../storage/storage.ts";
import type { Asked } from "./asked.ts";
import type { Kept } from "./made.ts";
import { hasChanged, isCurrent } from "./source.ts";

/** What is written down of a derivative, beside its object and beside its key. */
export interface Storable extends Derived {
  readonly name: string;
  readonly version: string;
  readonly modified: Date;
}

/** Custom metadata of an object, and metadata of its key: what a hit needs to know without the source. */
export const metadataOf = ({ version, modified }: Pick<Storable, "version" | "modified">): Record<string, string> => ({
  version,
  modified: modified.toISOString(),
});

/** Each try fails only because another write came in between. */
const MAX_TRIES = 4;

/**
 * Puts a derivative where none is. Over another it is put only if the source is still what it was made from, asked after
 * the other was seen, and only while that one is there: so what was made from an older source never replaces what was
 * made from a newer one, however long its making took.
 */
export async function putNewest(derivative: Storable, asked: Asked, writer: Storage, app: App): Promise<Kept> {
  const { name, bytes, mime } = derivative;
  const properties = { mime, metadata: metadataOf(derivative) };
  const put = (options: PutOptions) => writer.put(name, bytes, properties, options);
  const { force } = asked.options;
  if (!force && (await put({ onlyIf: "absent" }))) return "stored";
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const present = await writer.head(name);
    const same = present !== undefined && isSame(present, derivative);
    if (same && !force) return "stored";
    if (present && !same && !(await isNewest(derivative, asked, app))) return "outdated";
    if (await put(conditionOf(present))) return "stored";
  }
  throw new Error("Others keep writing the same derivative");
}

/** Made by another from the same source at the same time; what broke off may be empty. */
const isSame = ({ size, metadata }: StoredHead, { version }: Storable): boolean =>
  size > 0 && metadata.version === version;

const isNewest = ({ version }: Storable, { options, asker }: Asked, app: App): Promise<boolean> =>
  "url" in options.source
    ? hasChanged(options.source, version, asker, app).then((changed) => !changed)
    : isCurrent(options.source, version, app);

/** A backend that tells no versions has no conditions either. */
function conditionOf(present: StoredHead | undefined): PutOptions {
  if (!present) return { onlyIf: "absent" };
  return present.version === undefined ? {} : { onlyIf: { version: present.version } };
}
