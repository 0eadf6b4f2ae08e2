import { describe, it } from "vitest";
import { parseSourceHost } from "../../src/remote/source-host.ts";
import { parseSourceUrl, type SourcePolicy } from "../../src/remote/source-url.ts";

const closed: SourcePolicy = { hosts: undefined, allowAny: false, signed: false, ownHosts: ["img.example.com"] };
const open: SourcePolicy = { ...closed, allowAny: true };
const listed = (...hosts: string[]): SourcePolicy => ({ ...open, signed: true, hosts: hosts.map(parseSourceHost) });

const REFUSED = { status: 403, code: "source_not_allowed" };
const INVALID = { status: 400, code: "invalid_url" };

describe("parseSourceUrl() by policy (S1)", () => {
  const url = "https://pictures.test/a.png";
  it.for([
    ["neither key nor hosts", closed, false],
    ["ALLOW_ANY_SOURCE", open, true],
    ["a signature", { ...closed, signed: true }, true],
    ["a list with the host", { ...closed, hosts: [parseSourceHost("https://pictures.test")] }, true],
    ["a list without the host, signed", listed("https://other.test"), false],
    ["an empty list, signed", listed(), false],
  ] as const)("with %s", ([, policy, allowed], { expect }) => {
    if (allowed) expect(parseSourceUrl(url, policy).href).toBe(url);
    else expect(() => parseSourceUrl(url, policy)).toThrow(expect.objectContaining(REFUSED));
  });
});

describe("parseSourceUrl() by shape (S2)", () => {
  it.for([
    ["https://pictures.test/a.png", "https://pictures.test/a.png"],
    ["HTTPS://Pictures.Test./A.png", "https://pictures.test/A.png"],
    ["https://pictures.test", "https://pictures.test/"],
    ["https://pictures.test?a=b", "https://pictures.test/?a=b"],
    ["https://pictures.test:443/a", "https://pictures.test/a"],
    ["http://pictures.test:443/a", "http://pictures.test:443/a"],
    ["https://pictures.test:80/a", "https://pictures.test:80/a"],
    ["https://pictures.test/@a?b=c@d", "https://pictures.test/@a?b=c@d"],
    ["https://pictures.test/a.png#top", "https://pictures.test/a.png"],
    ["https://pictures.test/é.png", "https://pictures.test/%C3%A9.png"],
    ["https://pictures.test/%0a%5c", "https://pictures.test/%0a%5c"],
    [`https://pictures.test/${"a".repeat(2_026)}`, `https://pictures.test/${"a".repeat(2_026)}`],
  ] as const)("takes %s", ([raw, href], { expect }) => {
    expect(parseSourceUrl(raw, open).href).toBe(href);
  });

  it.for([
    ["nothing", ""],
    ["no URL", "a.png"],
    ["another scheme", "ftp://pictures.test/a"],
    ["a file", "file:///etc/passwd"],
    ["data", "data:image/png;base64,AAAA"],
    ["a script", "javascript:alert(1)"],
    ["no scheme", "//pictures.test/a"],
    ["one slash", "https:/pictures.test/a"],
    ["no slash", "https:pictures.test/a"],
    ["three slashes", "https:///pictures.test/a"],
    ["no host", "https://"],
    ["a user", "https://user@pictures.test/a"],
    ["a user and password", "https://user:pass@pictures.test/a"],
    ["an empty user", "https://@pictures.test/a"],
    ["a host as user", "https://pictures.test@evil.test/a"],
    ["a host before a fragment", "https://pictures.test#@evil.test/a"],
    ["a fragment alone", "#https://pictures.test/a"],
    ["a backslash", "https://pictures.test\\@evil.test/a"],
    ["a backslash in the query", "https://pictures.test/?a\\b"],
    ["a leading space", " https://pictures.test/a"],
    ["a space", "https://pictures.test/a b"],
    ["a tab in the scheme", "ht\ttps://pictures.test/a"],
    ["a line break", "https://pictures.test/a\r\nHost: evil.test"],
    ["NUL", "https://pictures.test/\0"],
    ["DEL", "https://pictures.test/\u007f"],
    ["a C1 control", "https://pictures.test/\u0085"],
    ["half a surrogate pair", "https://pictures.test/\ud800"],
    ["a port that is none", "https://pictures.test:99999/"],
    ["an address that is none", "http://256.256.256.256/"],
    ["an escaped slash in the host", "https://pictures.test%2fevil.test/"],
    ["2,049 characters", `https://pictures.test/${"a".repeat(2_027)}`],
  ] as const)("refuses %s", ([, raw], { expect }) => {
    expect(() => parseSourceUrl(raw, open)).toThrow(expect.objectContaining(INVALID));
  });

  it.for(["https://pictures.test:22/", "http://pictures.test:8080/", "https://pictures.test:8443/"])(
    "refuses the port of %s unless it is listed",
    (raw, { expect }) => {
      expect(() => parseSourceUrl(raw, open)).toThrow(expect.objectContaining(REFUSED));
      expect(parseSourceUrl(raw, listed(raw)).href).toBe(raw);
    },
  );
});

