import { it } from "vitest";
import { isInRange, parseAddress, parseAddressRange } from "../../src/platform/address.ts";

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
