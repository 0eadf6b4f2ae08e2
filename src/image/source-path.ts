import { HttpError } from "../error.ts";

const MAX_PATH_BYTES = 1_024;

/**
 * The object name that `text`, a `path` already percent-decoded once, stands for: one leading slash is taken off, which
 * picfit's key of the request keeps. What still looks percent-encoded is a literal name (security.md K1).
 * @throws HttpError 400 invalid_path
 */
export function parsePath(text: string): string {
  const name = text.replace(/^\//, "");
  if (isUsable(name) && new TextEncoder().encode(text).length <= MAX_PATH_BYTES) return name;
  throw new HttpError(400, "invalid_path", "Cannot use the path: expected a relative name of at most 1024 bytes");
}

function isUsable(name: string): boolean {
  if (name === "" || name.startsWith("/") || !name.isWellFormed()) return false;
  // Decoders put U+FFFD where the bytes were no UTF-8.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about them
  if (/[\u0000-\u001f\u007f-\u009f\\\ufffd]/.test(name)) return false;
  return !name.split("/").some((segment) => segment === "." || segment === "..");
}
