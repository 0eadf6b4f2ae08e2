import { describe, it } from "vitest";
import { allowedUrl, parseAllowedUrl } from "../../src/avatar/allowed-url.ts";

const allowed = [
  { scheme: "https", host: "img.example.com", path_prefix: "/avatars" },
  { scheme: "https", host_suffix: "example.org" },
  { scheme: "http", host: "localhost" },
  { scheme: "https", host: "ui.example.net", path_prefix: "/default.png" },
  { scheme: "https", host: "Bücher.example" },
].map(parseAllowedUrl);

describe("allowedUrl()", () => {
  it.for([
    ["https://img.example.com/avatars/a.png", undefined],
    ["https://img.example.com/avatars", undefined],
    ["https://img.example.com/avatars?size=80", undefined],
    ["https://img.example.com:443/avatars/a.png", "https://img.example.com/avatars/a.png"],
    ["HTTPS://IMG.EXAMPLE.COM/avatars/a.png", "https://img.example.com/avatars/a.png"],
    ["https://a.example.org/", undefined],
    ["https://a.b.example.org/any/path.png?a=b", undefined],
    ["https://xn--a-ecp.example.org/", undefined],
    ["http://localhost/a.png", undefined],
    ["https://ui.example.net/default.png", undefined],
    ["https://bücher.example/a.png", "https://xn--bcher-kva.example/a.png"],
  ] as const)("allows %s", ([text, href], { expect }) => {
    expect(allowedUrl(text, allowed)).toBe(href ?? text);
  });

  it.for([
    ...["", "mp", "img.example.com/avatars/a.png", "//img.example.com/avatars/a.png", "/avatars/a.png"],
    // other schemes
    "http://img.example.com/avatars/a.png",
    "https://localhost/a.png",
    "javascript://img.example.com/avatars/%0aalert(1)",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://img.example.com/avatars/a.png",
    "file:///avatars/a.png",
    "blob:https://img.example.com/avatars/a",
    // other hosts
    "https://example.com/avatars/a.png",
    "https://evil.test/avatars/a.png",
    "https://img.example.com.evil.test/avatars/a.png",
    "https://evilimg.example.com/avatars/a.png",
    "https://a.img.example.com/avatars/a.png",
    "https://img.example.com./avatars/a.png",
    "https://example.org/",
    "https://evilexample.org/",
    "https://.example.org/",
    "https://a..example.org/",
    "https://a.example.org./",
    "https://a.example.org.evil.test/",
    "https://evil.test/.example.org/",
    "https://evil.test?.example.org",
    "https://evil.test#.example.org",
    "https://evil.test\\.example.org/",
    "https://evil.test%2f.example.org/",
    "https://[::1]/",
    "https://127.0.0.1/",
    // users
    "https://img.example.com@evil.test/avatars/a.png",
    "https://img.example.com:x@evil.test/avatars/a.png",
    "https://user@img.example.com/avatars/a.png",
    "https://user:password@img.example.com/avatars/a.png",
    "https://@img.example.com/avatars/a.png",
    "https://evil.test%40img.example.com/avatars/a.png",
    "https://img.example.com%2f@evil.test/avatars/a.png",
    // ports
    "https://img.example.com:8443/avatars/a.png",
    "https://img.example.com:80/avatars/a.png",
    "http://localhost:8787/a.png",
    "http://localhost:443/a.png",
    // other paths
    "https://img.example.com/",
    "https://img.example.com/avatar",
    "https://img.example.com/avatars-of-evil/a.png",
    "https://img.example.com/Avatars/a.png",
    "https://img.example.com/avatars/../secret.png",
    "https://img.example.com/avatars/%2e%2e/secret.png",
    "https://img.example.com/avatars/..%2fsecret.png",
    "https://img.example.com/avatars/%2e%2e%2fsecret.png",
    "https://img.example.com/avatars/..%5csecret.png",
    "https://img.example.com//avatars/a.png",
    "https://ui.example.net/default.png2",
    "https://ui.example.net/default.pn",
    // what readers of addresses disagree about
    "https:img.example.com/avatars/a.png",
    "https:/img.example.com/avatars/a.png",
    "https:///img.example.com/avatars/a.png",
    "https:\\\\img.example.com\\avatars\\a.png",
    "https://img.example.com\\avatars/a.png",
    "https://evil.test\\@img.example.com/avatars/a.png",
    " https://img.example.com/avatars/a.png",
    "https://img.example.com/avatars/a.png ",
    "https://img.exam\nple.com/avatars/a.png",
    "https://img.example.com/avatars/a.png\r\nSet-Cookie: a=b",
    "java\tscript:alert(1)",
    "https://img.example.com\0.evil.test/avatars/a.png",
    `https://img.example.com/avatars/${"a".repeat(2_048)}`,
  ])("refuses %j", (text, { expect }) => {
    expect(allowedUrl(text, allowed)).toBeUndefined();
  });

  it("allows nothing without a list", ({ expect }) => {
    expect(allowedUrl("https://img.example.com/avatars/a.png", [])).toBeUndefined();
  });

  it("never lets a suffix hold an address", ({ expect }) => {
    const digits = [parseAllowedUrl({ scheme: "http", host_suffix: "0.0.x1" })];
    expect(allowedUrl("http://127.0.0.1/", digits)).toBeUndefined();
  });
});

describe("parseAllowedUrl()", () => {
  it.for([
    ["text", "https://example.com"],
    ["nothing", null],
    ["a list", []],
    ["an empty object", {}],
    ["no scheme", { host: "example.com" }],
    ["another scheme", { scheme: "ftp", host: "example.com" }],
    ["a scheme with a colon", { scheme: "https:", host: "example.com" }],
    ["no host", { scheme: "https" }],
    ["an empty host", { scheme: "https", host: "" }],
    ["an empty suffix", { scheme: "https", host_suffix: "" }],
    ["a suffix of a dot", { scheme: "https", host_suffix: "." }],
    ["both hosts", { scheme: "https", host: "example.com", host_suffix: "example.com" }],
    ["a suffix of one label", { scheme: "https", host_suffix: "com" }],
    ["a suffix of one label and a dot", { scheme: "https", host_suffix: ".com" }],
    ["a suffix that is an address", { scheme: "https", host_suffix: "0.0.0.1" }],
    ["a wildcard", { scheme: "https", host: "*.example.com" }],
    ["a port", { scheme: "https", host: "example.com:8443" }],
    ["a user", { scheme: "https", host: "user@example.com" }],
    ["a path in the host", { scheme: "https", host: "example.com/a" }],
    ["a space", { scheme: "https", host: "example.com " }],
    ["a dot at the end", { scheme: "https", host: "example.com." }],
    ["a host that is a number", { scheme: "https", host: 5 }],
    ["a prefix without slash", { scheme: "https", host: "example.com", path_prefix: "img" }],
    ["an empty prefix", { scheme: "https", host: "example.com", path_prefix: "" }],
    ["a prefix with a query", { scheme: "https", host: "example.com", path_prefix: "/?a" }],
    ["a prefix that is a number", { scheme: "https", host: "example.com", path_prefix: 5 }],
    ["a member that nobody reads", { scheme: "https", host: "example.com", path: "/img" }],
  ])("refuses %s", ([, item], { expect }) => {
    expect(() => parseAllowedUrl(item)).toThrow(RangeError);
  });
});
