import { createExecutionContext, createMessageBatch, env, waitOnExecutionContext } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { CachedPictures } from "../../src/cached-pictures.ts";
import { readParameters } from "../../src/image/parameters.ts";
import { sign } from "../../src/image/signature.ts";
import worker from "../../src/index.ts";
import { encode, gradient } from "../support/drawings.ts";
import { originUrl } from "../support/origin.ts";
import { service } from "../support/service.ts";
import { silence } from "../support/silence.ts";

const ON = { WORKERS_CACHE_SECONDS: "600" };
const url = "/display/resize/90x/photo.jpg";
const canonical = "/display?op=resize&path=photo.jpg&w=90";

/** The Worker with something else, or nothing, where its cached entrypoint is. */
function behind(inner: object | undefined, vars: Record<string, unknown> = {}) {
  const bindings = service({ ...ON, ...vars }).env;
  const run = async <T>(work: (context: ExecutionContext) => Promise<T>): Promise<T> => {
    const context = createExecutionContext();
    Object.defineProperty(context, "exports", { value: inner ? { CachedPictures: inner } : {} });
    const result = await work(context);
    await waitOnExecutionContext(context);
    return result;
  };
  return {
    fetch: (path: string, init?: RequestInit) =>
      run((context) => worker.fetch(new Request(`https://pics.test${path}`, init) as never, bindings, context)),
    tell: (key: string) =>
      run((context) =>
        worker.queue(
          createMessageBatch("source-events", [
            { id: "1", timestamp: new Date(), attempts: 1, body: { object: { key } } },
          ]),
          bindings,
          context,
        ),
      ),
  };
}

/** An entrypoint that only writes down what it is asked. */
function stub() {
  const handed: Request[] = [];
  const purged: string[] = [];
  return {
    handed,
    purged,
    inner: {
      fetch: async (request: Request) => {
        handed.push(request);
        return new Response("from the cache", { headers: { "cache-control": "public, max-age=5" } });
      },
      purge: async (tags: readonly string[]) => void purged.push(...tags),
    },
  };
}

/** The real entrypoint, as it answers with a configuration of its own. */
function entrypoint(vars: Record<string, unknown> = ON) {
  const bindings = service(vars).env;
  return async (path: string, init?: RequestInit) => {
    const context = createExecutionContext();
    const response = await new CachedPictures(context, bindings).fetch(new Request(`https://pics.test${path}`, init));
    await waitOnExecutionContext(context);
    return response;
  };
}

const addressOf = ({ url }: Request) => url.slice("https://pics.test".length);
/** `md5sum` of the path. */
const TAG = "source-72acded3acd45e4c8b6ed680854b8ab1";

beforeEach(async () => {
  silence("warn");
  await env.SOURCE.put("photo.jpg", await encode(gradient(300, 200), "jpg"));
  for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
  for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
});

