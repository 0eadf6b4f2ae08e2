import { describe, expect, it } from "vitest";
import { HttpError } from "../../src/error.ts";
import { type FetchSourceOptions, fetchSource, probeSource } from "../../src/remote/fetch-source.ts";
import { parseSourceHost } from "../../src/remote/source-host.ts";
import { hitsOf, originUrl } from "../support/origin.ts";

const limits = {
  maxSourceBytes: 1_000_000,
  sourceTimeoutMs: 10_000,
  sourceHeadersTimeoutMs: 5_000,
  sourceSilenceMs: 5_000,
  maxRedirects: 3,
};
const policy = { hosts: [parseSourceHost(originUrl)], allowAny: false, signed: true, ownHosts: [] };
const options: FetchSourceOptions = { policy, limits, userAgent: "edgefit/1.0", viaToken: "edgefit" };

const sequence = (length: number) => Uint8Array.from({ length }, (_, index) => index);
const source = (path: string, changes: Partial<FetchSourceOptions> = {}) =>
  fetchSource(new URL(path, originUrl), { ...options, ...changes });
const limited = (path: string, changes: Partial<typeof limits>) => source(path, { limits: { ...limits, ...changes } });
const failure = (status: number, code: string) => expect.objectContaining({ status, code });

/** Sockets close a moment after they were told to. */
const expectCancelled = (path: string) =>
  expect.poll(() => hitsOf(path), { timeout: 5_000 }).toEqual({ hits: 1, cancelled: 1 });

describe("fetchSource() takes", () => {
  it("the bytes of a source that answers 200", async () => {
    const { bytes, modified, version } = await source("/ok?bytes=500");
    expect(bytes).toEqual(sequence(500));
    expect([modified, version]).toEqual([undefined, undefined]);
  });

  it.for(["/ok?bytes=0", "/ok?bytes=0&chunked=1"])("an empty body: %s", async (path) => {
    expect((await source(path)).bytes).toHaveLength(0);
  });

  it("a body of unknown length, larger than the first buffer", async () => {
    expect((await source("/ok?bytes=300000&chunked=1")).bytes).toEqual(sequence(300_000));
  });

  it("the date and a version from ETag, else from Last-Modified", async () => {
    const date = "Wed, 21 Oct 2015 07:28:00 GMT";
    const dated = await source(`/ok?modified=${encodeURIComponent(date)}`);
    const tagged = await source(`/ok?etag="a"&modified=${encodeURIComponent(date)}`);
    const retagged = await source('/ok?etag="b"');
    expect(dated.modified).toEqual(new Date(date));
    expect([dated.version, tagged.version, retagged.version]).toEqual(
      Array(3).fill(expect.stringMatching(/^[0-9a-f]{16}$/)),
    );
    expect(new Set([dated.version, tagged.version, retagged.version]).size).toBe(3);
    expect((await source('/ok?bytes=9&etag="b"')).version).toBe(retagged.version);
  });

  it("no notice of a date that is none", async () => {
    expect((await source("/ok?modified=yesterday")).modified).toBeUndefined();
  });

  it("no notice of the type that the source gives (S9)", async () => {
    expect((await source("/wrong-type")).bytes).toEqual(sequence(32));
  });

  it("the decoded bytes of a body that came compressed", async () => {
    expect((await source("/gzip-bomb?bytes=50000")).bytes).toEqual(new Uint8Array(50_000));
  });

  it("only what was declared of a body that is longer", async () => {
    expect((await source("/lying-length?declared=5&sent=10")).bytes).toEqual(sequence(5));
  });

  it("a slow body as long as it does not fall silent (L12)", async () => {
    expect((await limited("/drip?bytes=40&ms=20", { sourceSilenceMs: 400 })).bytes).toHaveLength(40);
  });
});

describe("fetchSource() sends", () => {
  it("Accept, User-Agent, Accept-Encoding and Via, and nothing else of ours (S6)", async () => {
    const { method, headers } = JSON.parse(new TextDecoder().decode((await source("/headers")).bytes));
    // host belongs to the connection; cf-worker is what the runtime adds to every fetch of a Worker.
    const { host, "cf-worker": _, ...sent } = headers;
    expect(method).toBe("GET");
    expect(sent).toEqual({
      accept: "image/*,*/*;q=0.5",
      "accept-encoding": "identity",
      "user-agent": "edgefit/1.0",
      via: "1.1 edgefit",
    });
  });
});

