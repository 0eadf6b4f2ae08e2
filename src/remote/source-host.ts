import { parseAddress } from "../platform/address.ts";

/** One entry of SOURCE_HOSTS: where sources may be fetched from (security.md S5). */
export interface SourceHost {
  readonly protocol: "http:" | "https:";
  /** Lower case, punycode, without the dot at the end and without `*.`. */
  readonly hostname: string;
  /** True for `*.hostname`: one or more labels before it, never the name itself. */
  readonly wildcard: boolean;
  /** Never empty: the scheme's own where none was written. */
  readonly port: string;
  /** Starts and ends with `/`. */
  readonly prefix: string;
}

const ENTRY = /^(https?:\/\/)(\*\.)?([^\s/?#@\\*]+)(\/[^\s?#\\]*)?$/i;

/**
 * Parses `scheme://host[:port][/prefix/]`, the host with or without `*.` before it.
 * @throws RangeError with what was expected
 */
export function parseSourceHost(text: string): SourceHost {
  const [, scheme, star, authority, path = "/"] = ENTRY.exec(text) ?? [];
  const url = authority === undefined ? null : URL.parse(`${scheme}${authority}${path}`);
  if (!url) throw new RangeError(`Cannot parse "${text}": expected scheme://host[:port][/prefix/]`);
  const hostname = trimDot(url.hostname);
  if (star && parseAddress(hostname)) throw new RangeError(`Cannot parse "${text}": an address has no names below it`);
  const { pathname } = url;
  const prefix = pathname.endsWith("/") ? pathname : `${pathname}/`;
  return { protocol: protocolOf(url), hostname, wildcard: star !== undefined, port: portOf(url), prefix };
}

const protocolOf = (url: URL) => (url.protocol === "https:" ? "https:" : "http:");

/** `example.com.` and `example.com` are one host. */
export const trimDot = (hostname: string): string => hostname.replace(/\.$/, "");

export const portOf = ({ port, protocol }: URL): string => port || (protocol === "https:" ? "443" : "80");

/** True where `entry` opens `url`. A wildcard never opens an address or a local name: that needs an entry of its own. */
export function matchesHost(entry: SourceHost, url: URL): boolean {
  return (
    entry.protocol === url.protocol &&
    entry.port === portOf(url) &&
    matchesName(entry, url.hostname) &&
    isBelow(url.pathname, entry.prefix)
  );
}

function matchesName({ hostname, wildcard }: SourceHost, name: string): boolean {
  if (!wildcard) return name === hostname;
  return name.length > hostname.length + 1 && name.endsWith(`.${hostname}`) && isPublicName(name);
}

/** An origin may decode `%2f` and `%5c` before it resolves `..`, so a prefix holds for the decoded path as well. */
function isBelow(pathname: string, prefix: string): boolean {
  if (!pathname.startsWith(prefix)) return false;
  return prefix === "/" || !/(?:^|[/\\])\.\.?(?:[/\\]|$)/.test(decoded(pathname));
}

const decoded = (text: string): string =>
  text.replace(/%(2e|2f|5c)/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Names that no public host has (security.md S3); the single-label ones are found by their lack of a dot. */
const LOCAL_DOMAINS = [".localhost", ".local", ".internal", ".home.arpa"];

/** True for a name of at least two labels that is neither an address nor one of a private network. */
export function isPublicName(hostname: string): boolean {
  if (parseAddress(hostname) || !hostname.split(".").every(Boolean)) return false;
  return (
    hostname.includes(".") && hostname !== "home.arpa" && !LOCAL_DOMAINS.some((domain) => hostname.endsWith(domain))
  );
}