describe("what the gateway hands to Workers Cache", () => {
  it.for([
    [url, canonical],
    ["/display?w=90&op=resize&path=photo.jpg", canonical],
    ["/display?path=photo.jpg&op=resize&w=90&w=80", canonical],
    ["/display/resize/90x/photo.jpg?", canonical],
    ["/display/resize/90x/a%20b/%C3%A9%26.jpg", "/display?op=resize&path=a+b%2F%C3%A9%26.jpg&w=90"],
    [`${url}?op=op:rotate+deg:90`, "/display?op=resize&op=op%3Arotate+deg%3A90&path=photo.jpg&w=90"],
    ["/display/photo.jpg", "/display?op=noop&path=photo.jpg"],
  ])("has one spelling: %s", async ([path, address]) => {
    const { inner, handed } = stub();
    await behind(inner).fetch(path);
    expect(handed.map(addressOf)).toEqual([address]);
  });

  it("was verified, and has no signature", async () => {
    const { inner, handed } = stub();
    const signed = behind(inner, { SECRET_KEY: "abcdef" });
    const query = "op=resize&path=photo.jpg&w=90";
    const sig = await sign(readParameters("", new URLSearchParams(query), { maxParameters: 9 }), "abcdef");
    expect((await signed.fetch(`/display?${query}`)).status).toBe(401);
    expect((await signed.fetch(`/display?${query}&sig=${sig.replace(/./, "0")}`)).status).toBe(401);
    expect(handed).toEqual([]);
    expect((await signed.fetch(`/display?${query}&sig=${sig}`)).status).toBe(200);
    expect(handed.map(addressOf)).toEqual([canonical]);
  });

  it("has no header that would make a second copy, and those that a cache answers by", async () => {
    const { inner, handed } = stub();
    const cached = { "if-none-match": '"a"', range: "bytes=0-9", via: "1.1 proxy" };
    const others = { accept: "image/webp", cookie: "a=b", authorization: "Bearer x", "x-forwarded-host": "evil.test" };
    await behind(inner).fetch(url, { headers: { ...cached, ...others }, method: "HEAD" });
    expect([handed[0].method, Object.fromEntries(handed[0].headers)]).toEqual(["HEAD", cached]);
  });

  it.for([
    ["what is asked wrongly", "/display/resize/90x/photo.jpg?q=500", 400],
    ["what is to be made again", `${url}?force=1`, 200],
    ["where a picture is", "/get/resize/90x/photo.jpg", 200],
    ["what is too large to ask for", "/display/resize/9000x9000/photo.jpg", 422],
  ] as const)("is not %s", async ([, path, status]) => {
    const { inner, handed } = stub();
    expect((await behind(inner).fetch(path)).status).toBe(status);
    expect(handed).toEqual([]);
  });

  it.for([
    ["it is off", { WORKERS_CACHE_SECONDS: undefined }, stub().inner],
    ["the runtime has no such entrypoint", {}, undefined],
  ] as const)("is nothing where %s: the picture comes all the same", async ([, vars, inner]) => {
    const response = await behind(inner, vars).fetch(url);
    expect([response.status, response.headers.get("x-cache"), response.headers.has("cache-tag")]).toEqual([
      200,
      "made",
      false,
    ]);
  });

  it("is answered as the cache says, with what every answer carries", async () => {
    const response = await behind(stub().inner).fetch(url);
    expect(await response.text()).toBe("from the cache");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-request-id")).toBeTruthy();
  });
});

describe("what stands behind Workers Cache", () => {
  it("answers as without it, under a tag of its source, and is asked again in a while", async () => {
    const plain = await service().fetch(url);
    const { headers, status } = await entrypoint()(canonical);
    expect(status).toBe(200);
    for (const name of ["etag", "last-modified", "content-type", "content-length", "cache-control"])
      expect([name, headers.get(name)]).toEqual([name, plain.headers.get(name)]);
    expect([headers.get("cache-tag"), headers.get("cloudflare-cdn-cache-control")]).toEqual([TAG, "max-age=600"]);
    expect([headers.has("x-cache"), headers.has("server-timing")]).toEqual([false, false]);
  });

  it("has one tag for all that is made of a URL", async () => {
    const ask = entrypoint({ ...ON, SOURCE_HOSTS: originUrl, ALLOW_ANY_SOURCE: "1" });
    const tags = [1, 2].map(async (w) => {
      const query = new URLSearchParams({ op: "resize", url: `${originUrl}/picture`, w: String(w) });
      return (await ask(`/display?${query}`)).headers.get("cache-tag");
    });
    expect(new Set(await Promise.all(tags)).size).toBe(1);
    expect(await tags[0]).toMatch(/^source-[0-9a-f]{32}$/);
  });

  it("answers 304 where the cache's copy is still good", async () => {
    const ask = entrypoint();
    const etag = (await ask(canonical)).headers.get("etag") ?? "";
    const again = await ask(canonical, { headers: { "if-none-match": etag } });
    expect([again.status, again.headers.get("cache-tag")]).toEqual([304, TAG]);
  });

  it("keeps what could not be stored no longer than a client may", async () => {
    const DESTINATION = new Proxy(env.DESTINATION, {
      get: (bucket, name) =>
        name === "put" ? () => Promise.reject(new Error("no")) : Reflect.get(bucket, name).bind(bucket),
    });
    const { headers } = await entrypoint({ ...ON, DESTINATION })(canonical);
    expect([headers.get("cache-control"), headers.has("cloudflare-cdn-cache-control")]).toEqual([
      "public, max-age=60",
      false,
    ]);
  });

  it.for([
    ["an absent source", ON, "/display?op=resize&path=absent.jpg&w=9", 404, "public, max-age=60"],
    ["a wrong number", ON, "/display?op=resize&path=photo.jpg&w=x", 400, "no-store"],
    ["anything where it is off", {}, canonical, 404, "public, max-age=60"],
  ] as const)("fails as the Worker does for %s", async ([, vars, path, status, cache]) => {
    const response = await entrypoint(vars)(path);
    expect([response.status, response.headers.get("cache-control")]).toEqual([status, cache]);
  });
});

