import { HttpError } from "../error.ts";

/** Percent-decodes once. @throws HttpError 400 invalid_path where that gives no UTF-8 */
export function decodePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new HttpError(400, "invalid_path", "Cannot read the path: expected percent-encoded UTF-8", { cause });
  }
}

/** security.md L1: path and query. @throws HttpError 414 url_too_long */
export function checkUrl(url: string, maxBytes: number): void {
  const { origin } = new URL(url);
  if (url.length - origin.length > maxBytes)
    throw new HttpError(414, "url_too_long", `Cannot read the URL: expected at most ${maxBytes} bytes`);
}
