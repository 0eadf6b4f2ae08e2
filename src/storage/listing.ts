import { byBytes } from "../platform/by-bytes.ts";
import type { ListedObject, Listing, ListOptions } from "./storage.ts";

/** Everything that a backend found for a page, which may be more than the page holds. */
export interface Found {
  readonly objects: readonly ListedObject[];
  readonly folders: readonly string[];
  /** There is more than was looked at, and all of it comes later. */
  readonly truncated: boolean;
}

/** The first entries of what was found, objects and folders in one order. */
export function pageOf({ objects, folders, truncated }: Found, limit: number): Listing {
  const paths = [...objects.map(({ path }) => path), ...folders].sort(byBytes);
  const page = new Set(paths.slice(0, limit));
  return {
    objects: objects.filter(({ path }) => page.has(path)).sort((a, b) => byBytes(a.path, b.path)),
    folders: folders.filter((folder) => page.has(folder)).sort(byBytes),
    next: truncated || paths.length > limit ? [...page].at(-1) : undefined,
  };
}

/** The highest character: no name in a folder comes after it. */
const LAST = "\u{10ffff}";

/** The name that a backend without folders is to start behind: all that lies in a folder comes before. */
export const startOf = (prefix: string, after: ListOptions["after"]): string | undefined =>
  after?.endsWith("/") && after !== prefix ? after + LAST : after;

/** The folder below `prefix` that `path` lies in; absent where it lies in none. */
export function folderOf(path: string, prefix: string): string | undefined {
  const slash = path.indexOf("/", prefix.length);
  return slash < 0 ? undefined : path.slice(0, slash + 1);
}
