import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { peakWasmBytes } from "../../src/platform/wasm-memory.ts";
import { decodeResponse } from "../support/decode.ts";
import { corners, encode, gradient } from "../support/drawings.ts";
import { service } from "../support/service.ts";
import { peakWasmBytesOf } from "../support/wasm-memory.ts";

const SHARD = { width: 1, depth: 2, restonly: true };
const STORAGE = {
  src: { type: "r2", binding: "SOURCE", location: "originals", base_url: "https://cdn.test/o" },
  dst: { type: "r2", binding: "DESTINATION", location: "made/", base_url: "https://cdn.test/d/" },
};
const UPLOAD_SECRET = "correct-horse";
const writer = service({
  STORAGE,
  SHARD,
  UPLOAD_SECRET,
  ENABLE_UPLOAD: "1",
  ENABLE_DELETE: "1",
  ENABLE_CASCADE_DELETE: "1",
});
const authorization = { authorization: `Bearer ${UPLOAD_SECRET}` };

const namesIn = async (bucket: R2Bucket) => (await bucket.list()).objects.map(({ key }) => key);
const keysIn = async () => (await env.KEYS.list()).keys.map(({ name }) => name);

beforeEach(async () => {
  for (const bucket of [env.SOURCE, env.DESTINATION])
    for (const name of await namesIn(bucket)) await bucket.delete(name);
  for (const name of await keysIn()) await env.KEYS.delete(name);
  const png = await encode(gradient(160, 120), "png");
  for (const name of ["image1.png", "image2.png"]) await env.SOURCE.put(`originals/${name}`, png);
});

const form = (bytes: Uint8Array, name: string, field = "data"): FormData => {
  const data = new FormData();
  data.set(field, new File([bytes], name));
  return data;
};

describe("GET /get and /redirect", () => {
  it("store before they answer, and say where", async () => {
    const response = await writer.fetch("/get/resize/100x100/image1.png");
    const body = (await response.json()) as Record<string, string>;
    expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
    const { key } = body;
    const name = `${key[0]}/${key[1]}/${key.slice(2)}.png`;
    expect(body).toEqual({
      filename: `${key.slice(2)}.png`,
      key,
      path: `made/${name}`,
      url: `https://cdn.test/d/made/${name}`,
    });
    expect(await namesIn(env.DESTINATION)).toEqual([`made/${name}`]);
    expect(await env.KEYS.get(`picfit:${key}`)).toBe(name);
    expect(await (await writer.fetch("/get/resize/100x100/image1.png")).json()).toEqual(body);
    const redirected = await writer.fetch("/redirect/resize/100x100/image1.png", { redirect: "manual" });
    expect([redirected.status, redirected.headers.get("location")]).toEqual([301, body.url]);
  });

  it("point to the display URL where the storage has no public address", async () => {
    const plain = service({ REDIRECT_STATUS: "302" });
    await env.SOURCE.put("a.png", await encode(corners(30, 20), "png"));
    const query = "?path=a.png&op=resize&w=10";
    expect(await (await plain.fetch(`/get${query}`)).json()).toMatchObject({
      url: `https://pics.test/display${query}`,
    });
    const redirected = await plain.fetch("/redirect/resize/10x/a.png", { redirect: "manual" });
    expect([redirected.status, redirected.headers.get("location")]).toEqual([
      302,
      "https://pics.test/display/resize/10x/a.png",
    ]);
  });
});