describe("fetchSource() by status (S8)", () => {
  it.for([404, 410])("%i is 404", async (status) => {
    await expect(source(`/status/${status}`)).rejects.toEqual(failure(404, "not_found"));
  });

  it.for([201, 204, 206, 300, 304, 400, 401, 403, 418, 429, 500, 502, 503])(
    "%i is 502, asked for once",
    async (status) => {
      const path = `/status/${status}?once`;
      await expect(source(path)).rejects.toEqual(failure(502, "source_error"));
      expect(await hitsOf(path)).toMatchObject({ hits: 1 });
    },
  );

  it("says nothing of the source's address, host or words", async () => {
    const failures = ["/status/500", "/status/404", "/cut", "/redirect?to=http://secret.test/", "/redirect-loop"];
    for (const path of failures) {
      const error: unknown = await source(path).catch((cause) => cause);
      expect(error).toBeInstanceOf(HttpError);
      expect((error as HttpError).message).not.toMatch(/127\.0\.0\.1|secret|http|status/);
    }
  });
});

describe("fetchSource() when the connection breaks (S7, S8)", () => {
  it.for(["/cut?a", "/cut?a&chunked=1", "/lying-length?a"])(
    "inside the body is 502 without another try: %s",
    async (path) => {
      await expect(source(path)).rejects.toEqual(failure(502, "source_truncated"));
      expect(await hitsOf(path)).toMatchObject({ hits: 1 });
    },
  );

  it.for(["/cut?sent=0", "/lying-length?sent=0"])("before the body is 502 after another try: %s", async (path) => {
    await expect(source(path)).rejects.toEqual(failure(502, "source_truncated"));
    expect(await hitsOf(path)).toMatchObject({ hits: 2 });
  });

  it("is 502 also where the runtime takes a short body for a whole one", async () => {
    const short = async () => new Response(sequence(10), { headers: { "content-length": "100" } });
    await expect(source("/short", { fetch: short })).rejects.toEqual(failure(502, "source_truncated"));
  });

  it("before the headers asks once more", async () => {
    expect((await source("/refuse?id=one&times=1")).bytes).toEqual(sequence(32));
    expect(await hitsOf("/refuse?id=one&times=1")).toMatchObject({ hits: 2 });
  });

  it("before the headers, twice, is 502", async () => {
    await expect(source("/refuse?id=two&times=2")).rejects.toEqual(failure(502, "source_error"));
    expect(await hitsOf("/refuse?id=two&times=2")).toMatchObject({ hits: 2 });
  });

  it("because nobody listens is 502", async () => {
    await expect(fetchSource(new URL("http://127.0.0.1:1/"), options)).rejects.toEqual(failure(502, "source_error"));
  });
});

describe("fetchSource() by size (L3)", () => {
  it.for(["/ok?bytes=100", "/ok?bytes=100&chunked=1"])("takes as many bytes as allowed: %s", async (path) => {
    expect((await limited(path, { maxSourceBytes: 100 })).bytes).toHaveLength(100);
  });

  it.for(["/ok?bytes=101", "/ok?bytes=101&chunked=1"])("refuses one more: %s", async (path) => {
    await expect(limited(path, { maxSourceBytes: 100 })).rejects.toEqual(failure(413, "source_too_large"));
  });

  it("counts what a compressed body becomes", async () => {
    await expect(limited("/gzip-bomb?bytes=10000000", { maxSourceBytes: 20_000 })).rejects.toEqual(
      failure(413, "source_too_large"),
    );
  });

  it.for([
    ["without end", "/endless?size"],
    ["declared as too long", "/drip?bytes=2000000&ms=5"],
  ])("cancels a body %s", async ([, path]) => {
    await expect(source(path)).rejects.toEqual(failure(413, "source_too_large"));
    await expectCancelled(path);
  });
});

