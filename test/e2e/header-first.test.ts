import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/create-app.ts";
import { encode, gradient } from "../support/drawings.ts";
import { faulty } from "../support/faulty.ts";
import { hitsOf, originUrl } from "../support/origin.ts";
import { inPieces } from "../support/pieces.ts";
import { service } from "../support/service.ts";
import { silence } from "../support/silence.ts";

/** Like a photo of 1.5 MB: what a decoder does not need is at its end. */
async function largePhoto(): Promise<Uint8Array> {
  const bytes = new Uint8Array(1_500_000);
  bytes.set(await encode(gradient(300, 200), "jpg"));
  return bytes;
}

/** A JPEG that says it has 25,000 x 25,000 pixels, and so many bytes. */
async function hugeJpeg(length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const jpeg = await encode(gradient(16, 16), "jpg");
  const frame = jpeg.findIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xc0);
  bytes.set(jpeg);
  new DataView(bytes.buffer).setUint32(frame + 5, (25_000 << 16) | 25_000);
  return bytes;
}

/** A bucket with one source, of which each piece that is read is counted. */
function watched(bytes: Uint8Array, onPiece: (number: number) => void | Promise<void> = () => undefined) {
  const seen = { pieces: 0, cancelled: false };
  const piece = (number: number) => {
    seen.pieces = number;
    return onPiece(number);
  };
  const body = () =>
    inPieces(bytes, piece, () => {
      seen.cancelled = true;
    });
  const get = async () => ({ size: bytes.length, etag: "a", uploaded: new Date(0), body: body() });
  const bucket = faulty({ get } as unknown as R2Bucket);
  return { seen, bucket, vars: { SOURCE: bucket.proxy, MAX_SOURCE_BYTES: "100000000" } };
}

const url = "/display/resize/90x/photo.jpg";
const answer = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return `${response.status} ${code}`;
};

beforeEach(async () => {
  silence("error");
  for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
  for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
});

describe("header first: a source that will be refused", () => {
  it.for([
    ["has too many pixels", () => hugeJpeg(90_000_000), url, {}, "422 image_too_large"],
    ["makes too large a result", largePhoto, "/display/resize/7000x/photo.jpg", {}, "422 output_too_large"],
    ["needs too much memory", largePhoto, `${url}?fmt=png`, { MAX_WHOLE_BYTES: "1000" }, "422 image_too_large"],
    ["is no picture", async () => new Uint8Array(20_000_000), url, {}, "415 unsupported_image"],
  ] as const)("is not read when it %s", async ([, source, path, limits, refusal]) => {
    const { seen, bucket, vars } = watched(await source());
    const response = await service({ ...vars, ...limits }).fetch(path);
    expect(await answer(response)).toBe(refusal);
    expect([bucket.calls, seen]).toEqual([["get"], { pieces: 1, cancelled: true }]);
  });

  it("is cancelled where it comes from elsewhere", async () => {
    const path = "/endless?header-first";
    const source = encodeURIComponent(`${originUrl}${path}`);
    const response = await service({ SOURCE_HOSTS: originUrl, ALLOW_ANY_SOURCE: "1" }).fetch(
      `/display?op=resize&w=9&url=${source}`,
    );
    expect(await answer(response)).toBe("415 unsupported_image");
    await expect.poll(() => hitsOf(path)).toEqual({ hits: 1, cancelled: 1 });
  });

  it("is not read when it is to be drawn over another", async () => {
    const { seen, vars } = watched(await hugeJpeg(5_000_000));
    await env.SOURCE.put("photo.jpg", await encode(gradient(300, 200), "jpg"));
    const get = (key: string) => (key === "photo.jpg" ? env.SOURCE : vars.SOURCE).get(key);
    const path = `${url}?op=op:flat+path:huge.jpg+stick:top-left+w:50`;
    expect(await answer(await service({ ...vars, SOURCE: { get } }).fetch(path))).toBe("422 image_too_large");
    expect(seen).toEqual({ pieces: 1, cancelled: true });
  });
});

