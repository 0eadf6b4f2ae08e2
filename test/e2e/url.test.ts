import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sign } from "../../src/image/signature.ts";
import { hitsOf, originUrl } from "../support/origin.ts";
import { service } from "../support/service.ts";
import { silence } from "../support/silence.ts";

const QUICK = { SOURCE_TIMEOUT_MS: "600", SOURCE_HEADERS_TIMEOUT_MS: "300", SOURCE_SILENCE_MS: "300" };
const listed = service({ SOURCE_HOSTS: [originUrl] });
/** Only where a source is meant to be too slow: a busy machine is slow as well. */
const hurried = service({ SOURCE_HOSTS: [originUrl], ...QUICK });

beforeEach(async () => {
  silence("error");
  silence("warn");
  for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
  for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
});

const display = (url: string, more = "op=resize&w=2&fmt=png") => `/display?url=${encodeURIComponent(url)}&${more}`;
const objects = async () => (await env.DESTINATION.list()).objects.length;
const keys = async () => (await env.KEYS.list()).keys.length;

describe("url=", () => {
  it("shows a picture of a listed host, whatever it is called, and keeps it", async () => {
    const path = "/picture/page.html?shown";
    const response = await listed.fetch(display(`${originUrl}${path}`));
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect([await objects(), await keys()]).toEqual([1, 1]);
    expect((await listed.fetch(display(`${originUrl}${path}`))).headers.get("x-cache")).toBe("stored");
    expect(await hitsOf(path)).toEqual({ hits: 1, cancelled: 0 });
  });

  const refused = "http://169.254.169.254/latest/meta-data";
  it.for([
    ["/status/404", 404, "not_found"],
    ["/status/410", 404, "not_found"],
    ["/status/500", 502, "source_error"],
    ["/status/403", 502, "source_error"],
    ["/status/304", 502, "source_error"],
    ["/wrong-type", 415, "unsupported_image"],
    ["/ok?bytes=0", 415, "unsupported_image"],
    ["/cut", 502, "source_truncated"],
    ["/lying-length", 502, "source_truncated"],
    ["/slow-headers?ms=5000", 504, "source_timeout"],
    ["/stall?e2e", 504, "source_timeout"],
    ["/drip?bytes=901&ms=20", 504, "source_timeout"],
    ["/endless?e2e", 415, "unsupported_image"],
    ["/endless?e2e&picture=1", 413, "source_too_large"],
    ["/gzip-bomb?bytes=30000000", 415, "unsupported_image"],
    ["/gzip-bomb?bytes=30000000&picture=1", 413, "source_too_large"],
    ["/redirect-loop", 502, "source_redirect"],
    ["/redirect-chain?hops=4", 502, "source_redirect"],
    [`/redirect?to=${encodeURIComponent(refused)}`, 403, "source_not_allowed"],
    [`/redirect?to=${encodeURIComponent("file:///etc/passwd")}`, 502, "source_redirect"],
    [`/redirect?to=${encodeURIComponent("https://pics.test/display")}`, 403, "source_not_allowed"],
  ] as const)("of %s is %i %s, tells nothing and keeps nothing", async ([path, status, code]) => {
    const response = await (status === 504 ? hurried : listed).fetch(display(`${originUrl}${path}`));
    const body = await response.text();
    expect([response.status, JSON.parse(body).code]).toEqual([status, code]);
    expect(response.headers.get("cache-control")).toBe(status === 404 ? "public, max-age=60" : "no-store");
    for (const secret of ["127.0.0.1", new URL(originUrl).port, "secret", "169.254", "pics.test", "at "])
      expect(`${body}${JSON.stringify([...response.headers])}`).not.toContain(secret);
    expect([await objects(), await keys()]).toEqual([0, 0]);
  });

  it.for([
    ["http://127.0.0.1:1/a.png", 403],
    ["http://localhost/a.png", 403],
    ["http://2130706433/a.png", 403],
    ["http://[::ffff:127.0.0.1]/a.png", 403],
    ["https://pics.test/display/a.png", 403],
    ["https://user:secret@example.com/a.png", 400],
    ["https://example.com\\@evil.example/a.png", 400],
    ["https://example.com/a b.png", 400],
    ["ftp://example.com/a.png", 400],
    ["//example.com/a.png", 400],
    ["data:image/png;base64,AAAA", 400],
    [`https://example.com/${"a".repeat(2_048)}`, 400],
  ] as const)("refuses %s with %i, though any source is allowed", async ([url, status]) => {
    expect((await service({ ALLOW_ANY_SOURCE: "1" }).fetch(display(url))).status).toBe(status);
  });

  it("is closed unless opened by hosts, by a key, or for all (S1)", async () => {
    const url = "https://10.0.0.1/a.png";
    const code = async (vars: Record<string, unknown>, path: string) =>
      ((await (await service(vars).fetch(path)).json()) as { code: string }).code;
    expect(await code({}, display("https://example.com/a.png"))).toBe("source_not_allowed");
    expect(await code({ SECRET_KEY: "k" }, display("https://example.com/a.png"))).toBe("invalid_signature");
    const sig = await sign(new Map(Object.entries({ url: [url], op: ["noop"] })), "k");
    expect(await code({ SECRET_KEY: "k" }, display(url, `op=noop&sig=${sig}`))).toBe("source_not_allowed");
  });

  it("is a loop where the request came from here (S7)", async () => {
    const via = (value: string) => listed.fetch("/healthcheck", { headers: { via: value } });
    expect((await via("1.1 pics.test")).status).toBe(508);
    expect((await via("1.0 proxy, 1.1 pics.test (edgefit)")).status).toBe(508);
    expect((await via("1.1 other.test")).status).toBe(200);
  });

  it("is a loop where an HTTP storage leads back here (S7)", async () => {
    const STORAGE = { src: { type: "http", base_url: `${originUrl}/headers` } };
    let via = "";
    const fetchNow = globalThis.fetch;
    const watched = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      via = new Headers(init?.headers).get("via") ?? "";
      return fetchNow(input, init);
    });
    await service({ STORAGE }).fetch("/display/a.png");
    watched.mockRestore();
    expect((await listed.fetch("/healthcheck", { headers: { via } })).status).toBe(508);
  });

  it("asks once for fifty requests, and fails once for fifty (F5)", async () => {
    const statuses = async (path: string) =>
      (await listed.fetchAll(Array(50).fill(display(`${originUrl}${path}`)))).map(({ status }) => status);
    expect(await statuses("/picture?fifty")).toEqual(Array(50).fill(200));
    expect(await statuses("/status/500?fifty")).toEqual(Array(50).fill(502));
    expect([(await hitsOf("/picture?fifty")).hits, (await hitsOf("/status/500?fifty")).hits]).toEqual([1, 1]);
  });

  it("goes on without a storage that fails (F4)", async () => {
    const fail = async () => {
      throw new Error("internal detail");
    };
    const broken = service({ ...listed.env, DESTINATION: { get: fail, put: fail } });
    const response = await broken.fetch(display(`${originUrl}/picture/a.png`));
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=60"]);
  });
});
