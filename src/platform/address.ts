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

/** Never true for a v4 address and a v6 range, or the other way round. */
export function isInRange(address: Address, { start, bits }: AddressRange): boolean {
  if (address.length !== start.length) return false;
  return start.every((byte, index) => {
    const mask = 0xff00 >> Math.min(8, Math.max(0, bits - index * 8));
    return ((byte ^ address[index]) & mask) === 0;
  });
}
