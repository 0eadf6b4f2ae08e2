import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { encode, gradient } from "../support/drawings.ts";
import { service } from "../support/service.ts";

const vars = {
  STORAGE: {
    src: { type: "fetcher", binding: "FILES", location: "originals" },
    dst: { type: "fetcher", binding: "FILES", location: "derived" },
  },
  SHARD: { width: 1, depth: 2, restonly: true },
  ENABLE_DELETE: "1",
  ENABLE_CASCADE_DELETE: "1",
  ENABLE_UPLOAD: "1",
  UPLOAD_OPEN: "1",
};
const url = "/display/resize/60x/photo.jpg";

beforeAll(async () => {
  const photo = await encode(gradient(300, 200), "jpg");
  await env.FILES.fetch("http://x/originals/photo.jpg", { method: "PUT", body: photo });
  await env.FILES.fetch("http://x/secret.jpg", { method: "PUT", body: photo });
});

describe("a folder of files as storage", () => {
  it("makes, stores, and finds again with the same ETag", async () => {
    const made = await service(vars).fetch(url);
    const stored = await service(vars).fetch(url);
    expect([made.status, made.headers.get("x-cache"), stored.headers.get("x-cache")]).toEqual([200, "made", "stored"]);
    for (const header of ["etag", "last-modified", "content-type"])
      expect(stored.headers.get(header)).toBe(made.headers.get(header));
    expect(await stored.bytes()).toEqual(await made.bytes());
  });

  it.for(["/display/resize/60x/%252e%252e/secret.jpg", "/display/resize/60x/../secret.jpg"])(
    "shows nothing outside for %s",
    async (path) => {
      expect([400, 404]).toContain((await service(vars).fetch(path)).status);
    },
  );

  it("is 404 for a folder, 415 for what is no picture", async () => {
    await env.FILES.fetch("http://x/originals/folder/notes.txt", { method: "PUT", body: "not a picture" });
    expect((await service(vars).fetch("/display/resize/60x/folder")).status).toBe(404);
    expect((await service(vars).fetch("/display/resize/60x/folder/notes.txt")).status).toBe(415);
  });

  it("uploads and deletes", async () => {
    const body = new FormData();
    body.set("data", new File([await encode(gradient(30, 30), "png")], "new.png"));
    expect((await service(vars).fetch("/upload", { method: "POST", body })).status).toBe(200);
    expect((await service(vars).fetch("/display/resize/20x/new.png")).status).toBe(200);
    expect((await service(vars).fetch("/new.png", { method: "DELETE" })).status).toBe(200);
    expect((await service(vars).fetch("/display/resize/20x/new.png")).status).toBe(404);
  });
});

it("a read before the key is there does not put a version of its own beside it", async () => {
  const slow = service({ ...vars, KVSTORE: { type: "kv", binding: "KEYS", prefix: "slow:" } });
  const made = await slow.fetch("/display/resize/61x/photo.jpg");
  const keys = await env.KEYS.list({ prefix: "slow:" });
  await Promise.all(keys.keys.map(({ name }: { name: string }) => env.KEYS.delete(name)));
  await slow.fetch("/display/resize/61x/photo.jpg");
  expect(made.headers.get("x-cache")).toBe("made");
  expect((await env.KEYS.list({ prefix: "slow:" })).keys).toEqual([]);
});