describe("fetchSource() by time (L12)", () => {
  it.for([
    ["no headers in time", "/slow-headers?ms=1500", { sourceHeadersTimeoutMs: 200 }],
    ["silence inside the body", "/stall?sent=10", { sourceSilenceMs: 200 }],
    ["silence before the body", "/stall?sent=0", { sourceSilenceMs: 200 }],
    ["too much time in all, headers", "/slow-headers?ms=1600", { sourceTimeoutMs: 200 }],
    ["too much time in all, body", "/drip?bytes=1000&ms=20", { sourceTimeoutMs: 200 }],
  ] as const)("is 504 for %s, and cancels", async ([, path, changes]) => {
    const start = Date.now();
    await expect(limited(path, changes)).rejects.toEqual(failure(504, "source_timeout"));
    expect(Date.now() - start).toBeLessThan(3_000);
    await expectCancelled(path);
  });

  it("counts all hops together", async () => {
    const slowHop = `/redirect?to=${encodeURIComponent("/slow-headers?ms=1000")}`;
    await expect(limited(slowHop, { sourceTimeoutMs: 200 })).rejects.toEqual(failure(504, "source_timeout"));
  });
});

describe("fetchSource() and redirects (S6, L13)", () => {
  const to = (target: string, status = 302) => `/redirect?status=${status}&to=${encodeURIComponent(target)}`;

  it.for([301, 302, 303, 307, 308])("follows %i", async (status) => {
    expect((await source(to("/ok?bytes=7", status))).bytes).toEqual(sequence(7));
  });

  it("follows as many as allowed, and no more", async () => {
    expect((await source("/redirect-chain?hops=3")).bytes).toEqual(sequence(32));
    await expect(source("/redirect-chain?hops=4")).rejects.toEqual(failure(502, "source_redirect"));
    await expect(limited("/redirect-chain?hops=1", { maxRedirects: 0 })).rejects.toEqual(
      failure(502, "source_redirect"),
    );
  });

  it("leaves a loop", async () => {
    await expect(source("/redirect-loop?left")).rejects.toEqual(failure(502, "source_redirect"));
    expect(await hitsOf("/redirect-loop?left")).toMatchObject({ hits: 4 });
  });

  it.for([
    "http://127.0.0.1:1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/",
    "http://[::1]/",
    "//localhost/",
    "https://example.com/",
    originUrl.replace("127.0.0.1", "localhost"),
  ])("refuses to go to %s", async (target) => {
    await expect(source(to(target))).rejects.toEqual(failure(403, "source_not_allowed"));
  });

  it.for([
    "",
    "file:///etc/passwd",
    "data:image/gif;base64,R0lGODlh",
    "http://user@127.0.0.1/",
    "/a b",
    "\\\\evil.test/a",
  ])("cannot go to %j", async (target) => {
    await expect(source(to(target))).rejects.toEqual(failure(502, "source_redirect"));
  });

  it("cannot go nowhere", async () => {
    await expect(source("/redirect?nowhere")).rejects.toEqual(failure(502, "source_redirect"));
  });
});

describe("fetchSource() when its caller aborts (F6)", () => {
  it.for(["/drip?bytes=900&ms=20", "/stall?aborted", "/slow-headers?ms=1700"])(
    "cancels the source: %s",
    async (path) => {
      const controller = new AbortController();
      const gone = new Error("client gone");
      setTimeout(() => controller.abort(gone), 200);
      await expect(source(path, { signal: controller.signal })).rejects.toBe(gone);
      await expectCancelled(path);
    },
  );

  it("asks for nothing when it was too late", async () => {
    const gone = new Error("client gone");
    await expect(source("/ok?late", { signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
    expect(await hitsOf("/ok?late")).toMatchObject({ hits: 0 });
  });
});

describe("probeSource()", () => {
  it("gives the size and version without the body", async () => {
    const facts = await probeSource(new URL('/ok?bytes=77&etag="a"', originUrl), options);
    expect(facts).toEqual({ size: 77, modified: undefined, version: expect.stringMatching(/^[0-9a-f]{16}$/) });
  });

  it("fails as fetchSource() does", async () => {
    const probe = (path: string) => probeSource(new URL(path, originUrl), options);
    await expect(probe("/status/404")).rejects.toEqual(failure(404, "not_found"));
    await expect(probe("/status/500")).rejects.toEqual(failure(502, "source_error"));
  });
});
