import { confine, confineListing } from "./confine.ts";
import type { ReadableStorage, Storage } from "./storage.ts";

/**
 * The part of a storage below `location`, which ends with `/` or gets one; nothing outside it can be named (security.md
 * K2). An empty location is the whole storage.
 */
export function prefixedStorage(storage: Storage, location: string): Storage {
  const prefix = toPrefix(location);
  return {
    ...prefixedReadableStorage(storage, location),
    put: async (path, ...rest) => storage.put(confine(prefix, path), ...rest),
    delete: async (path) => storage.delete(confine(prefix, path)),
    async list(start, { after, limit }) {
      const page = { limit, after: after === undefined ? undefined : prefix + after };
      const { objects, folders, next } = await storage.list(confineListing(prefix, start), page);
      const below = (path: string) => path.slice(prefix.length);
      return {
        objects: objects.map((object) => ({ ...object, path: below(object.path) })),
        folders: folders.map(below),
        next: next === undefined ? undefined : below(next),
      };
    },
  };
}

/** As `prefixedStorage`, of a storage that is only read. */
export function prefixedReadableStorage(storage: ReadableStorage, location: string): ReadableStorage {
  const prefix = toPrefix(location);
  return {
    get: async (path, options) => storage.get(confine(prefix, path), options),
    head: async (path) => storage.head(confine(prefix, path)),
  };
}

const toPrefix = (location: string) => {
  const trimmed = location.replace(/^\//, "").replace(/\/$/, "");
  return trimmed && `${trimmed}/`;
};
