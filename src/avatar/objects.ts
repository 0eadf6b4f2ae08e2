import { logFailure } from "../log.ts";
import type { Avatars } from "./avatars.ts";
import type { Master } from "./master.ts";
import type { Picture } from "./metadata/metadata-store.ts";
import { offeredVariants } from "./variant.ts";

/** A source that is kept, and what its file is called. */
export interface KeptSource {
  readonly bytes: Uint8Array;
  readonly type: "jpg" | "png" | "gif";
}

const MIMES = { jpg: "image/jpeg", png: "image/png", gif: "image/gif" } as const;

const randomHex = (bytes: number): string => crypto.getRandomValues(new Uint8Array(bytes)).toHex();

/** Folder of objects to come: never used before, whatever was uploaded before. */
function newFolder(rev: string): string {
  const name = randomHex(16);
  return `avatars/${name[0]}/${name.slice(1, 3)}/${name}/${rev}`;
}

/**
 * Stores a master, and its source where one is kept: first the removal of what is to come is queued, then it comes. The
 * queue takes it away again unless a change of the avatar calls that off.
 * @param source or the key of one that is stored already
 */
export async function storePicture(
  master: Master,
  source: KeptSource | string | undefined,
  { metadata, objects }: Avatars,
): Promise<Picture> {
  const { rev, type, side, bytes, crop, source: size } = master;
  const folder = newFolder(rev);
  const masterKey = `${folder}/master.${type}`;
  const kept = typeof source === "object" ? { ...source, key: `${folder}/source.${source.type}` } : undefined;
  await metadata.intend(kept ? [masterKey, kept.key] : [masterKey]);
  await objects.put(masterKey, bytes, { mime: MIMES[type], metadata: {} });
  if (kept) await objects.put(kept.key, kept.bytes, { mime: MIMES[kept.type], metadata: {} });
  const sourceKey = typeof source === "string" ? source : kept?.key;
  const sizes = offeredVariants(side).map(({ name }) => name);
  return { rev, type, side, bytes: bytes.length, sizes, masterKey, sourceKey, source: size, crop };
}

/** Removes objects that nothing needs any more; false where some are left to the queue. */
export async function removeObjects(keys: readonly string[], { metadata, objects }: Avatars): Promise<boolean> {
  const results = await Promise.allSettled(keys.map((key) => objects.delete(key)));
  for (const result of results) if (result.status === "rejected") logFailure("object not removed", result.reason);
  const gone = keys.filter((_, index) => results[index].status === "fulfilled");
  try {
    if (gone.length > 0) await metadata.removed(gone);
  } catch (cause) {
    logFailure("removal not noted", cause);
    return false;
  }
  return gone.length === keys.length;
}