describe("POST /upload", () => {
  const upload = (body: BodyInit, headers: Record<string, string> = authorization) =>
    writer.fetch("/upload", { method: "POST", body, headers });

  it("keeps the bytes under the base name and says where", async () => {
    const bytes = await encode(corners(40, 40), "png");
    const response = await upload(form(bytes, "folder/avatar.png"));
    expect(await response.json()).toEqual({
      filename: "avatar.png",
      path: "originals/avatar.png",
      url: "https://cdn.test/o/originals/avatar.png",
    });
    expect(await (await env.SOURCE.get("originals/avatar.png"))?.bytes()).toEqual(bytes);
    expect((await writer.fetch("/display/resize/20x/avatar.png")).status).toBe(200);
  });

  it("makes everything anew after a picture was replaced", async () => {
    const before = await decodeResponse(await writer.fetch("/display/resize/20x/image1.png"));
    await upload(form(await encode(corners(40, 40), "png"), "image1.png"));
    const after = await decodeResponse(await writer.fetch("/display/resize/20x/image1.png"));
    expect([before.image.height, after.image.height]).toEqual([15, 20]);
  });

  it("asks for a token", async () => {
    const body = form(await encode(corners(4, 4), "png"), "a.png");
    expect((await upload(body, {})).status).toBe(401);
    expect((await upload(body, { authorization: "Bearer wrong" })).status).toBe(401);
    expect(await namesIn(env.SOURCE)).toHaveLength(2);
  });

  it.for([
    ["no picture", 415, new TextEncoder().encode("text"), "a.png", "data"],
    ["no name", 400, new Uint8Array(1), "", "data"],
    ["a name that is no name", 400, new Uint8Array(1), "..", "data"],
    ["another field", 400, new Uint8Array(1), "a.png", "file"],
  ] as const)("refuses %s with %i and keeps nothing", async ([, status, bytes, name, field]) => {
    expect((await upload(form(bytes, name, field))).status).toBe(status);
    expect(await namesIn(env.SOURCE)).toHaveLength(2);
  });

  it("refuses a cut picture", async () => {
    const bytes = await encode(gradient(300, 200), "png");
    expect((await upload(form(bytes.subarray(0, 40), "a.png"))).status).toBe(422);
    expect(await namesIn(env.SOURCE)).toHaveLength(2);
  });

  it("refuses other types with picfit's words", async () => {
    const json = await upload("{}", { ...authorization, "content-type": "text/plain" });
    expect([json.status, await json.json()]).toEqual([
      400,
      expect.objectContaining({ detail: expect.stringContaining("Unsupported Content-Type") }),
    ]);
    const none = await upload(new Uint8Array(3));
    expect([none.status, await none.json()]).toEqual([400, expect.objectContaining({ detail: "Empty Content-Type" })]);
  });

  it("refuses more bytes than MAX_UPLOAD_BYTES", async () => {
    const small = service({ ...writer.env, MAX_UPLOAD_BYTES: "2000" });
    const send = (bytes: Uint8Array) =>
      small.fetch("/upload", { method: "POST", body: form(bytes, "a.png"), headers: authorization });
    expect((await send(new Uint8Array(3000))).status).toBe(413);
    expect((await send(await encode(corners(8, 8), "png"))).status).toBe(200);
  });

  it("is off unless it was opened", async () => {
    const body = form(await encode(corners(4, 4), "png"), "a.png");
    for (const vars of [{}, { ENABLE_UPLOAD: "1" }, { UPLOAD_SECRET: "x" }, { UPLOAD_OPEN: "1" }]) {
      const response = await service({ STORAGE, ...vars }).fetch("/upload", { method: "POST", body });
      expect([response.status, await response.json()]).toEqual([
        403,
        expect.objectContaining({ code: "route_disabled" }),
      ]);
    }
    const opened = service({ STORAGE, ENABLE_UPLOAD: "1", UPLOAD_OPEN: "1" });
    expect((await opened.fetch("/upload", { method: "POST", body })).status).toBe(200);
  });

  it("listens to CF-Connecting-IP only", async () => {
    const listed = service({ ...writer.env, ALLOWED_IP_ADDRESSES: ["192.0.2.0/24", "2001:db8::/32"] });
    const send = async (headers: Record<string, string>) =>
      (await listed.fetch("/image2.png", { method: "DELETE", headers: { ...authorization, ...headers } })).status;
    expect(await send({ "x-forwarded-for": "192.0.2.1" })).toBe(401);
    expect(await send({ "cf-connecting-ip": "198.51.100.1" })).toBe(401);
    expect(await send({ "cf-connecting-ip": "192.0.2.77" })).toBe(200);
  });

  it.for(["192.0.2.0/", "192.0.2.0/any", "192.0.2.0/33", "office"])(
    "opens for nobody by %j in the list",
    async (range) => {
      const broken = service({ ...writer.env, ALLOWED_IP_ADDRESSES: [range] });
      const headers = { ...authorization, "cf-connecting-ip": "198.51.100.1" };
      const response = await broken.fetch("/image2.png", { method: "DELETE", headers });
      expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
        500,
        expect.stringContaining("ALLOWED_IP_ADDRESSES"),
      ]);
    },
  );
});