/** First and last address of each range of security.md S4, and the ones beside it. */
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

describe("parseSourceUrl() by address (S4)", () => {
  it.for(RANGES)("refuses %s to %s, and public ones beside: only an entry opens one", (range, { expect }) => {
    for (const address of range) {
      if (!address) continue;
      const url = `http://${address.includes(":") ? `[${address}]` : address}/`;
      const refused = expect.objectContaining(REFUSED);
      for (const policy of [open, listed("http://*.example.com", "http://8.8.4.4")])
        expect(() => parseSourceUrl(url, policy), url).toThrow(refused);
      expect(parseSourceUrl(url, listed(url)).href).toBe(new URL(url).href);
      expect(() => parseSourceUrl(url.replace("http:", "https:"), listed(url))).toThrow(refused);
    }
  });
});

describe("parseSourceUrl() by host (S3, S4)", () => {
  const hosts = [
    ...["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1.", "0", "8.8.8.8"],
    ...["１２７.0.0.1", "127。0。0。1", "%31%32%37.0.0.1", "169.254.169.254", "[::]", "[::1]", "[::ffff:127.0.0.1]"],
    ...["[::ffff:7f00:1]", "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2606:4700::1111]"],
    ...["localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "printer.local.", "loc\u00adalhost"],
    ...["metadata.google.internal", "router.home.arpa", "home.arpa", "intranet", "intranet.", "pictures.test.."],
    ...["img.example.com", "IMG.example.com.", "img.example.com:80", "img.example.com:443"],
  ];
  it.for(hosts)("refuses %s where any host is open", (host, { expect }) => {
    expect(() => parseSourceUrl(`http://${host}/a.png`, open)).toThrow(expect.objectContaining(REFUSED));
  });

  it.for(["a.localhost", "printer.local", "a.internal", "img.example.com"])(
    "refuses %s behind a wildcard",
    (host, { expect }) => {
      const policy = listed(`http://*.${host.split(".").slice(1).join(".")}`);
      expect(() => parseSourceUrl(`http://${host}/a.png`, policy)).toThrow(expect.objectContaining(REFUSED));
    },
  );

  it("refuses its own host even when it is listed", ({ expect }) => {
    const own = { ...listed("http://127.0.0.1:8787", "http://127.0.0.1:9000"), ownHosts: ["127.0.0.1:8787"] };
    expect(() => parseSourceUrl("http://127.0.0.1:8787/", own)).toThrow(expect.objectContaining(REFUSED));
    expect(parseSourceUrl("http://127.0.0.1:9000/", own).port).toBe("9000");
  });

  it("opens exactly the address and port that an entry names", ({ expect }) => {
    const policy = listed("http://127.0.0.1:9000");
    expect(parseSourceUrl("http://127.0.0.1:9000/a", policy).host).toBe("127.0.0.1:9000");
    for (const other of ["http://127.0.0.1/a", "http://127.0.0.1:9001/a", "http://localhost:9000/a"])
      expect(() => parseSourceUrl(other, policy), other).toThrow(expect.objectContaining(REFUSED));
  });
});

it("parseSourceUrl() says nothing of the address it refuses", ({ expect }) => {
  for (const raw of ["https://user@canary.test/", "http://canary.localhost/"])
    expect(() => parseSourceUrl(raw, open)).toThrow(/^(?!.*canary)/);
});
