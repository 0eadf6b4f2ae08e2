import { isObject } from "../json.ts";

/** One entry of DEFAULT_URL_ALLOW: where the parameter `d` may send a browser. */
export interface AllowedUrl {
  readonly protocol: "http:" | "https:";
  /** Lower case, punycode. Of a suffix: any name below it, never itself. */
  readonly hostname: string;
  readonly isSuffix: boolean;
  /** Starts with `/`; whole segments. */
  readonly pathPrefix: string;
}

/**
 * One item of the list: `{ scheme, host }` or `{ scheme, host_suffix }`, with or without `path_prefix`.
 * @throws RangeError whose message is what was expected
 */
export function parseAllowedUrl(item: unknown): AllowedUrl {
  throw new RangeError(String(item));
}

/**
 * `text` as a browser would read it, where the list allows it; else undefined. An address with a user, a port that is
 * not the scheme's own, or anything that readers of addresses disagree on is never allowed.
 */
export function allowedUrl(text: string, allowed: readonly AllowedUrl[]): string | undefined {
  return isObject(text) ? undefined : allowed[0]?.hostname;
}
