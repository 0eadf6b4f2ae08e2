import { describe, expect, it } from "vitest";
import { createRedisClient, type RedisOptions } from "../../../src/keystore/redis/client.ts";
import { redisKeyStore } from "../../../src/keystore/redis/redis.ts";
import { redisServer } from "../../support/redis.ts";
import { keyStoreContract } from "../contract.ts";

describe.skipIf(!redisServer)(redisServer ? "Redis" : "skipped: no Redis", () => {
  const server = redisServer as RedisOptions;
  const prefix = "picfit:";
  const create = (expirationSeconds?: number) =>
    redisKeyStore(createRedisClient(server), { prefix, expirationSeconds });
  const ask = async (...words: string[]) => (await createRedisClient(server)(words))[0];

  keyStoreContract("redis", create);

  it("writes what picfit would: prefix and key, the object name as value, keys in a set", async () => {
    await create().set("540d", { path: "5/4/0d.png", metadata: { version: "1" } });
    await create().append("d41d:children", "540d");
    expect(await ask("GET", "picfit:540d")).toBe("5/4/0d.png");
    expect(await ask("SMEMBERS", "picfit:d41d:children")).toEqual(["540d"]);
  });

  it("reads a record that picfit wrote, also over one of ours", async () => {
    await create().set("old", { path: "before.png", metadata: { version: "1" } });
    await ask("SET", "picfit:old", "5/4/0d.png");
    expect(await create().get("old")).toEqual({ path: "5/4/0d.png", metadata: {} });
  });

  it("keeps text of any kind", async () => {
    const record = { path: "日本/😀\r\n$5.png", metadata: { a: "\u0000" } };
    await create().set("odd\r\nkey", record);
    expect(await create().get("odd\r\nkey")).toEqual(record);
  });

  it("lists more members than one page holds", async () => {
    const members = Array.from({ length: 1_001 }, (_, index) => String(index).padStart(4, "0"));
    await ask("SADD", "picfit:many", ...members);
    expect((await Array.fromAsync(create().members("many"))).sort()).toEqual(members);
  });

  it("lets records and sets expire when told so", async () => {
    await create(3_600).set("brief", { path: "a.png", metadata: {} });
    await create(3_600).append("brief:children", "brief");
    await create().set("lasting", { path: "a.png", metadata: {} });
    for (const key of ["brief", "brief:edgefit", "brief:children"])
      expect(Number(await ask("TTL", `picfit:${key}`))).toBeGreaterThan(3_500);
    expect(await ask("TTL", "picfit:lasting")).toBe(-1);
  });

  it("keeps databases apart", async () => {
    const other = createRedisClient({ ...server, database: 3 });
    await redisKeyStore(other, { prefix, expirationSeconds: undefined }).set("three", { path: "a", metadata: {} });
    expect(await create().get("three")).toBeUndefined();
    expect((await other(["GET", "picfit:three"]))[0]).toBe("a");
  });

  it.for([
    ["a wrong password", { password: "wrong" }],
    ["no password", { password: undefined }],
    ["an unknown user", { username: "nobody" }],
    ["a database that is not there", { database: 9_999 }],
  ] as const)("throws for %s", async ([, change]) => {
    const client = createRedisClient({ ...server, ...change });
    await expect(client(["GET", "a"])).rejects.toThrow(/WRONGPASS|NOAUTH|out of range/);
  });

  it("takes the default user's name", async () => {
    const client = createRedisClient({ ...server, username: "default" });
    expect(await client(["PING"])).toEqual(["PONG"]);
  });
});
