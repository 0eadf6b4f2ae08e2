import { HttpError } from "../error.ts";

const START = /^\s*data:[^,]{0,200};base64,/i;

/** True where `bytes` are the text of a data URL: no picture begins like one. */
export const isDataUrl = (bytes: Uint8Array): boolean => START.test(new TextDecoder().decode(bytes.subarray(0, 300)));

/**
 * Bytes of `data:…;base64,…` (RFC 2397), white space allowed. What type it claims does not count.
 * @throws HttpError 400 invalid_base64
 */
export function parseDataUrl(text: string): Uint8Array {
  const [start] = START.exec(text) ?? [];
  if (start === undefined) throw invalid("expected data:image/...;base64,...");
  try {
    return Uint8Array.fromBase64(text.slice(start.length));
  } catch (cause) {
    throw invalid("expected base64 of the standard alphabet", cause);
  }
}

const invalid = (expected: string, cause?: unknown): HttpError =>
  new HttpError(400, "invalid_base64", `Cannot read the data URL: ${expected}`, { cause });
