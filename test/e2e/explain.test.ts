import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../src/create-app.ts";
import type { Explanation } from "../../src/image/explanation.ts";
import type { Runner, Waiting } from "../../src/platform/budget.ts";
import { hmacHex } from "../../src/platform/crypto.ts";
import { decode } from "../support/decode.ts";
import { draw, encode, gradient } from "../support/drawings.ts";
import { gif, gifControl, gifImage } from "../support/gif.ts";
import { flatJpeg, segment } from "../support/jpeg.ts";
import { type Service, service } from "../support/service.ts";
import { peakWasmBytesOf } from "../support/wasm-memory.ts";

const open = service();
/** Names of its own, and no keys: neither finds what the other made. */
const keeping = service({ KEEP_ICC: true, FORMAT: "webp", SHARD: { width: 2, depth: 1 }, KVSTORE: undefined });

const SOURCES = ["photo.jpg", "glass.png", "moving.gif", "photo.webp", "photo.avif", "photo.bmp", "noextension"];

/** An EXIF directory that says nothing but orientation 6. */
const TURNED = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

beforeAll(async () => {
  const glass = draw(90, 60, (x) => [255, 0, 0, x]);
  const moving = gif(40, 30, Array(4).fill([...gifControl(1, 5), ...gifImage(0, 0, 40, 30, Array(1200).fill(1))]));
  const files = {
    "photo.jpg": await encode(gradient(640, 480), "jpg"),
    "glass.png": await encode(glass, "png"),
    "moving.gif": moving,
    "photo.webp": await encode(gradient(120, 90), "webp"),
    "photo.avif": await encode(gradient(120, 90), "avif"),
    "photo.bmp": await encode(glass, "bmp"),
    noextension: await encode(gradient(64, 48), "jpg"),
    "turned.jpg": flatJpeg({
      ...{ width: 32, height: 16, components: [{ id: 1, across: 1, down: 1, dc: 1 }] },
      extra: [segment(0xe1, [...new TextEncoder().encode("Exif\0\0MM\0*\0\0\0\b"), ...TURNED])],
    }),
    "text.jpg": new TextEncoder().encode("this is no picture"),
  };
  for (const [name, bytes] of Object.entries(files)) await env.SOURCE.put(name, bytes);
});

const explained = async (query: string, { fetch }: Service = open): Promise<Explanation> => {
  const response = await fetch(`/explain?${query}`);
  expect(response.status).toBe(200);
  return response.json();
};

/** What the isolate's memory is asked for while `work` runs. */
async function reservedBy({ env }: Service, work: () => Promise<unknown>): Promise<number[]> {
  const app = createApp(env, "pics.test");
  const { on } = app.budget;
  const reserved: number[] = [];
  Object.assign(app.budget, {
    on: (waiting: Waiting) => {
      const admission = on(waiting);
      const counting = <T extends Runner>({ run, ...others }: T) => ({
        ...others,
        run: ((bytes, job) => {
          reserved.push(bytes);
          return run(bytes, job);
        }) as typeof run,
      });
      return { ...counting(admission), hold: () => counting(admission.hold()) };
    },
  });
  await work().finally(() => Object.assign(app.budget, { on }));
  return reserved;
}

const OPERATIONS = [
  "op=noop",
  "op=resize&w=32",
  "op=thumbnail&w=20&h=20&fmt=jpg",
  "op=rotate&fmt=png",
  "op=op:crop+x:4+y:4+w:20+h:20&op=op:rotate+deg:90&fmt=gif&q=40",
  "op=resize&w=30&fmt=jpg&effort=max",
  "op=resize&w=30&op=op:flat+pos:10.10.90.90+path:glass.png+color:ff0000&fmt=avif&q=0",
];
const CASES = SOURCES.flatMap((source) => OPERATIONS.map((operations) => `path=${source}&${operations}`));

