import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { encode, gradient } from "../support/drawings.ts";
import { faulty } from "../support/faulty.ts";
import { originUrl } from "../support/origin.ts";
import { service } from "../support/service.ts";
import { silence } from "../support/silence.ts";

const url = "/display/resize/90x/photo.jpg";
const cacheOf = (response: Response) => response.headers.get("x-cache");

/** A picture of a third size each time is another version of the source, and another result. */
const putPhoto = async (height: number) => env.SOURCE.put("photo.jpg", await encode(gradient(300, height), "jpg"));

/** What is stored: how high it is, and the version that it says it was made from. */
async function stored() {
  const [object, ...others] = (await env.DESTINATION.list({ include: ["customMetadata"] })).objects;
  expect(others).toEqual([]);
  const shown = await service().fetch(url);
  return { cache: cacheOf(shown), etag: shown.headers.get("etag"), version: object?.customMetadata?.version };
}

/** An isolate whose first call of `method` to what it stores in waits until it is let go. */
function held(method: string, vars: Record<string, unknown> = {}) {
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  let calls = 0;
  const destination = faulty(env.DESTINATION, { [method]: () => (calls++ === 0 ? promise : undefined) });
  const isolate = service({ DESTINATION: destination.proxy, ...vars });
  return { isolate, destination, letGo, reached: () => vi.waitUntil(() => destination.count(method) > 0) };
}

beforeEach(async () => {
  silence("warn");
  await putPhoto(200);
  for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
  for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
});

describe("what is stored", () => {
  it("takes one put, and nothing is asked before", async () => {
    const destination = faulty(env.DESTINATION);
    await service({ DESTINATION: destination.proxy }).fetch(url);
    expect(destination.calls).toEqual(["get", "put"]);
  });

  it("is written once by two who make the same at once, and both may be cached", async () => {
    const slow = held("put");
    const late = slow.isolate.fetch(url);
    await slow.reached();
    const early = await service().fetch(url);
    const before = (await env.DESTINATION.list()).objects[0].uploaded;
    slow.letGo();
    const responses = [early, await late];
    expect(responses.map(({ headers }) => headers.get("cache-control"))).toEqual(
      Array(2).fill("public, max-age=31536000"),
    );
    expect((await env.DESTINATION.list()).objects[0].uploaded).toEqual(before);
    expect(slow.destination.calls).toEqual(["get", "put", "head"]);
  });

  it("is not replaced by what was made from an older source, which is not shown either", async () => {
    const slow = held("put");
    const late = slow.isolate.fetch(url);
    await slow.reached();
    await putPhoto(100);
    const newer = await service().fetch(url);
    const before = await stored();
    slow.letGo();
    const answer = await late;
    expect([answer.status, answer.headers.get("etag")]).toEqual([200, newer.headers.get("etag")]);
    expect(await answer.bytes()).toEqual(await newer.bytes());
    expect(await stored()).toEqual(before);
  });

  it("is replaced by what was made from a newer source meanwhile", async () => {
    const old = held("put");
    const early = old.isolate.fetch(url);
    await old.reached();
    await putPhoto(100);
    const slow = held("put");
    const late = slow.isolate.fetch(url);
    await slow.reached();
    old.letGo();
    await early;
    slow.letGo();
    const newer = await late;
    expect((await stored()).etag).toBe(newer.headers.get("etag"));
    expect(slow.destination.calls).toEqual(["get", "put", "head", "put"]);
  });

  it("stays the newer one even if that comes while the older one looks", async () => {
    await service().fetch(url);
    await putPhoto(150);
    // It has made the middle one, seen the first one, and found the source as it was.
    let puts = 0;
    let newer: Response | undefined;
    const between = faulty(env.DESTINATION, {
      put: async () => {
        if (puts++ > 0) return;
        await putPhoto(100);
        newer = await service().fetch(`${url}?force=1`);
      },
    });
    await service({ DESTINATION: between.proxy }).fetch(`${url}?force=1`);
    expect(between.calls).toEqual(["head", "put", "head"]);
    expect((await stored()).etag).toBe(newer?.headers.get("etag"));
  });

  it.for([
    ["by force", `${url}?force=1`, {}],
    ["as its source had changed", url, { REVALIDATE_SECONDS: "1" }],
  ] as const)("is not replaced by an older one that was made %s", async ([, path, vars]) => {
    await service().fetch(url);
    await putPhoto(150);
    const slow = held("head", vars);
    const late = slow.isolate.fetch(path);
    await slow.reached();
    await putPhoto(100);
    await service().fetch(`${url}?force=1`);
    const before = await stored();
    slow.letGo();
    await late;
    expect(await stored()).toEqual(before);
  });

  it("is made again by force, and written again, though it is the same", async () => {
    await service().fetch(url);
    const [{ key, uploaded }] = (await env.DESTINATION.list()).objects;
    await scheduler.wait(5);
    expect(cacheOf(await service().fetch(`${url}?force=1`))).toBe("made");
    expect((await env.DESTINATION.head(key))?.uploaded.getTime()).toBeGreaterThan(uploaded.getTime());
  });

  it("is asked for its source where that is elsewhere", async () => {
    const source = `${originUrl}/versioned?id=${crypto.randomUUID()}`;
    const path = `/display?op=resize&w=1&url=${encodeURIComponent(source)}`;
    const vars = { SOURCE_HOSTS: originUrl };
    const slow = held("put", vars);
    const late = slow.isolate.fetch(path);
    await slow.reached();
    await fetch(`${source}&set=2`);
    const newer = await service(vars).fetch(path);
    slow.letGo();
    await late;
    const { headers } = await service(vars).fetch(path);
    expect([headers.get("x-cache"), headers.get("etag")]).toEqual(["stored", newer.headers.get("etag")]);
  });

  it("tells /get where it is, though a newer one came first", async () => {
    const slow = held("put");
    const late = slow.isolate.fetch("/get/resize/90x/photo.jpg");
    await slow.reached();
    await putPhoto(100);
    await service().fetch(url);
    slow.letGo();
    expect((await late).status).toBe(200);
  });

  it("is left alone where others keep writing it; the answer is cached for a minute", async () => {
    let round = 0;
    const writes = async () => {
      const key = (await env.DESTINATION.list()).objects[0]?.key;
      if (key) await env.DESTINATION.put(key, `others ${round++}`);
    };
    await service().fetch(url);
    await putPhoto(150);
    const contended = faulty(env.DESTINATION, { put: writes });
    const response = await service({ DESTINATION: contended.proxy }).fetch(`${url}?force=1`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=60"]);
    expect(contended.count("put")).toBe(4);
  });
});
