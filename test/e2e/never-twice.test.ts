import { createExecutionContext, createMessageBatch, env, getQueueResult } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import worker from "../../src/index.ts";
import { encode, gradient } from "../support/drawings.ts";
import { faulty } from "../support/faulty.ts";
import { originUrl } from "../support/origin.ts";
import { service } from "../support/service.ts";

const url = "/display/resize/90x/photo.jpg";
const cacheOf = (response: Response) => response.headers.get("x-cache");
const putPhoto = async (width: number, height: number) =>
  env.SOURCE.put("photo.jpg", await encode(gradient(width, height), "jpg"));

beforeEach(async () => {
  await putPhoto(300, 200);
  for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
  for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
});

describe("several isolates", () => {
  /** Isolates that share storage, key store and leases; what each reads and writes is counted together. */
  function isolates(count: number, vars: Record<string, unknown> = {}) {
    const [source, destination] = [faulty(env.SOURCE), faulty(env.DESTINATION)];
    const shared = { SOURCE: source.proxy, DESTINATION: destination.proxy, LEASE_BINDING: "LEASES", ...vars };
    return { source, destination, services: Array.from({ length: count }, () => service(shared)) };
  }

  it("make what 200 ask for at once one time", async () => {
    const { source, destination, services } = isolates(4);
    const responses = await Promise.all(services.map((isolate) => isolate.fetchAll(Array(50).fill(url))));
    expect(responses.flat().map(({ status }) => status)).toEqual(Array(200).fill(200));
    expect([source.count("get"), destination.count("put")]).toEqual([1, 1]);
    const bodies = await Promise.all(responses.flat().map(async (response) => (await response.bytes()).toBase64()));
    expect(new Set(bodies).size).toBe(1);
    expect(responses.flat().filter((response) => cacheOf(response) === "made")).toHaveLength(1);
  });

  it("each find out for themselves when it cannot be made", async () => {
    const { services } = isolates(3);
    const responses = await Promise.all(services.map((isolate) => isolate.fetch("/display/resize/90x/absent.jpg")));
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404]);
    await putPhoto(300, 200);
    expect((await services[0].fetch(url)).status).toBe(200);
  });

  it.for([
    ["fails", () => Promise.reject(new Error("Durable Object reset"))],
    ["hangs", () => new Promise(() => undefined)],
  ] as const)("go on without leases when asking for one %s", async ([, take]) => {
    const broken = { getByName: () => ({ take, end: () => Promise.reject(new Error("gone")) }) };
    const { services } = isolates(2, { LEASES: broken, MAX_WAIT_MS: "50" });
    const responses = await Promise.all(services.map((isolate) => isolate.fetch(url)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("take over from a holder that is never heard of again", async () => {
    const stub = env.LEASES.getByName("a key");
    expect(await stub.take("lost", 50)).toBe("yours");
    const [second, third] = [stub.take("second", 5_000), stub.take("third", 5_000)];
    expect(await second).toBe("yours");
    await stub.end("lost");
    await stub.end("second");
    expect(await third).toBe("ended");
    expect(await stub.take("fourth", 50)).toBe("yours");
  });
});

describe("the edge cache", () => {
  const near = (vars: Record<string, unknown> = {}) => {
    const [destination, keys] = [faulty(env.DESTINATION), faulty(env.KEYS)];
    // Each test has a cache of its own.
    const EDGE_CACHE = { seconds: 60, name: crypto.randomUUID() };
    const bindings = { DESTINATION: destination.proxy, KEYS: keys.proxy, EDGE_CACHE, ...vars };
    return { destination, keys, bindings, fetch: service(bindings).fetch };
  };

  it("answers without key store and storage, the same in every header", async () => {
    const { destination, keys, fetch } = near();
    const made = await fetch(url);
    const calls = destination.calls.length + keys.calls.length;
    const again = await fetch(url);
    expect([cacheOf(made), cacheOf(again)]).toEqual(["made", "edge"]);
    expect(destination.calls.length + keys.calls.length).toBe(calls);
    for (const header of ["etag", "last-modified", "content-type", "content-length", "cache-control"])
      expect(again.headers.get(header)).toBe(made.headers.get(header));
    expect(await again.bytes()).toEqual(await made.bytes());
  });

  it("takes in what was stored before", async () => {
    await service().fetch(url);
    const { fetch } = near();
    expect([cacheOf(await fetch(url)), cacheOf(await fetch(url))]).toEqual(["stored", "edge"]);
  });

  it("knows one picture under every spelling of its request (H1)", async () => {
    const { fetch } = near();
    await fetch("/display?op=resize&w=90&path=photo.jpg");
    expect(cacheOf(await fetch("/display?path=photo.jpg&w=90&op=resize"))).toBe("edge");
    expect(cacheOf(await fetch("/display?w=91&op=resize&path=photo.jpg"))).toBe("made");
  });

  it("answers 304, HEAD and ranges", async () => {
    const { fetch } = near();
    const made = await fetch(url);
    const whole = await made.bytes();
    const etag = made.headers.get("etag") ?? "";
    expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
    const head = await fetch(url, { method: "HEAD" });
    expect([cacheOf(head), head.headers.get("content-length")]).toEqual(["edge", String(whole.length)]);
    const part = await fetch(url, { headers: { range: "bytes=5-8" } });
    expect([part.status, await part.bytes()]).toEqual([206, whole.slice(5, 9)]);
  });

  it("answers a part of the picture that it names, whatever others have stored since", async () => {
    const { fetch } = near();
    const whole = await (await fetch(url)).bytes();
    await putPhoto(300, 100);
    const elsewhere = await (await service().fetch(`${url}?force=1`)).bytes();
    expect(elsewhere).not.toEqual(whole);
    const part = await fetch(url, { headers: { range: "bytes=400-" } });
    expect([cacheOf(part), part.status, await part.bytes()]).toEqual(["edge", 206, whole.slice(400)]);
  });

  it("asks for a signature first (H3)", async () => {
    const { bindings, fetch } = near();
    await fetch(url);
    expect((await service({ ...bindings, SECRET_KEY: "abcdef" }).fetch(url)).status).toBe(401);
  });

  it("holds nothing that was deleted or made again", async () => {
    const { fetch } = near({ ENABLE_DELETE: "1", UPLOAD_OPEN: "1" });
    const first = await (await fetch(url)).bytes();
    await putPhoto(300, 100);
    await fetch(`${url}?force=1`);
    const forced = await fetch(url);
    expect(await forced.bytes()).not.toEqual(first);
    await fetch("/display/resize/90x/photo.jpg".replace("/display", ""), { method: "DELETE" });
    expect(cacheOf(await fetch(url))).toBe("made");
  });

  it("keeps deployments apart by name", async () => {
    await near().fetch(url);
    expect(cacheOf(await near().fetch(url))).toBe("stored");
  });
});

describe("a source that changes", () => {
  const watched = (vars: Record<string, unknown> = {}) => service({ REVALIDATE_SECONDS: "1", ...vars });

  it("is noticed behind an answer: the next one is new", async () => {
    const first = await (await service().fetch(url)).bytes();
    await putPhoto(300, 100);
    const isolate = watched();
    const stale = await isolate.fetch(url);
    expect([cacheOf(stale), await stale.bytes()]).toEqual(["stored", first]);
    const fresh = await isolate.fetch(url);
    expect(fresh.headers.get("etag")).not.toBe(stale.headers.get("etag"));
    expect(await fresh.bytes()).not.toEqual(first);
  });

  it("is looked at once in a while, and not while it is off", async () => {
    await service().fetch(url);
    const source = faulty(env.SOURCE);
    const isolate = watched({ SOURCE: source.proxy, REVALIDATE_SECONDS: "3600" });
    await isolate.fetchAll(Array(10).fill(url));
    expect(source.calls).toEqual(["head"]);
    await service({ SOURCE: source.proxy }).fetch(url);
    expect(source.calls).toEqual(["head"]);
  });

  it("elsewhere is noticed by its headers", async () => {
    const source = `${originUrl}/versioned?id=${crypto.randomUUID()}`;
    const path = `/display?op=resize&w=1&url=${encodeURIComponent(source)}`;
    const vars = { SOURCE_HOSTS: originUrl, REVALIDATE_SECONDS: "1" };
    const first = await service(vars).fetch(path);
    await fetch(`${source}&set=2`);
    const stale = await service(vars).fetch(path);
    const fresh = await service(vars).fetch(path);
    const tags = [first, stale, fresh].map(({ headers }) => headers.get("etag"));
    expect(tags[1]).toBe(tags[0]);
    expect(tags[2]).not.toBe(tags[0]);
  });

  it.for([
    ["has gone", "photo.jpg"],
    ["is what it was", "another.jpg"],
  ] as const)("and %s changes nothing", async ([, deleted]) => {
    await service().fetch(url);
    await env.SOURCE.delete(deleted);
    const isolate = watched();
    expect([cacheOf(await isolate.fetch(url)), cacheOf(await isolate.fetch(url))]).toEqual(["stored", "stored"]);
  });

  it("leaves alone what picfit made: nobody knows of what", async () => {
    const key = "540d90a9cc7a76bf72b1e4fc4516d84d";
    await env.DESTINATION.put(`${key}.png`, await encode(gradient(50, 50), "png"));
    await env.SOURCE.put("avatar.png", await encode(gradient(60, 60), "png"));
    const isolate = watched();
    const request = "/display?w=50&h=50&op=resize&path=avatar.png";
    expect([cacheOf(await isolate.fetch(request)), cacheOf(await isolate.fetch(request))]).toEqual([
      "stored",
      "stored",
    ]);
  });
});

describe("POST /purge", () => {
  const vars = { ENABLE_PURGE: "1", UPLOAD_SECRET: "secret" };
  const authorized = { method: "POST", headers: { authorization: "Bearer secret" } };

  it("removes everything that was made from a source, and leaves the source", async () => {
    const isolate = service(vars);
    for (const width of [10, 20, 30]) await isolate.fetch(`/display/resize/${width}x/photo.jpg`);
    const response = await isolate.fetch("/purge?path=photo.jpg", authorized);
    expect([response.status, await response.json()]).toEqual([200, { data: { removed: 3 }, error: null }]);
    expect([(await env.DESTINATION.list()).objects, (await env.KEYS.list()).keys]).toEqual([[], []]);
    expect(cacheOf(await isolate.fetch("/display/resize/10x/photo.jpg"))).toBe("made");
    expect(await (await isolate.fetch("/purge?path=absent.jpg", authorized)).json()).toMatchObject({
      data: { removed: 0 },
    });
  });

  it.for([
    ["/purge?path=a", { method: "POST" }, vars, 401],
    ["/purge?path=a", authorized, {}, 403],
    ["/purge", authorized, vars, 400],
    ["/purge?path=a&url=b", authorized, vars, 400],
    ["/purge?path=../a", authorized, vars, 400],
    ["/purge?path=a", { method: "GET" }, vars, 405],
  ] as const)("%s is refused", async ([path, init, settings, status]) => {
    expect((await service(settings).fetch(path, init)).status).toBe(status);
  });
});

describe("events of the bucket of sources", () => {
  const vars = { ENABLE_SOURCE_EVENTS: "1" };
  async function tell(bodies: readonly unknown[], settings: Record<string, unknown> = vars) {
    const messages = bodies.map((body, at) => ({ id: String(at), timestamp: new Date(), attempts: 1, body }));
    const batch = createMessageBatch("source-events", messages);
    const context = createExecutionContext();
    await worker.queue(batch, service(settings).env, context);
    return getQueueResult(batch, context);
  }

  it("remove what was made from a source that changed", async () => {
    await service(vars).fetch(url);
    const { explicitAcks } = await tell([{ action: "PutObject", object: { key: "photo.jpg" } }, "nonsense", null]);
    expect(explicitAcks).toEqual(["0", "1", "2"]);
    expect((await env.DESTINATION.list()).objects).toEqual([]);
  });

  it("know where in the bucket the sources are", async () => {
    const STORAGE = {
      src: { type: "r2", binding: "SOURCE", location: "in" },
      dst: { type: "r2", binding: "DESTINATION" },
    };
    await env.SOURCE.put("in/photo.jpg", await encode(gradient(300, 200), "jpg"));
    await service({ ...vars, STORAGE }).fetch(url);
    await tell([{ object: { key: "photo.jpg" } }], { ...vars, STORAGE });
    expect((await env.DESTINATION.list()).objects).toHaveLength(1);
    await tell([{ object: { key: "in/photo.jpg" } }], { ...vars, STORAGE });
    expect((await env.DESTINATION.list()).objects).toEqual([]);
  });

  it("are told again where the storage fails", async () => {
    await service(vars).fetch(url);
    const broken = faulty(env.DESTINATION, { delete: () => Promise.reject(new Error("no")) });
    const { retryMessages } = await tell([{ object: { key: "photo.jpg" } }], { ...vars, DESTINATION: broken.proxy });
    expect(retryMessages.map(({ msgId }) => msgId)).toEqual(["0"]);
  });
});