describe("the runtime", () => {
  it("has that entrypoint, closed as it is shipped", async () => {
    const { CachedPictures: shipped } = exports as unknown as { CachedPictures: Fetcher };
    expect((await shipped.fetch(`https://pics.test${canonical}`)).status).toBe(404);
  });
});

describe("Workers Cache is told to forget what was made from a source", () => {
  const OPEN = { ENABLE_UPLOAD: "1", ENABLE_DELETE: "1", ENABLE_CASCADE_DELETE: "1", UPLOAD_OPEN: "1" };
  const upload = async () => {
    const body = new FormData();
    body.set("data", new File([await encode(gradient(90, 60), "jpg")], "photo.jpg"));
    return { method: "POST", body };
  };

  it.for([
    ["by an upload", "/upload", upload],
    ["by its deletion", "/photo.jpg", async () => ({ method: "DELETE" })],
    ["by the deletion of a result", url.replace("/display", ""), async () => ({ method: "DELETE" })],
    ["by POST /purge", "/purge?path=photo.jpg", async () => ({ method: "POST" })],
    ["when it is made again", `${url}?force=1`, async () => ({})],
  ] as const)("%s", async ([, path, init]) => {
    const { inner, purged } = stub();
    const { status } = await behind(inner, { ...OPEN, ENABLE_PURGE: "1" }).fetch(path, await init());
    expect([status, purged]).toEqual([200, [TAG]]);
  });

  it("by an event of its bucket", async () => {
    const { inner, purged } = stub();
    await behind(inner, { ENABLE_SOURCE_EVENTS: "1" }).tell("photo.jpg");
    expect(purged).toEqual([TAG]);
  });

  it("when it is found to have changed", async () => {
    await service().fetch(url);
    await env.SOURCE.put("photo.jpg", await encode(gradient(300, 100), "jpg"));
    const { inner, purged } = stub();
    // Once the cache has asked again, that is.
    const real = { ...inner, fetch: undefined };
    await behind(real, { REVALIDATE_SECONDS: "1" }).fetch(url.replace("display", "get"));
    expect(purged).toEqual([TAG]);
  });

  it("and where it does not, that is logged, not told", async () => {
    const warnings = vi.spyOn(console, "warn").mockReturnValue(undefined);
    const inner = { purge: () => Promise.reject(new Error("rate limited")) };
    const response = await behind(inner, { ...OPEN, ENABLE_PURGE: "1" }).fetch("/purge?path=photo.jpg", {
      method: "POST",
    });
    expect(response.status).toBe(200);
    expect(warnings).toHaveBeenCalledTimes(2);
  });

  it.for([
    ["does", { success: true, errors: [] }, undefined],
    ["says that it did not", { success: false, errors: [{ code: 1, message: "rate limited" }] }, "rate limited"],
  ] as const)("by way of the entrypoint whose answers are kept, which %s", async ([, result, failure]) => {
    const context = createExecutionContext();
    const purge = vi.fn(async () => result);
    Object.defineProperty(context, "cache", { value: { purge } });
    const purging = new CachedPictures(context, service(ON).env).purge([TAG]);
    if (failure) await expect(purging).rejects.toThrow(failure);
    else await purging;
    expect(purge).toHaveBeenCalledWith({ tags: [TAG] });
  });
});