describe("DELETE", () => {
  const remove = (path: string) => writer.fetch(path, { method: "DELETE", headers: authorization });

  it("deletes a source with all that was made from it, and nothing else", async () => {
    for (const side of [100, 110, 120, 130, 140]) await writer.fetch(`/get/resize/100x${side}/image1.png`);
    for (const side of [100, 110]) await writer.fetch(`/get/resize/100x${side}/image2.png`);
    expect(await namesIn(env.DESTINATION)).toHaveLength(7);
    const response = await remove("/image1.png");
    expect([response.status, await response.text()]).toEqual([200, "Ok"]);
    expect(await namesIn(env.DESTINATION)).toHaveLength(2);
    expect(await namesIn(env.SOURCE)).toEqual(["originals/image2.png"]);
    expect((await remove("/image1.png")).status).toBe(404);
    expect((await remove("/image2.png")).status).toBe(200);
    expect(await namesIn(env.DESTINATION)).toEqual([]);
    expect(await keysIn()).toEqual([]);
  });

  it("answers 404 without a word about caching it", async () => {
    const response = await remove("/absent.png");
    expect([response.status, response.headers.get("cache-control")]).toEqual([404, "no-store"]);
  });

  it.for(["/image1.png", "/%2Fimage1.png"])(
    "deletes by %s what was made from the path with and without a slash",
    async (path) => {
      for (const source of ["image1.png", "/image1.png"]) await writer.fetch(`/get?path=${source}&op=resize&w=20`);
      expect(await namesIn(env.DESTINATION)).toHaveLength(2);
      expect((await remove(path)).status).toBe(200);
      expect([await namesIn(env.DESTINATION), await keysIn()]).toEqual([[], []]);
    },
  );

  it("deletes a source although a child's object has gone", async () => {
    await writer.fetch("/get/resize/10x/image1.png");
    for (const name of await namesIn(env.DESTINATION)) await env.DESTINATION.delete(name);
    expect((await remove("/image1.png")).status).toBe(200);
  });

  it.for(["/resize/50x/image1.png", "/display/resize/50x/image1.png", "/display?path=image1.png&op=resize&w=50"])(
    "deletes one derivative by %s",
    async (path) => {
      await writer.fetch("/get/resize/50x/image1.png");
      await writer.fetch("/get/resize/60x/image1.png");
      expect((await remove(path)).status).toBe(200);
      expect(await namesIn(env.DESTINATION)).toHaveLength(1);
      expect(await namesIn(env.SOURCE)).toHaveLength(2);
      expect((await remove(path)).status).toBe(200);
    },
  );

  it("does not take a stray query for a deletion of nothing", async () => {
    expect((await remove("/image1.png?x=1")).status).toBe(400);
    expect(await namesIn(env.SOURCE)).toHaveLength(2);
  });

  it.for(["/..%2Fsecret", "/%2e%2e%2fsecret", "/originals%5Cimage1.png", "/"])(
    "cannot leave its prefix by %s",
    async (path) => {
      await env.SOURCE.put("secret", "x");
      expect((await remove(path)).status).toBeGreaterThanOrEqual(400);
      expect(await env.SOURCE.head("secret")).not.toBeNull();
    },
  );

  it("is off unless it was opened, and asks for a token", async () => {
    expect((await service({ STORAGE }).fetch("/image1.png", { method: "DELETE" })).status).toBe(403);
    expect((await writer.fetch("/image1.png", { method: "DELETE" })).status).toBe(401);
    expect(await namesIn(env.SOURCE)).toHaveLength(2);
  });
});

describe("service routes", () => {
  it("GET /healthcheck needs no signature", async () => {
    const response = await service({ SECRET_KEY: "k" }).fetch("/healthcheck");
    expect(await response.json()).toMatchObject({
      status: "Ok",
      version: expect.any(String),
      uptime: expect.any(String),
    });
  });

  it("GET /sys/stats counts answers, where it is switched on", async () => {
    const counting = service({ ENABLE_STATS: "1" });
    expect((await service().fetch("/sys/stats")).status).toBe(403);
    await counting.fetch("/healthcheck");
    expect(await (await counting.fetch("/sys/stats")).json()).toMatchObject({
      total_count: 1,
      total_status_code_count: { 200: 1 },
    });
  });

  it("GET /sys/stats tells the most WebAssembly memory that was used at once", async () => {
    const counting = service({ STORAGE, ENABLE_STATS: "1" });
    await env.SOURCE.put("originals/weighed.png", await encode(gradient(300, 200), "png"));
    const { peak } = await peakWasmBytesOf(async () => {
      await counting.fetch("/display?path=weighed.png&op=resize&w=1500&fmt=png");
    });
    expect(peak).toBeGreaterThan(1500 * 1000 * 4);
    const { peak_wasm_bytes } = await (await counting.fetch("/sys/stats")).json<{ peak_wasm_bytes: number }>();
    expect(peak_wasm_bytes).toBeGreaterThanOrEqual(peak);
    expect(peak_wasm_bytes).toBe(peakWasmBytes());
  });

  it("GET /sys/health tells what the isolate is busy with", async () => {
    expect((await service().fetch("/sys/health")).status).toBe(403);
    expect(await (await service({ ENABLE_HEALTH: "1" }).fetch("/sys/health")).json()).toEqual({
      jobs: 0,
      reservedBytes: 0,
      waiting: 0,
    });
  });

  it.for(["/error", "/panic", "/debug/pprof/"])("%s does not exist", async (path) => {
    for (const { fetch } of [service(), writer]) expect((await fetch(path)).status).toBe(404);
  });
});