describe.for([
  ["as shipped", open],
  ["with KEEP_ICC, FORMAT and SHARD", keeping],
] as const)("GET /explain %s", ([, asked]) => {
  it.for(CASES)("tells what /display does for %s", async (query) => {
    const { key, etag, cacheControl, stored, operations, making } = await explained(query, asked);
    expect(stored).toBeUndefined();
    expect(await env.DESTINATION.head(making?.output.name ?? "")).toBeNull();
    let response = new Response();
    const reserved = await reservedBy(asked, async () => {
      response = await asked.fetch(`/display?${query}`);
    });
    expect(response.headers.get("x-cache")).toBe("made");
    expect(response.headers.get("etag")).toBe(etag);
    expect(response.headers.get("cache-control")).toBe(cacheControl);
    expect(response.headers.get("content-type")).toBe(making?.output.mime);
    expect(response.headers.get("server-timing")).toContain(`road;desc="${making?.plan.road}"`);
    expect(reserved.at(-1)).toBe(making?.plan.memoryBytes);
    const { header } = await decode(await response.bytes());
    const { width, height, frames, format } = making?.output ?? {};
    expect([header.width, header.height, header.frameCount, header.format]).toEqual([width, height, frames, format]);
    expect(operations.at(-1)?.size).toEqual({ width, height });
    const located = await (await asked.fetch(`/get?${query}`)).json();
    expect(located).toMatchObject({ key, path: making?.output.name });
    const after = await explained(query, asked);
    expect(after).toMatchObject({ key, etag, making: JSON.parse(JSON.stringify(making)) });
    expect(after.stored).toMatchObject({ name: making?.output.name, origin: "stored" });
    expect(after.stored?.bytes).toBe((await env.DESTINATION.head(making?.output.name ?? ""))?.size);
  });
});

