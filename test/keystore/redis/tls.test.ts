import { env } from "cloudflare:test";
import { describe, expect, inject, it, vi } from "vitest";
import { createRedisClient, type RedisOptions } from "../../../src/keystore/redis/client.ts";
import { redisKeyStore } from "../../../src/keystore/redis/redis.ts";
import { encode, gradient } from "../../support/drawings.ts";
import { redisServer } from "../../support/redis.ts";
import { service } from "../../support/service.ts";
import { keyStoreContract } from "../contract.ts";

describe.skipIf(!redisServer)(redisServer ? "Redis by TLS" : "skipped: no Redis", () => {
  const ports = inject("redisTlsPorts") ?? { trusted: 0, stranger: 0, silent: 0 };
  const server = { ...(redisServer as RedisOptions), host: "localhost", port: ports.trusted, tls: true };
  const at = (change: Partial<RedisOptions>) => createRedisClient({ ...server, ...change });

  keyStoreContract("redis by TLS", () =>
    redisKeyStore(at({ database: 5 }), { prefix: "tls:", expirationSeconds: undefined }),
  );

  it.for([
    ["nobody knows the certificate", { port: ports.stranger }],
    ["the certificate is another host's", { host: "127.0.0.1" }],
    ["the server does not speak TLS", { port: redisServer?.port ?? 0 }],
    ["the server says nothing", { port: ports.silent }],
    ["the client does not speak TLS", { tls: false }],
  ] as const)("throws, and does not hang, where %s", async ([, change]) => {
    const started = Date.now();
    await expect(at({ ...change, timeoutMs: 500 })(["PING"])).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  const url = "/display/resize/40x/photo.jpg";
  const served = (port: number) => {
    const { host, password } = server;
    return service({ KVSTORE: { type: "redis", host, port, password, db: 6, prefix: "picfit:", tls: true } });
  };

  it("keeps the service's keys", async () => {
    await env.SOURCE.put("photo.jpg", await encode(gradient(60, 40), "jpg"));
    expect((await served(ports.trusted).fetch(url)).headers.get("x-cache")).toBe("made");
    const plain = createRedisClient({ ...(redisServer as RedisOptions), database: 6 });
    const [keys] = await plain(["KEYS", "picfit:*"]);
    const [{ key: name }] = (await env.DESTINATION.list()).objects;
    expect(await plain(["GET", (keys as string[]).find((key) => !key.endsWith(":edgefit")) ?? ""])).toEqual([name]);
    expect((await served(ports.trusted).fetch(url)).headers.get("x-cache")).toBe("stored");
  });

  it("is done without where its certificate is a stranger's (F3)", async () => {
    await env.SOURCE.put("photo.jpg", await encode(gradient(60, 40), "jpg"));
    const warnings = vi.spyOn(console, "warn").mockReturnValue(undefined);
    expect((await served(ports.stranger).fetch(url)).status).toBe(200);
    expect(warnings).toHaveBeenCalled();
  });
});
