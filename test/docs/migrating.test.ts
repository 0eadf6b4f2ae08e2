import { describe, expect, it } from "vitest";
import { createRedisClient, type RedisOptions } from "../../src/keystore/redis/client.ts";
import { s3Storage } from "../../src/storage/s3.ts";
import { toLines } from "../../tools/from-picfit/toml.ts";
import { translate } from "../../tools/from-picfit/translate.ts";
import { examplesFor } from "../support/claims.ts";
import { DOCUMENTS } from "../support/documents.ts";
import { encode, gradient } from "../support/drawings.ts";
import { redisServer } from "../support/redis.ts";
import { s3Servers } from "../support/s3.ts";
import { service } from "../support/service.ts";

const guide = DOCUMENTS["docs/migrating-from-picfit.md"];
const [{ text: config }] = examplesFor("picfit");
const translation = translate(JSON.parse(config));

describe("docs/migrating-from-picfit.md, its walk", () => {
  it("shows what from-picfit prints for its configuration", () => {
    const shown = examplesFor("configurations").map(({ text }) => text.trimEnd());
    expect(shown).toContain(`[vars]\n${toLines(translation.vars)}`);
  });

  it("names the secrets that are to be set", () => {
    for (const name of Object.keys(translation.secrets)) expect(guide).toContain(`\`${name}\``);
    expect(Object.keys(translation.secrets)).toHaveLength(6);
  });

  it.skipIf(!redisServer)("finds all that picfit stored, and makes nothing", async () => {
    const [bucket] = s3Servers;
    const { host, port, password } = redisServer as RedisOptions;
    const redis = createRedisClient({ ...(redisServer as RedisOptions), database: 7 });
    const { STORAGE, KVSTORE, SHARD } = translation.vars as Record<string, Record<string, object>>;
    const here = { endpoint: bucket.endpoint, bucket_name: bucket.bucket, path_style: true };
    const moved = {
      STORAGE: { src: { ...STORAGE.src, ...here }, dst: { ...STORAGE.dst, ...here } },
      KVSTORE: { ...KVSTORE, host, port, db: 7 },
      SHARD,
    };
    const secrets = Object.fromEntries(Object.keys(translation.secrets).map((name) => [name, "S3RVER"]));
    const taken = service({ ...moved, ...secrets, SECRET_KEY: undefined, REDIS_PASSWORD: password });
    const png = await encode(gradient(50, 50), "png");
    const key = "540d90a9cc7a76bf72b1e4fc4516d84d";
    const name = `5/4/${key.slice(2)}.png`;
    await s3Storage(bucket).put(`derived/${name}`, png, { mime: "image/png", metadata: {} });
    await redis(["SET", `picfit:${key}`, name]);
    const response = await taken.fetch("/display?w=50&h=50&op=resize&path=avatar.png");
    expect([response.status, response.headers.get("x-cache")]).toEqual([200, "stored"]);
    expect(await response.bytes()).toEqual(png);
  });
});
