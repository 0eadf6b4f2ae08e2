import { describe, expect, inject, it } from "vitest";
import { createRedisClient, type RedisClient } from "../../../src/keystore/redis/client.ts";
import { redisKeyStore } from "../../../src/keystore/redis/redis.ts";
import type {} from "../../support/provided.ts";

/** `fault`: see fault-redis.ts. */
const clientOf = (fault: string, port = inject("faultRedisPort")): RedisClient =>
  createRedisClient({
    host: "127.0.0.1",
    port,
    username: fault,
    password: "x",
    database: 0,
    tls: false,
    timeoutMs: 500,
  });

describe("createRedisClient()", () => {
  it.for([
    ["hang", "Redis did not answer in time"],
    ["cut", "The connection ended before the answer did"],
    ["web", "The answer is not one of Redis"],
    ["endless", "The answer is too long"],
    ["lengths", "The answer is not one of Redis"],
  ] as const)("throws when a server answers as in %s", async ([fault, message]) => {
    await expect(clientOf(fault)(["GET", "a"])).rejects.toThrow(message);
  });

  it("hangs up on a server that does not answer in time", async () => {
    const [before] = await clientOf("report")(["GET", "a"]);
    await expect(clientOf("hang")(["GET", "a"])).rejects.toThrow("in time");
    await expect.poll(async () => (await clientOf("report")(["GET", "a"]))[0]).toBe(Number(before) + 1);
  });

  it("throws where nobody listens", async () => {
    await expect(clientOf("none", 1)(["GET", "a"])).rejects.toThrow();
  });

  it("connects again, once, when a connection breaks", async () => {
    const store = redisKeyStore(clientOf("once"), { prefix: "", expirationSeconds: undefined });
    expect(await store.get("a")).toEqual({ path: "5/4.jp", metadata: {} });
  });
});
