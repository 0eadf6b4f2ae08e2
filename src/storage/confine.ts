import { HttpError } from "../error.ts";

/** What R2 and S3 take as a key. */
const MAX_KEY_BYTES = 1_024;

/**
 * `prefix` and `path` as one key that lies below `prefix` however a backend may resolve dots (security.md K2).
 * `prefix` is empty or ends with `/`.
 * @throws HttpError 400 invalid_path
 */
export function confine(prefix: string, path: string): string {
  const leaves =
    path === "" || path.startsWith("/") || /(?:^|[/\\])\.\.?(?:[/\\]|$)/.test(path) || !path.isWellFormed();
  const key = prefix + path;
  if (!leaves && new TextEncoder().encode(key).length <= MAX_KEY_BYTES) return key;
  throw new HttpError(400, "invalid_path", "Cannot use the path: expected a relative name that fits a storage key");
}

/** As `confine`, for the beginning of paths, which may be empty. @throws HttpError 400 invalid_path */
export const confineListing = (prefix: string, start: string): string =>
  start === "" ? prefix : confine(prefix, start);