describe("header first: a source that will be made into something", () => {
  it.for([
    ["small", async () => encode(gradient(300, 200), "jpg")],
    ["large", largePhoto],
  ] as const)("is asked for once, and read once: a %s one", async ([, photo]) => {
    const bytes = await photo();
    const { seen, bucket, vars } = watched(bytes);
    expect((await service(vars).fetch(url)).status).toBe(200);
    expect(bucket.calls).toEqual(["get"]);
    expect(seen).toEqual({ pieces: Math.ceil(bytes.length / 65_536), cancelled: false });
  });

  it("counts with what will be made of it before it is read (L14)", async () => {
    const bytes = await largePhoto();
    const { promise: rest, resolve: sendRest } = Promise.withResolvers<void>();
    const { seen, vars } = watched(bytes, (piece) => (piece === 2 ? rest : undefined));
    const isolate = service(vars);
    const { budget, loading } = createApp(isolate.env, "pics.test");
    const fetched = isolate.fetch(url);
    await vi.waitUntil(() => seen.pieces === 2);
    expect(loading.state()).toEqual({ reservedBytes: bytes.length, waiting: 0 });
    expect(budget.state().reservedBytes).toBeGreaterThan(bytes.length + 100_000);
    sendRest();
    expect((await fetched).status).toBe(200);
    expect([loading.state(), budget.state()]).toEqual(Array(2).fill({ reservedBytes: 0, waiting: 0 }));
  });

  it("is not read while there is no room for that, and refused when the wait is too long", async () => {
    const { seen, vars } = watched(await largePhoto());
    const isolate = service({ ...vars, SOURCE_TIMEOUT_MS: "100", MAX_WAIT_MS: "100" });
    const { budget, loading } = createApp(isolate.env, "pics.test");
    const others = budget.hold();
    await others.take(83_000_000);
    expect(await answer(await isolate.fetch(url))).toBe("503 busy");
    expect(seen).toEqual({ pieces: 1, cancelled: true });
    others.end();
    expect([loading.state().reservedBytes, (await isolate.fetch(url)).status]).toEqual([0, 200]);
  });

  it("costs nothing while 32 others are looked at, and has not begun", async () => {
    const { promise: beginnings, resolve: sendBeginnings } = Promise.withResolvers<void>();
    const photo = await largePhoto();
    const seen = new Set<number>();
    let opened = 0;
    const get = async () => {
      const number = opened++;
      const body = inPieces(photo, (piece) => {
        seen.add(number);
        return piece === 1 ? beginnings : undefined;
      });
      return { size: photo.length, etag: "a", uploaded: new Date(0), body };
    };
    const isolate = service({ SOURCE: { get } });
    const { looking } = createApp(isolate.env, "pics.test");
    const fetched = isolate.fetchAll(Array.from({ length: 40 }, (_, at) => `/display/resize/${20 + at}x/photo.jpg`));
    await vi.waitUntil(() => seen.size === 32);
    expect([opened, looking.state()]).toEqual([40, { reservedBytes: 32 * 65_536, waiting: 8 }]);
    sendBeginnings();
    expect((await fetched).map(({ status }) => status)).toEqual(Array(40).fill(200));
    expect(looking.state()).toEqual({ reservedBytes: 0, waiting: 0 });
  });

  it("may be slow to get room: that is not its fault", async () => {
    const { seen, vars } = watched(await largePhoto());
    const isolate = service({ ...vars, SOURCE_HEADERS_TIMEOUT_MS: "200" });
    const others = createApp(isolate.env, "pics.test").budget.hold();
    await others.take(83_000_000);
    const fetched = isolate.fetch(url);
    await vi.waitUntil(() => seen.pieces === 1);
    await scheduler.wait(400);
    others.end();
    expect((await fetched).status).toBe(200);
  });
});
