import { it } from "vitest";
import { isInRange, isReservedAddress, parseAddress, parseAddressRange } from "../../src/platform/address.ts";

/** As WHATWG `URL` writes a host. */
const addressOf = (host: string) => parseAddress(new URL(`http://${host}/`).hostname);

it.for([
  ["127.0.0.1", [127, 0, 0, 1]],
  ["2130706433", [127, 0, 0, 1]],
  ["0x7f000001", [127, 0, 0, 1]],
  ["0177.0.0.1", [127, 0, 0, 1]],
  ["127.1", [127, 0, 0, 1]],
  ["127.0.0.1.", [127, 0, 0, 1]],
  ["１２７.0.0.1", [127, 0, 0, 1]],
  ["[::]", new Array(16).fill(0)],
  ["[::1]", [...new Array(15).fill(0), 1]],
  ["[2001:DB8::1]", [0x20, 1, 0xd, 0xb8, ...new Array(11).fill(0), 1]],
  ["[::ffff:127.0.0.1]", [...new Array(10).fill(0), 255, 255, 127, 0, 0, 1]],
  ["[1:2:3:4:5:6:7:8]", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
] as const)("parseAddress() reads %s", ([host, bytes], { expect }) => {
  expect([...(addressOf(host) ?? [])]).toEqual(bytes);
});

it.for([
  ["1.2.3.4", [1, 2, 3, 4]],
  ["::ffff:1.2.3.4", [...new Array(10).fill(0), 255, 255, 1, 2, 3, 4]],
] as const)("parseAddress() reads %s as it is written", ([text, bytes], { expect }) => {
  expect([...(parseAddress(text) ?? [])]).toEqual(bytes);
});

it.for([
  ...["example.com", "localhost", "1.2.3", "1.2.3.256", "1.2.3.4.5", "", "0001.2.3.4"],
  ...[":", ":::", "1:2", "1:2:3:4:5:6:7:8:9", "1::2::3", "g::", "12345::", "1:2:3:4:5:6:7::8", "::1.2.3", "1.2.3.4::"],
])("parseAddress() takes %s for a name", (text, { expect }) => {
  expect(parseAddress(text)).toBeUndefined();
});

/** Each range of security.md S4: first and last address, and the ones beside it where those are public. */
const RANGES = [
  ["0.0.0.0", "0.255.255.255", undefined, "1.0.0.0"],
  ["10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
  ["172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["224.0.0.0", "239.255.255.255", "223.255.255.255", undefined],
  ["240.0.0.0", "255.255.255.255", undefined, undefined],
  ["::", "::ffff:ffff", undefined, "::1:0:0"],
  ["::ffff:0:0", "::ffff:ffff:ffff", "::fffe:ffff:ffff", "::1:0:0:0"],
  ["64:ff9b::", "64:ff9b::ffff:ffff", "64:ff9a::", "64:ff9b::1:0:0"],
  ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "64:ff9b:0:ffff::", "64:ff9b:2::"],
  ["2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff::", "2001:1::"],
  ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7::", "2001:db9::"],
  ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"],
  ["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fbff::", "fe00::"],
  ["fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fe7f::", "fec0::"],
  ["ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "feff::", undefined],
  ["2606:4700::5efe:7f00:1", "2606:4700::200:5efe:808:808", "2606:4700::5eff:7f00:1", "2606:4700::100:5efe:808:808"],
] as const;

const reserved = (text: string) => isReservedAddress(parseAddress(text) ?? new Uint8Array());

it.for(RANGES)("isReservedAddress() covers %s to %s and no more", ([first, last, before, after], { expect }) => {
  expect([reserved(first), reserved(last)]).toEqual([true, true]);
  for (const beside of [before, after]) if (beside) expect(reserved(beside), beside).toBe(false);
});

it.for([
  ["192.0.2.0/24", "192.0.2.255", true],
  ["192.0.2.0/24", "192.0.3.0", false],
  ["192.0.2.7", "192.0.2.7", true],
  ["192.0.2.7", "192.0.2.6", false],
  ["0.0.0.0/0", "203.0.113.9", true],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["2001:db8::/33", "2001:db8:7fff::1", true],
  ["2001:db8::/33", "2001:db8:8000::1", false],
  ["2001:db8::1", "2001:DB8:0::1", true],
] as const)("isInRange() in %s: %s is %s", ([range, address, expected], { expect }) => {
  const [parsed, bytes] = [parseAddressRange(range), parseAddress(address)];
  expect(parsed && bytes && isInRange(bytes, parsed)).toBe(expected);
});

it.for(["", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/abc", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "host/8"])(
  "parseAddressRange() takes %j for no range",
  (text, { expect }) => {
    expect(parseAddressRange(text)).toBeUndefined();
  },
);
