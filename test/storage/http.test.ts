import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { FetchLimits } from "../../src/remote/fetch-source.ts";
import { type HttpStorageOptions, httpStorage } from "../../src/storage/http.ts";
import { originUrl } from "../support/origin.ts";
import { readableStorageContract } from "./contract.ts";

const limits: FetchLimits = {
  maxSourceBytes: 1_000_000,
  sourceTimeoutMs: 5_000,
  sourceHeadersTimeoutMs: 5_000,
  sourceSilenceMs: 5_000,
  maxRedirects: 3,
};
const options = { limits, userAgent: "edgefit/1.0", viaToken: "edgefit" };

/** A web server over a bucket: what is below `/files/`. */
async function serve(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const key = decodeURIComponent(new URL(request.url).pathname.replace(/^\/files\//, ""));
  const object = await env.SOURCE.get(key);
  if (!object) return new Response("secret words", { status: 404 });
  const headers = { etag: object.httpEtag, "content-length": String(object.size) };
  return new Response(request.method === "HEAD" ? null : await object.bytes(), { headers });
}

readableStorageContract(
  "http",
  () => httpStorage({ ...options, baseUrl: "https://pictures.test/files", fetch: serve }),
  (path, bytes) => env.SOURCE.put(path, bytes),
);

describe("httpStorage()", () => {
  const origin = (changes: Partial<HttpStorageOptions> = {}) =>
    httpStorage({ ...options, baseUrl: originUrl, ...changes });

  it.for(["https://pictures.test/files", "https://pictures.test/files/"])("reads below %s", async (baseUrl) => {
    const asked: string[] = [];
    const fetch = async (input: RequestInfo | URL) => {
      asked.push(String(input));
      return new Response("");
    };
    await httpStorage({ ...options, baseUrl, fetch }).get("a b/é?#.png");
    expect(asked).toEqual(["https://pictures.test/files/a%20b/%C3%A9%3F%23.png"]);
  });

  it.for(["", "/a", "../a", "a/../../b", "..\\a"])("refuses %j (K2)", async (path) => {
    await expect(origin().get(path)).rejects.toMatchObject({ status: 400, code: "invalid_path" });
    await expect(origin().head(path)).rejects.toMatchObject({ status: 400, code: "invalid_path" });
  });

  it.for([
    "ftp://pictures.test",
    "pictures.test",
    "https://user@pictures.test",
    "https://*.pictures.test",
    "https://a/?b",
  ])("cannot be made for %s", (baseUrl) => {
    expect(() => httpStorage({ ...options, baseUrl })).toThrow(RangeError);
  });

  it.for(["status/500", "status/403", "redirect-loop"])("takes %s for an outage", async (path) => {
    const unavailable = { status: 503, code: "storage_unavailable", cause: expect.any(Error) };
    await expect(origin().get(path)).rejects.toMatchObject(unavailable);
    await expect(origin().head(path)).rejects.toMatchObject(unavailable);
  });

  it("takes a body that breaks for an outage", async () => {
    await expect(origin().get("cut")).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it("takes silence for an outage", async () => {
    const patient = { ...limits, sourceSilenceMs: 200 };
    await expect(origin({ limits: patient }).get("stall")).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it("does not follow a redirect out of its base", async () => {
    const fetch = async () => new Response(null, { status: 302, headers: { location: "/other/a.png" } });
    const storage = httpStorage({ ...options, baseUrl: "https://pictures.test/files", fetch });
    await expect(storage.get("a.png")).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it("counts the bytes of an object whose size is not declared", async () => {
    const fetch = async (_: RequestInfo | URL, init?: RequestInit) =>
      new Response(init?.method === "HEAD" ? null : "12345");
    expect(await origin({ fetch }).head("a")).toMatchObject({ size: 5 });
  });

  it("passes the caller's reason on", async () => {
    const gone = new Error("client gone");
    const signal = AbortSignal.timeout(200);
    await expect(origin().get("stall", { signal })).rejects.toMatchObject({ name: "TimeoutError" });
    await expect(origin().get("stall", { signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
  });
});