describe("GET /explain", () => {
  it("tells everything of a photo", async () => {
    const source = await env.SOURCE.head("photo.jpg");
    const explanation = await explained("op=fit&path=photo.jpg&w=40&q=80");
    expect(explanation).toEqual({
      canonical: "op=fit&path=photo.jpg&q=80&w=40",
      signature: { required: false, algorithm: "SHA-1" },
      key: "c8441fef9fe2186469d501f88c78a60a",
      etag: expect.stringMatching(/^"c8441fef9fe2186469d501f88c78a60a-[0-9a-f]{12}"$/),
      cacheControl: "public, max-age=31536000",
      operations: [{ name: "fit", size: { width: 40, height: 30 } }],
      making: {
        source: {
          ...{ path: "photo.jpg", width: 640, height: 480, format: "jpg", bytes: source?.size, orientation: 1 },
          ...{ frames: 1, alpha: false, colour: "yuv", depth: 8, progressive: false },
        },
        plan: {
          ...{ way: "planes", road: "jpg planes 1/8 resample > jpg", decoder: "jpg", shrink: "1/8" },
          ...{ steps: ["resample"], memoryBytes: expect.any(Number), budgetBytes: 83_886_080 },
        },
        output: {
          ...{ format: "jpg", mime: "image/jpeg", width: 40, height: 30, frames: 1, quality: 80, effort: "normal" },
          name: "c8441fef9fe2186469d501f88c78a60a.jpg",
        },
      },
      urls: { query: "/display?op=fit&path=photo.jpg&q=80&w=40", path: "/display/fit/40x/photo.jpg?q=80" },
    });
  });

  it("reads the path form", async () => {
    const response = await open.fetch("/explain/fit/40x/photo.jpg?q=80");
    expect(await response.json()).toEqual(await explained("op=fit&path=photo.jpg&w=40&q=80"));
  });

  it("is never kept", async () => {
    const response = await open.fetch("/explain/fit/40x/photo.jpg", { method: "HEAD" });
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await response.text()).toBe("");
  });

  it("touches no WebAssembly", async () => {
    const { peak } = await peakWasmBytesOf(async () => {
      for (const query of CASES.filter((query) => !query.includes("flat"))) await explained(`${query}&force=1`);
    });
    expect(peak).toBe(0);
  });

  it("tells of the picture as it is shown where the file is turned", async () => {
    const { making, operations } = await explained("path=turned.jpg&op=crop&x=5&w=20");
    expect(making?.source).toMatchObject({ width: 16, height: 32, orientation: 6 });
    expect(making?.plan).toMatchObject({ road: "jpg planes 1/1 crop orient > jpg", steps: ["crop", "orient"] });
    expect(operations).toEqual([{ name: "crop", size: { width: 11, height: 32 } }]);
  });

  it("tells what is stored where the source has gone", async () => {
    const query = "path=gone.jpg&op=resize&w=8&h=8";
    await env.SOURCE.put("gone.jpg", await encode(gradient(16, 16), "jpg"));
    const { etag } = await explained(query);
    await open.fetch(`/display?${query}`);
    await env.SOURCE.delete("gone.jpg");
    const explanation = await explained(query);
    expect(explanation).toMatchObject({ etag, operations: [{ name: "resize" }], stored: { origin: "stored" } });
    expect(explanation.making).toBeUndefined();
    expect((await open.fetch(`/explain?${query}&force=1`)).status).toBe(404);
  });

  it("tells what lies near", async () => {
    const near = service({ EDGE_CACHE: { seconds: 60, name: "explained" } });
    await near.fetch("/display?path=photo.jpg&op=resize&w=11");
    expect((await explained("path=photo.jpg&op=resize&w=11", near)).stored?.origin).toBe("edge");
  });

  it("tells no name where nothing is kept", async () => {
    const fleeting = service();
    Object.assign(createApp(fleeting.env, "pics.test"), { destination: undefined });
    const { making } = await explained("path=glass.png&op=noop", fleeting);
    expect(making?.output.name).toBeUndefined();
  });

  it.for([
    "op=noop",
    "path=photo.jpg",
    "path=photo.jpg&op=resize&w=ten",
    "path=photo.jpg&op=resize&w=10&width=10",
    "path=photo.jpg&op=resize&w=9000",
    "path=photo.jpg&op=crop&x=5000",
    "path=photo.jpg&op=noop&fmt=tiff",
    "path=../photo.jpg&op=noop",
    "path=absent.jpg&op=noop",
    "path=text.jpg&op=noop",
    "path=glass.png&op=resize&w=3000&h=2000&fmt=avif",
    "path=photo.jpg&op=fit&w=9&op=op:flat+pos:0.0.90.90+path:absent.png",
    "url=https://strangers.test/a.jpg&op=noop",
  ])("fails as /display does for %s", async (query) => {
    const [shown, told] = [await open.fetch(`/display?${query}`), await open.fetch(`/explain?${query}`)];
    const [expected, found] = [await shown.json<Record<string, unknown>>(), await told.json<Record<string, unknown>>()];
    expect(shown.status).toBeGreaterThanOrEqual(400);
    expect(told.status).toBe(shown.status);
    expect({ ...found, requestId: "" }).toEqual({ ...expected, requestId: "" });
  });

  it("takes the signature that was made for /display", async () => {
    const signed = service({ SECRET_KEY: "abcdef", SIGN_ALGO: "sha256" });
    const query = "op=fit&path=photo.jpg&w=40";
    const sig = await hmacHex("SHA-256", "abcdef", query);
    const { signature, urls, canonical } = await explained(`${query}&sig=${sig}`, signed);
    expect(signature).toEqual({ required: true, algorithm: "SHA-256" });
    expect(canonical).toBe(query);
    for (const url of [urls.query, urls.path ?? ""]) expect((await signed.fetch(url)).status).toBe(200);
    expect((await signed.fetch(`/explain/${sig}/fit/40x/photo.jpg`)).status).toBe(200);
    expect((await signed.fetch(`/explain?${query}`)).status).toBe(401);
    expect((await signed.fetch(`/explain?${query}1&sig=${sig}`)).status).toBe(401);
  });

  it("is off with ENABLE_EXPLAIN=false", async () => {
    const response = await service({ ENABLE_EXPLAIN: "false" }).fetch("/explain/fit/40x/photo.jpg");
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "route_disabled" });
  });
});
