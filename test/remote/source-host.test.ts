import { describe, it } from "vitest";
import { isPublicName, matchesHost, parseSourceHost } from "../../src/remote/source-host.ts";

describe("parseSourceHost()", () => {
  it.for([
    ["https://example.com", { protocol: "https:", hostname: "example.com", wildcard: false, port: "443", prefix: "/" }],
    ["HTTP://EXAMPLE.com./A", { protocol: "http:", hostname: "example.com", port: "80", prefix: "/A/" }],
    ["https://*.example.com:8443/img/", { hostname: "example.com", wildcard: true, port: "8443", prefix: "/img/" }],
    ["https://Bücher.example", { hostname: "xn--bcher-kva.example" }],
    ["http://127.0.0.1:9000", { hostname: "127.0.0.1", port: "9000" }],
    ["http://[::1]:9000/", { hostname: "[::1]", port: "9000" }],
  ] as const)("reads %s", ([text, host], { expect }) => {
    expect(parseSourceHost(text)).toMatchObject(host);
  });

  it.for([
    ...["", "example.com", "*.example.com", "ftp://example.com", "https://", "https://*", "https://*.", "https:///a"],
    ...["https://a@example.com", "https://example.com?a", "https://example.com/#a", "https://exa mple.com"],
    ...["https://a.*.example.com", "https://*.127.0.0.1", "https://*.[::1]", "https://example.com:99999"],
    "https://example.com\\a",
  ])("refuses %s", (text, { expect }) => {
    expect(() => parseSourceHost(text)).toThrow(RangeError);
  });
});

describe("matchesHost()", () => {
  it.for([
    ["https://example.com", "https://example.com/a.png", true],
    ["https://example.com", "https://example.com:443/a.png", true],
    ["https://example.com", "https://EXAMPLE.com/a.png", true],
    ["https://example.com", "http://example.com/a.png", false],
    ["https://example.com", "https://example.com:8443/a.png", false],
    ["https://example.com", "https://www.example.com/a.png", false],
    ["https://example.com", "https://example.com.evil.test/a.png", false],
    ["https://example.com:8443", "https://example.com:8443/a.png", true],
    ["https://example.com:8443", "https://example.com/a.png", false],
    ["https://bücher.example", "https://xn--bcher-kva.example/", true],
    ["https://*.example.com", "https://a.example.com/", true],
    ["https://*.example.com", "https://a.b.example.com/", true],
    ["https://*.example.com", "https://example.com/", false],
    ["https://*.example.com", "https://evilexample.com/", false],
    ["https://*.example.com", "https://.example.com/", false],
    ["https://*.example.com", "https://a..example.com/", false],
    ["https://*.example.com", "https://a.example.com.evil.test/", false],
    ["https://example.com/img", "https://example.com/img/a.png", true],
    ["https://example.com/img/", "https://example.com/img", false],
    ["https://example.com/img/", "https://example.com/imgs/a.png", false],
    ["https://example.com/img/", "https://example.com/img/../a.png", false],
    ["https://example.com/img/", "https://example.com/img/%2e%2e/a.png", false],
    ["https://example.com/img/", "https://example.com/img/..%2fa.png", false],
    ["https://example.com/img/", "https://example.com/img/%2e%2e%5ca.png", false],
    ["https://example.com/img/", "https://example.com/img/a%2fb..png", true],
    ["https://*.local", "https://printer.local/", false],
    ["https://printer.local", "https://printer.local/", true],
    ["http://127.0.0.1:9000", "http://127.0.0.1:9000/a.png", true],
    ["http://127.0.0.1:9000", "http://127.0.0.1:9001/a.png", false],
    ["http://127.0.0.1:9000", "http://127.0.0.2:9000/a.png", false],
    ["http://127.0.0.1:9000", "https://127.0.0.1:9000/a.png", false],
  ] as const)("with %s says of %s: %s", ([entry, url, matches], { expect }) => {
    expect(matchesHost(parseSourceHost(entry), new URL(url))).toBe(matches);
  });
});

it.for([
  ["example.com", true],
  ["a.b.example", true],
  ["localexample.com", true],
  ["localhost", false],
  ["a.localhost", false],
  ["printer.local", false],
  ["metadata.google.internal", false],
  ["home.arpa", false],
  ["router.home.arpa", false],
  ["intranet", false],
  ["a..b", false],
  ["8.8.8.8", false],
  ["[2606:4700::1]", false],
] as const)("isPublicName() says of %s: %s", ([hostname, isPublic], { expect }) => {
  expect(isPublicName(hostname)).toBe(isPublic);
});
