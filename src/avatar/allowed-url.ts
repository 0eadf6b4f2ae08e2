import { isObject } from "../json.ts";
import { matchesHost, parseSourceHost, type SourceHost } from "../remote/source-host.ts";
import { parsePlainUrl } from "../remote/source-url.ts";

/** One entry of DEFAULT_URL_ALLOW: where the parameter `d` may send a browser. Its port is the scheme's own. */
export type AllowedUrl = SourceHost;

const MEMBERS = ["scheme", "host", "host_suffix", "path_prefix"];

/**
 * One item of the list: `{ scheme, host }`, or `{ scheme, host_suffix }` for any name below that, with or without
 * `path_prefix`, which is whole segments: `/img` holds `/img` and `/img/a.png`, not `/images`.
 * @throws RangeError whose message is what was expected
 */
export function parseAllowedUrl(item: unknown): AllowedUrl {
  if (!isObject(item) || !Object.keys(item).every((member) => MEMBERS.includes(member)))
    throw new RangeError(`an object of ${MEMBERS.join(", ")}`);
  const { scheme, path_prefix: prefix = "/" } = item;
  if (scheme !== "http" && scheme !== "https") throw new RangeError("an object whose scheme is http or https");
  if (typeof prefix !== "string" || !/^\/[^\s?#\\]*$/.test(prefix))
    throw new RangeError("an object whose path_prefix begins with a slash and has no query");
  return parseSourceHost(`${scheme}://${hostOf(item.host, item.host_suffix)}${prefix}`);
}

function hostOf(host: unknown, suffix: unknown): string {
  if (host === undefined && isName(suffix, /^\.?[^.]+(?:\.[^.]+)+$/)) return `*.${suffix.replace(/^\./, "")}`;
  if (suffix === undefined && isName(host, /^[^.]+(?:\.[^.]+)*$/)) return host;
  throw new RangeError("an object with either a host, or a host_suffix of at least two labels, both without a port");
}

const isName = (value: unknown, labels: RegExp): value is string =>
  typeof value === "string" && /^[^\s/?#@\\:*%]+$/.test(value) && labels.test(value);

/**
 * The address `text` as it was checked, where the list allows it; else undefined. An address with a user or a port of
 * its own, or one that readers of addresses may disagree about, is never allowed.
 */
export function allowedUrl(text: string, allowed: readonly AllowedUrl[]): string | undefined {
  const url = parsePlainUrl(text);
  if (!url) return undefined;
  const folder = new URL(url);
  folder.pathname += "/";
  return allowed.some((entry) => matchesHost(entry, folder)) ? url.href : undefined;
}
