import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeResponse } from "../support/decode.ts";
import { draw, encode, gradient } from "../support/drawings.ts";
import { service } from "../support/service.ts";

/** picfit's own tests (picfit.md 7), on pictures of the same sizes. */
const FIXTURES = [
  ["avatar.png", "image/png"],
  ["schwarzy.jpg", "image/jpeg"],
  ["giphy.gif", "image/gif"],
] as const;

beforeAll(async () => {
  await env.SOURCE.put("avatar.png", await encode(gradient(400, 400), "png"));
  await env.SOURCE.put("schwarzy.jpg", await encode(gradient(500, 357), "jpg"));
  await env.SOURCE.put(
    "giphy.gif",
    await encode(
      draw(400, 300, (x, y) => [(x >> 4) * 10, (y >> 4) * 13, 90]),
      "gif",
    ),
  );
});

describe.for(FIXTURES)("dummy application: %s", ([path, mime]) => {
  it.for([
    ["w=50&h=50&op=resize", 50, 50, mime],
    ["w=100&h=30&op=resize", 100, 30, mime],
    ["w=50&h=50&op=thumbnail", 50, 50, mime],
    ["w=50&h=50&op=thumbnail&fmt=jpg", 50, 50, "image/jpeg"],
    ["op=op:resize+w:100+h:50&op=op:rotate+deg:90", 50, 100, mime],
    ["op=resize&w=100&h=50&op=op:rotate+deg:90", 50, 100, mime],
  ] as const)("%s is %i x %i", async ([query, width, height, type]) => {
    const response = await service().fetch(`/display?path=${path}&${query}`);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    const { image } = await decodeResponse(response);
    expect([image.width, image.height]).toEqual([width, height]);
  });
});

it("dummy errors: a path without a storage is 404", async () => {
  expect((await service({ STORAGE: undefined }).fetch("/display/resize/100x100/avatar.png")).status).toBe(404);
});

it("signature: missing is 401, given is 200", async () => {
  const signed = service({ SECRET_KEY: "abcdef" });
  const query = "path=avatar.png&w=100&h=100&op=resize";
  expect((await signed.fetch(`/display?${query}`)).status).toBe(401);
  expect((await signed.fetch(`/display?${query}&sig=dd292d158d6eb417a09195e300a4b32b3ed52cab`)).status).toBe(200);
});

it("size restricted to 100x100: 50x50 is 403, 100x100 is 200", async () => {
  const restricted = service({ ALLOWED_SIZES: [{ width: 100, height: 100 }] });
  expect((await restricted.fetch("/display/resize/50x50/avatar.png")).status).toBe(403);
  expect((await restricted.fetch("/display/resize/100x100/avatar.png")).status).toBe(200);
});

it.for([
  [{ width: 1, depth: 2, restonly: true }, [1, 1]],
  [undefined, []],
] as const)("storage with shard %j: the key names an object of as many folders", async ([SHARD, folders]) => {
  const base_url = "https://cdn.test";
  const STORAGE = { src: { type: "r2", binding: "SOURCE" }, dst: { type: "r2", binding: "DESTINATION", base_url } };
  const sharded = service({ STORAGE, SHARD });
  const response = await sharded.fetch("/display/resize/100x100/schwarzy.jpg");
  const key = response.headers.get("etag")?.slice(1, 33) ?? "";
  const name = (await env.KEYS.get(`picfit:${key}`)) ?? "";
  const segments = name.split("/");
  expect(segments.slice(0, -1).map(({ length }) => length)).toEqual(folders);
  const located = (await (await sharded.fetch("/get/resize/100x100/schwarzy.jpg")).json()) as { url: string };
  expect(located.url).toBe(`${base_url}/${name}`);
  const redirected = await sharded.fetch("/redirect/resize/100x100/schwarzy.jpg", { redirect: "manual" });
  expect([redirected.status, redirected.headers.get("location")]).toEqual([301, located.url]);
  await env.KEYS.delete(`picfit:${key}`);
});
