import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { createRedisClient, type RedisOptions } from "../../src/keystore/redis/client.ts";
import { encode, gradient } from "../support/drawings.ts";
import { redisServer } from "../support/redis.ts";
import { service } from "../support/service.ts";

/** Requests, and the keys that picfit 0.16 computed for them. */
const REQUESTS = [
  ["/display?w=50&h=50&op=resize&path=avatar.png", "540d90a9cc7a76bf72b1e4fc4516d84d"],
  ["/display/resize/100x100/avatar.png", "895b545d9dca01413aec42d6ae3c6197"],
  ["/display?path=avatar.png&op=resize&w=50", "44bc2e6774cb2c2481bc3585b11e639d"],
  ["/display?op=resize&op=op:rotate+deg:90&w=50&h=50&path=avatar.png", "26004811f4d74e6a25ff162a2b8e9024"],
] as const;

const sharded = (key: string) => `${key[0]}/${key[1]}/${key.slice(2)}.png`;
/** md5 of `avatar.png` */
const CHILDREN = "picfit:4a301072dec6b6a49050e5b294cd7983:children";

describe.skipIf(!redisServer)(redisServer ? "a bucket and a Redis that picfit filled" : "skipped: no Redis", () => {
  const server = redisServer as RedisOptions;
  const redis = createRedisClient({ ...server, database: 5 });
  const taken = (vars: Record<string, unknown> = {}) =>
    service({
      KVSTORE: {
        type: "redis",
        host: server.host,
        port: server.port,
        password: "$REDIS_PASSWORD",
        db: 5,
        prefix: "picfit:",
      },
      REDIS_PASSWORD: server.password,
      SHARD: { width: 1, depth: 2, restonly: true },
      ...vars,
    });

  async function fill(): Promise<Uint8Array> {
    const bytes = await encode(gradient(50, 50), "png");
    await redis(["FLUSHDB"]);
    for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
    for (const [, key] of REQUESTS) {
      await env.DESTINATION.put(sharded(key), bytes, { httpMetadata: { contentType: "image/png" } });
      await redis(["SET", `picfit:${key}`, sharded(key)], ["SADD", CHILDREN, key]);
    }
    return bytes;
  }

  it.for(REQUESTS)("answers %s from it", async ([request, key]) => {
    const bytes = await fill();
    const response = await taken().fetch(request);
    expect([response.status, response.headers.get("x-cache")]).toEqual([200, "stored"]);
    expect(await response.bytes()).toEqual(bytes);
    const located = await taken().fetch(request.replace("/display", "/get"));
    expect(await located.json()).toMatchObject({ key, path: sharded(key) });
  });

  it("writes nothing for a hit, and keeps what it makes as picfit would", async () => {
    await fill();
    await env.SOURCE.put("avatar.png", await encode(gradient(300, 300), "png"));
    for (const [request] of REQUESTS) await taken().fetch(request);
    expect((await redis(["DBSIZE"]))[0]).toBe(REQUESTS.length + 1);
    const made = await taken().fetch("/display?w=53&op=resize&path=avatar.png");
    expect(made.headers.get("x-cache")).toBe("made");
    expect(await redis(["GET", "picfit:173fe91fb761a02eef80614876762024"])).toEqual([
      sharded("173fe91fb761a02eef80614876762024"),
    ]);
  });

  it("deletes what picfit made from a source", async () => {
    await fill();
    await env.SOURCE.put("avatar.png", await encode(gradient(300, 300), "png"));
    const vars = { ENABLE_DELETE: "1", ENABLE_CASCADE_DELETE: "1", UPLOAD_OPEN: "1" };
    expect((await taken(vars).fetch("/avatar.png", { method: "DELETE" })).status).toBe(200);
    expect((await env.DESTINATION.list()).objects).toEqual([]);
    expect((await redis(["DBSIZE"]))[0]).toBe(0);
  });

  it("goes on without Redis", async () => {
    await fill();
    const lost = taken({ KVSTORE: { type: "redis", host: "127.0.0.1", port: 1 } });
    for (const [request] of REQUESTS) expect((await lost.fetch(request)).headers.get("x-cache")).toBe("stored");
  });
});
