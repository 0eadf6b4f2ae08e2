import { HttpError } from "../error.ts";
import { isPublicName, matchesHost, portOf, type SourceHost, trimDot } from "./source-host.ts";

/** Who may have what fetched (security.md S1). */
export interface SourcePolicy {
  /** SOURCE_HOSTS; where it is set, nothing else is ever fetched. Absent: any public host, if the caller may choose one. */
  readonly hosts: readonly SourceHost[] | undefined;
  /** ALLOW_ANY_SOURCE: everybody may choose. */
  readonly allowAny: boolean;
  /** The request carries a valid signature, so whoever holds the key chose. */
  readonly signed: boolean;
  /** Names this Worker answers to, `host` or `host:port`, lower case: fetching them would be a loop. */
  readonly ownHosts: readonly string[];
}

const MAX_URL_CHARACTERS = 2_048;
/** security.md S2: a scheme, `//`, and an authority without userinfo that a path, a query or nothing follows. */
const SHAPE = /^https?:\/\/[^/?#@]+(?:[/?]|$)/i;
const PUBLIC_PORTS = ["80", "443"];

/**
 * Parses the address of a source, once: what is returned is what was checked and what is to be fetched (security.md
 * S1–S5). No fragment, no dot at the end of its host.
 * @throws HttpError 400 invalid_url, 403 source_not_allowed; neither repeats the address
 */
export function parseSourceUrl(raw: string, policy: SourcePolicy): URL {
  const url = parsePlainUrl(raw);
  if (!url) throw invalidUrl();
  url.hostname = trimDot(url.hostname);
  url.hash = "";
  if (!isAllowedSource(url, policy))
    throw new HttpError(403, "source_not_allowed", "Cannot use the source URL: its origin is not allowed");
  return url;
}

/** An http or https address that every parser reads alike, without a user; undefined for all others. */
export function parsePlainUrl(raw: string): URL | undefined {
  const url = isCleanText(raw) && SHAPE.test(raw) ? URL.parse(raw) : null;
  return !url || url.username || url.password ? undefined : url;
}

/** Well-formed UTF-16 of bounded length, without spaces, controls and backslashes, which parsers read differently. */
export function isCleanText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about them
  return text.length <= MAX_URL_CHARACTERS && text.isWellFormed() && !/[\u0000-\u0020\u007f-\u009f\\]/.test(text);
}

const invalidUrl = (): HttpError =>
  new HttpError(400, "invalid_url", "Cannot parse the source URL: expected a plain http or https URL");

/** True where `policy` lets `url`, already parsed by `parseSourceUrl`, be fetched. */
function isAllowedSource(url: URL, { hosts, allowAny, signed, ownHosts }: SourcePolicy): boolean {
  if (isOwn(url, ownHosts)) return false;
  if (hosts) return hosts.some((entry) => matchesHost(entry, url));
  return (allowAny || signed) && isPublicName(url.hostname) && PUBLIC_PORTS.includes(portOf(url));
}

function isOwn(url: URL, ownHosts: readonly string[]): boolean {
  const port = portOf(url);
  return (
    ownHosts.includes(`${url.hostname}:${port}`) || (PUBLIC_PORTS.includes(port) && ownHosts.includes(url.hostname))
  );
}
