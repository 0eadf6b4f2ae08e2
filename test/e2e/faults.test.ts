import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { encode, gradient } from "../support/drawings.ts";
import { faulty } from "../support/faulty.ts";
import { mutants } from "../support/mutants.ts";
import { hitsOf, originUrl } from "../support/origin.ts";
import { inPieces } from "../support/pieces.ts";
import { service } from "../support/service.ts";
import { silence } from "../support/silence.ts";

const fail = () => {
  throw new Error("internal detail of the backend");
};
const hang = () => new Promise(() => undefined);

let warnings: ReturnType<typeof silence>;

beforeEach(async () => {
  warnings = silence("warn");
  silence("error");
  await env.SOURCE.put("photo.jpg", await encode(gradient(300, 200), "jpg"));
  for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
  for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
});

const url = "/display/resize/90x/photo.jpg";

const WRITABLE = { ENABLE_UPLOAD: "1", ENABLE_DELETE: "1", ENABLE_CASCADE_DELETE: "1", UPLOAD_OPEN: "1" };

async function replace(): Promise<Response> {
  const body = new FormData();
  body.set("data", new File([await encode(gradient(200, 300), "jpg")], "photo.jpg"));
  return service(WRITABLE).fetch("/upload", { method: "POST", body });
}

describe("faults", () => {
  it("F1: a key is written after its object", async () => {
    const order: string[] = [];
    const destination = faulty(env.DESTINATION, { put: () => order.push("object") });
    const keys = faulty(env.KEYS, { put: () => order.push("key") });
    await service({ DESTINATION: destination.proxy, KEYS: keys.proxy }).fetch(url);
    expect(order).toEqual(["object", "key"]);
  });

  it("F2: a picture that cannot be stored is served, briefly cached, and gets no key", async () => {
    const keys = faulty(env.KEYS);
    const broken = service({ DESTINATION: faulty(env.DESTINATION, { put: fail }).proxy, KEYS: keys.proxy });
    const response = await broken.fetch(url);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=60"]);
    expect(keys.count("put")).toBe(0);
    expect(warnings).toHaveBeenCalledTimes(1);
    expect((await broken.fetch("/get/resize/91x/photo.jpg")).status).toBe(503);
  });

  it("F2: a key that cannot be written harms nobody", async () => {
    const broken = service({ KEYS: faulty(env.KEYS, { put: fail }).proxy });
    const response = await broken.fetch(url);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000"]);
    expect((await broken.fetch(url)).headers.get("x-cache")).toBe("stored");
  });

  it.for([
    ["fails", fail],
    ["hangs", hang],
  ] as const)("F3: a key store that %s is a miss", async ([, fault]) => {
    const response = await service({ KEYS: faulty(env.KEYS, { getWithMetadata: fault }).proxy }).fetch(url);
    expect(response.status).toBe(200);
  });

  it("F3: a key without its object is made again", async () => {
    const first = await (await service().fetch(url)).bytes();
    for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
    const again = await service().fetch(url);
    expect([again.headers.get("x-cache"), await again.bytes()]).toEqual(["made", first]);
    expect((await service().fetch(url)).headers.get("x-cache")).toBe("stored");
  });

  it("F3: a key without its object or its source is 404, and removed", async () => {
    await service().fetch(url);
    for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
    await env.SOURCE.delete("photo.jpg");
    expect((await service().fetch(url)).status).toBe(404);
    expect((await env.KEYS.list()).keys).toEqual([]);
  });

  it("F4: a storage that cannot be read is 503 for a path, and works again once it can", async () => {
    await service().fetch(url);
    const broken = await service({ DESTINATION: faulty(env.DESTINATION, { get: fail }).proxy }).fetch(url);
    expect(broken.status).toBe(503);
    expect(Number(broken.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await broken.text()).not.toContain("internal detail");
    expect((await service().fetch(url)).status).toBe(200);
  });

  it("F5: fifty at once are one fetch, one put and one key", async () => {
    const [source, destination, keys] = [faulty(env.SOURCE), faulty(env.DESTINATION), faulty(env.KEYS)];
    const busy = service({ SOURCE: source.proxy, DESTINATION: destination.proxy, KEYS: keys.proxy });
    const responses = await busy.fetchAll(Array(50).fill(url));
    expect(responses.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect([source.count("get"), destination.count("put"), keys.count("put")]).toEqual([1, 1, 1]);
    const bodies = await Promise.all(
      responses.map(async (response) => new Uint8Array(await response.arrayBuffer()).toBase64()),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(responses.filter(({ headers }) => headers.get("x-cache") === "made")).toHaveLength(1);
  });

  it("F5: a failure is shared once and not remembered", async () => {
    const failLate = () => scheduler.wait(100).then(fail);
    const source = faulty(env.SOURCE, { get: failLate });
    const responses = await service({ SOURCE: source.proxy }).fetchAll(Array(10).fill(url));
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(503));
    expect(source.count("get")).toBe(1);
    expect((await service().fetch(url)).status).toBe(200);
  });

  it("F5: a hit writes nothing", async () => {
    await service().fetch(url);
    const [destination, keys] = [faulty(env.DESTINATION), faulty(env.KEYS)];
    const response = await service({ DESTINATION: destination.proxy, KEYS: keys.proxy }).fetch(url);
    expect([response.headers.get("x-cache"), destination.calls, keys.calls]).toEqual([
      "stored",
      ["get"],
      ["getWithMetadata"],
    ]);
  });

  it("F5: a key that stays invisible for a while is written once, not on every hit", async () => {
    await service().fetch(url);
    const keys = faulty(env.KEYS);
    const late = new Proxy(keys.proxy, {
      get: (target, name) =>
        name === "getWithMetadata" ? async () => ({ value: null, metadata: null }) : Reflect.get(target, name),
    });
    const hits = service({ KEYS: late });
    const responses = await hits.fetchAll(Array(10).fill(url));
    expect(responses.map(({ headers }) => headers.get("x-cache"))).toEqual(Array(10).fill("stored"));
    expect((await hits.fetch(url)).status).toBe(200);
    expect(keys.count("put")).toBe(1);
  });

  describe("F6: a client that leaves", () => {
    const slowly = { get: () => scheduler.wait(50) };
    const leaveAt = async (fetched: Promise<Response>, client: AbortController, moment: () => boolean) => {
      await vi.waitUntil(moment);
      client.abort();
      return fetched;
    };

    it("while the source is read: nothing is made", async () => {
      const [source, destination] = [faulty(env.SOURCE, slowly), faulty(env.DESTINATION)];
      const client = new AbortController();
      const left = service({ SOURCE: source.proxy, DESTINATION: destination.proxy });
      await leaveAt(left.fetch(url, { signal: client.signal }), client, () => source.count("get") === 1);
      expect(destination.count("put")).toBe(0);
      expect((await service().fetch(url)).headers.get("x-cache")).toBe("made");
    });

    it("while a source elsewhere drips: it is cancelled", async () => {
      const client = new AbortController();
      const path = "/drip?bytes=500&id=left";
      const source = encodeURIComponent(`${originUrl}${path}`);
      const left = service({ ALLOW_ANY_SOURCE: "1", SOURCE_HOSTS: originUrl });
      const fetched = left.fetch(`/display?op=resize&w=90&url=${source}`, { signal: client.signal });
      await expect.poll(() => hitsOf(path)).toMatchObject({ hits: 1 });
      client.abort();
      expect((await fetched).status).toBe(503);
      await expect.poll(() => hitsOf(path)).toEqual({ hits: 1, cancelled: 1 });
    });

    it("while others wait for the same: they get it", async () => {
      const source = faulty(env.SOURCE, slowly);
      const client = new AbortController();
      const shared = service({ SOURCE: source.proxy });
      const left = shared.fetch(url, { signal: client.signal });
      await vi.waitUntil(() => source.count("get") === 1);
      const others = shared.fetchAll(Array(5).fill(url));
      await scheduler.wait(5);
      client.abort();
      expect((await others).map(({ status }) => status)).toEqual(Array(5).fill(200));
      await left;
      expect(source.count("get")).toBe(1);
    });

    it("when the picture is made: it is stored", async () => {
      const destination = faulty(env.DESTINATION, { put: () => scheduler.wait(50) });
      const client = new AbortController();
      const left = service({ DESTINATION: destination.proxy }).fetch(url, { signal: client.signal });
      await leaveAt(left, client, () => destination.count("put") === 1);
      expect((await service().fetch(url)).headers.get("x-cache")).toBe("stored");
    });
  });

  it("F7: bad pictures between good ones change nothing", async () => {
    const good = await (await service().fetch(`${url}?force=1`)).bytes();
    const jpeg = await encode(gradient(300, 200), "jpg");
    for (const cut of [2, 20, 200, 300, 620]) await env.SOURCE.put(`bad${cut}.jpg`, jpeg.subarray(0, cut));
    for (const cut of [2, 20, 200, 300, 620]) {
      const bad = await service().fetch(`/display/resize/90x/bad${cut}.jpg`);
      expect([200, 415, 422]).toContain(bad.status);
      expect(await (await service().fetch(`${url}?force=1`)).bytes()).toEqual(good);
    }
  });

  it.for(["jpg", "png", "webp", "gif", "avif", "bmp"] as const)(
    "F7: damaged %s files between good ones change nothing",
    async (format) => {
      const file = await encode(gradient(90, 60), format);
      await env.SOURCE.put("good", file);
      const ask = (path: string) =>
        service({ KVSTORE: undefined }).fetch(`/display?path=${path}&op=resize&w=40&force=1`);
      const good = await (await ask("good")).bytes();
      const statuses = new Set<number>();
      for (const bad of mutants([file], 15, 5)) {
        await env.SOURCE.put("bad", bad);
        statuses.add((await ask("bad")).status);
        const again = await ask("good");
        expect([again.status, await again.bytes()]).toEqual([200, good]);
      }
      expect([...statuses].filter((status) => ![200, 413, 415, 422].includes(status))).toEqual([]);
      expect(statuses.has(415) || statuses.has(422)).toBe(true);
    },
  );

  it("F7: a picture that takes more memory than there is changes nothing", async () => {
    const good = await (await service().fetch(`${url}?force=1`)).bytes();
    const generous = service({ KVSTORE: undefined, MAX_AVIF_PIXELS: "12000000" });
    const trapped = await generous.fetch("/display?path=photo.jpg&op=resize&w=2400&h=2000&fmt=avif");
    expect([trapped.status, await trapped.json()]).toEqual([
      422,
      expect.objectContaining({ code: "output_too_large" }),
    ]);
    expect(await (await service().fetch(`${url}?force=1`)).bytes()).toEqual(good);
  });

  it("a key store that tells an older record changes nothing: the object knows better", async () => {
    await service().fetch(url);
    const [{ name }] = (await env.KEYS.list()).keys;
    const older = await env.KEYS.getWithMetadata(name);
    await replace();
    const newer = await service().fetch(url);
    await env.KEYS.put(name, older.value ?? "", { metadata: older.metadata ?? {} });
    const again = await service().fetch(url);
    expect([again.headers.get("x-cache"), again.headers.get("etag")]).toEqual(["stored", newer.headers.get("etag")]);
    expect(await again.bytes()).toEqual(await newer.bytes());
  });

  it("KV entry missing, object there: found by its name, and the key written again", async () => {
    await service().fetch(url);
    for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
    expect((await service().fetch(url)).headers.get("x-cache")).toBe("stored");
    expect((await env.KEYS.list()).keys).toHaveLength(1);
  });

  it.for([
    ["a range", 206, url, { headers: { range: "bytes=0-9" } }],
    ["a range behind the end", 416, url, { headers: { range: "bytes=99999-" } }],
    ["a copy that is still good", 304, url, { headers: { "if-none-match": "*" } }],
    ["HEAD", 200, url, { method: "HEAD" }],
    ["/get", 200, url.replace("display", "get"), {}],
  ] as const)("lets go of a stored picture that is not read: %s", async ([, status, path, init]) => {
    await service().fetch(url);
    const opened: { cancelled: boolean }[] = [];
    const get = async (name: string, options: R2GetOptions) => {
      const object = await env.DESTINATION.get(name, options);
      if (!object || "range" in options) return object;
      const watch = { cancelled: false };
      opened.push(watch);
      const { size, etag, uploaded, customMetadata } = object;
      await object.body.cancel();
      const cancel = () => {
        watch.cancelled = true;
      };
      const body = new ReadableStream({ cancel });
      return { size, etag, uploaded, customMetadata, body };
    };
    const response = await service({ DESTINATION: { get } }).fetch(path, init);
    expect([response.status, opened]).toEqual([status, [{ cancelled: true }]]);
  });

  it.for([
    ["made again", (name: string): Promise<unknown> => env.DESTINATION.put(name, new Uint8Array(5_000))],
    ["deleted", (name: string): Promise<unknown> => env.DESTINATION.delete(name)],
  ] as const)("answers a part of the picture that it opened when that is %s meanwhile", async ([, change]) => {
    const whole = await (await service().fetch(url)).bytes();
    const get = async (name: string, options: R2GetOptions) => {
      if ("range" in options) await change(name);
      return env.DESTINATION.get(name, options);
    };
    const part = await service({ DESTINATION: { get } }).fetch(url, { headers: { range: "bytes=400-499" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 400-499/${whole.length}`]);
    expect(await part.bytes()).toEqual(whole.slice(400, 500));
  });

  it.for(["list", "delete"])(
    "a key store whose %s fails is 503 for a deletion, which then can be finished",
    async (call) => {
      const vars = { ENABLE_DELETE: "1", ENABLE_CASCADE_DELETE: "1", UPLOAD_OPEN: "1" };
      await service(vars).fetch(url);
      const broken = service({ ...vars, KEYS: faulty(env.KEYS, { [call]: fail }).proxy });
      for (const path of ["/photo.jpg", ...(call === "delete" ? [url] : [])]) {
        const response = await broken.fetch(path, { method: "DELETE" });
        expect([response.status, await response.json()]).toEqual([
          503,
          expect.objectContaining({ code: "storage_unavailable" }),
        ]);
      }
      expect((await service(WRITABLE).fetch("/photo.jpg", { method: "DELETE" })).status).toBe(404);
      expect([(await env.DESTINATION.list()).objects, (await env.KEYS.list()).keys]).toEqual([[], []]);
    },
  );

  it.for([
    ["SOURCE", "get", 503, "no-store"],
    ["DESTINATION", "get", 503, "no-store"],
    ["DESTINATION", "put", 200, "public, max-age=60"],
  ] as const)(
    "E2: a storage that never answers is one that fails: %s.%s is %i",
    async ([name, call, status, cache]) => {
      const silent = { [name]: faulty(env[name], { [call]: hang }).proxy, SOURCE_HEADERS_TIMEOUT_MS: "100" };
      const response = await service(silent).fetch(url);
      expect([response.status, response.headers.get("cache-control")]).toEqual([status, cache]);
      expect((await service().fetch(url)).status).toBe(200);
    },
  );

  it("L14: sources that wait for their turn take memory only as there is room", async () => {
    const large = new Uint8Array(200_000);
    large.set(await encode(gradient(300, 200), "jpg"));
    await env.SOURCE.put("large.jpg", large);
    let [held, most] = [0, 0];
    const source = new Proxy(env.SOURCE, {
      get: (bucket, name) =>
        name !== "get"
          ? Reflect.get(bucket, name)
          : async (key: string) => {
              const object = await bucket.get(key);
              const pieces = inPieces(large, (piece) => {
                if (piece === 2) most = Math.max(most, ++held);
              });
              return object && new Proxy(object, { get: (o, n) => (n === "body" ? pieces : Reflect.get(o, n, o)) });
            },
    });
    const destination = faulty(env.DESTINATION, { put: () => scheduler.wait(20).then(() => held--) });
    // A quarter of it, 262,144 bytes, is for sources.
    const small = service({ SOURCE: source, DESTINATION: destination.proxy, DECODE_BUDGET_BYTES: "1048576" });
    const responses = await small.fetchAll([11, 12, 13, 14, 15].map((w) => `/display/resize/${w}x/large.jpg`));
    expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(most).toBe(1);
  });

  it("E2: what could only be started too late is refused, not answered late", async () => {
    const slow = faulty(env.SOURCE, { get: () => scheduler.wait(300) });
    const vars = { SOURCE: slow.proxy, SOURCE_TIMEOUT_MS: "100", MAX_WAIT_MS: "100" };
    const response = await service(vars).fetch(url);
    expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ code: "busy" })]);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it.for([
    ["deleted", 404, () => service(WRITABLE).fetch("/photo.jpg", { method: "DELETE" })],
    ["replaced", 200, () => replace()],
  ] as const)("U3: what was being made of a source that was %s meanwhile is not kept", async ([, status, change]) => {
    const slow = faulty(env.DESTINATION, { put: () => scheduler.wait(200) });
    const making = service({ ...WRITABLE, DESTINATION: slow.proxy }).fetch(url);
    await vi.waitUntil(() => slow.count("put") === 1);
    expect((await change()).status).toBe(200);
    expect((await making).status).toBe(200);
    const after = await service(WRITABLE).fetch(url);
    expect([after.status, after.headers.get("x-cache")]).toEqual([status, status === 200 ? "made" : null]);
  });

  it("an empty object, such as picfit left behind, is made again", async () => {
    const first = await (await service().fetch(url)).bytes();
    for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.put(key, "");
    const again = await service().fetch(url);
    expect([again.headers.get("x-cache"), await again.bytes()]).toEqual(["made", first]);
    expect((await service().fetch(url)).headers.get("x-cache")).toBe("stored");
  });

  it("force makes it again and overwrites", async () => {
    await service().fetch(url);
    await env.SOURCE.put("photo.jpg", await encode(gradient(200, 200), "jpg"));
    expect((await service().fetch(url)).headers.get("x-cache")).toBe("stored");
    expect((await service().fetch(`${url}?force=1`)).headers.get("x-cache")).toBe("made");
    const { headers } = await service().fetch(url);
    expect(headers.get("x-cache")).toBe("stored");
  });

  it("a record that picfit wrote is served without making anything", async () => {
    const key = "540d90a9cc7a76bf72b1e4fc4516d84d";
    const bytes = await encode(gradient(50, 50), "png");
    await env.DESTINATION.put(`${key}.png`, bytes);
    await env.KEYS.put(`picfit:${key}`, `${key}.png`);
    const response = await service().fetch("/display?w=50&h=50&op=resize&path=avatar.png");
    expect([response.headers.get("x-cache"), response.headers.get("content-type")]).toEqual(["stored", "image/png"]);
    expect(await response.bytes()).toEqual(bytes);
  });
});
