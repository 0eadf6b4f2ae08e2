import { currentPath, fullAddress } from "./address.ts";
import type { Call } from "./call.ts";
import type { AvatarRecord } from "./metadata/metadata-store.ts";
import { bestVariant, VARIANTS } from "./variant.ts";

/** What a client is told of an avatar; `id` is the id that it asked by. */
export function describe(id: string, record: AvatarRecord, call: Call) {
  const { ids, rev, type, side, rating, name, alt, createdAt, updatedAt } = record;
  return {
    hash: id,
    ids,
    rev,
    type,
    best: bestVariant(side).name,
    width: side,
    height: side,
    rating,
    name: name ?? null,
    alt: alt ?? null,
    sizes: sizesOf(id, record, call),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    url: fullAddress(`/avatar/${id}`, call),
  };
}

/** `href` gives the size as it is at the time, `path` and `url` this very picture. */
function sizesOf(id: string, record: AvatarRecord, call: Call) {
  const sizes = VARIANTS.map(({ name, px }) => {
    const path = currentPath(id, record, px);
    const size = { href: `/${id}/${name}`, path, url: fullAddress(path, call), available: record.sizes.includes(name) };
    return [name, size] as const;
  });
  return Object.fromEntries(sizes);
}

/** Changes with every change of the avatar, of its picture or of what is said of it. */
export const stateTag = ({ rev, version }: AvatarRecord): string => `"${rev}-${version}"`;
