/** Bytes of an IP address in network order: 4 or 16. */
export type Address = Uint8Array;

/**
 * The address that a host name is, or undefined where it is a name. Takes what WHATWG `URL` gives as `hostname`, which
 * has already turned decimal, octal, hex and short forms into four decimal numbers, and v6 into lower case in brackets.
 */
export function parseAddress(hostname: string): Address | undefined {
  return hostname.includes(":") ? parseV6(hostname.replace(/^\[(.*)\]$/, "$1")) : parseV4(hostname);
}

function parseV4(text: string): Address | undefined {
  const parts = text.split(".");
  const isByte = (part: string) => /^[0-9]{1,3}$/.test(part) && Number(part) <= 255;
  return parts.length === 4 && parts.every(isByte) ? Uint8Array.from(parts, Number) : undefined;
}

/** RFC 4291 §2.2: eight groups, one run of zeros as `::`, the last two groups as a v4 address where one likes. */
function parseV6(text: string): Address | undefined {
  const halves = text.split("::");
  // A v4 address may only come last.
  if (halves.length > 2 || (halves.length === 2 && halves[0].includes("."))) return undefined;
  const [head, tail] = halves.map((half) => groupBytes(half));
  if (!head) return undefined;
  if (halves.length === 1) return head.length === 16 ? Uint8Array.from(head) : undefined;
  if (!tail || head.length + tail.length > 14) return undefined;
  return Uint8Array.from([...head, ...new Array(16 - head.length - tail.length).fill(0), ...tail]);
}

function groupBytes(text: string): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const embedded = groups.at(-1)?.includes(".") ? parseV4(groups.pop() ?? "") : new Uint8Array();
  if (!embedded || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const values = groups.map((group) => Number.parseInt(group, 16));
  return [...values.flatMap((value) => [value >> 8, value & 255]), ...embedded];
}

/** security.md S4, v4: private, shared, loopback, link-local, documentation, benchmark, multicast and reserved. */
const RESERVED_V4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
].flatMap((text) => parseAddressRange(text) ?? []);

/** security.md S4, v6, with every range that carries a v4 address: mapped, compatible, NAT64, 6to4, Teredo. */
const RESERVED_V6 = [
  ...["::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2001:db8::/32", "2002::/16"],
  ...["fc00::/7", "fe80::/10", "ff00::/8"],
].flatMap((text) => parseAddressRange(text) ?? []);

/** All addresses that agree with `start` in their first `bits`. */
export interface AddressRange {
  readonly start: Address;
  readonly bits: number;
}

/** An address, or a range as `start/bits` (RFC 4632, RFC 4291 §2.3); undefined where `text` is neither. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [, address, length] = /^([^/]+)(?:\/([0-9]{1,3}))?$/.exec(text) ?? [];
  const start = address === undefined ? undefined : parseAddress(address);
  if (!start) return undefined;
  const bits = length === undefined ? start.length * 8 : Number(length);
  return bits <= start.length * 8 ? { start, bits } : undefined;
}

/** True for an address that no public host has (security.md S4): a fetch of it would reach somebody's inside. */
export function isReservedAddress(address: Address): boolean {
  if (address.length === 4) return RESERVED_V4.some((range) => isInRange(address, range));
  return isIsatap(address) || RESERVED_V6.some((range) => isInRange(address, range));
}

/** Never true for a v4 address and a v6 range, or the other way round. */
export function isInRange(address: Address, { start, bits }: AddressRange): boolean {
  if (address.length !== start.length) return false;
  return start.every((byte, index) => {
    const mask = 0xff00 >> Math.min(8, Math.max(0, bits - index * 8));
    return ((byte ^ address[index]) & mask) === 0;
  });
}

/** RFC 5214 §6.1: the interface identifier `0000:5efe` or `0200:5efe`, then a v4 address. */
const isIsatap = (address: Address): boolean =>
  (address[8] & ~2) === 0 && address[9] === 0 && address[10] === 0x5e && address[11] === 0xfe;
