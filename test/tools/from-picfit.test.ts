import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/env.ts";
import { toLines } from "../../tools/from-picfit/toml.ts";
import { translate } from "../../tools/from-picfit/translate.ts";

const S3 = {
  type: "s3",
  access_key_id: "AKIDEXAMPLE",
  secret_access_key: "the-secret",
  bucket_name: "media",
  region: "eu-west-1",
  location: "originals",
};

/** What the Worker makes of a translation whose secrets were set. */
const configOf = ({ vars, secrets }: ReturnType<typeof translate>) =>
  readConfig({ ...vars, ...Object.fromEntries(Object.keys(secrets).map((name) => [name, "value"])) });

describe("translate()", () => {
  it("gives what the Worker can read, and no secret's value", () => {
    const translation = translate({
      secret_key: "abcdef",
      storage: { src: S3, dst: { ...S3, location: "derived" } },
      kvstore: { type: "redis", prefix: "picfit:", redis: { host: "redis.internal", port: 6379, password: "hush" } },
      shard: { width: 1, depth: 2, restonly: true },
      options: { enable_upload: true, enable_delete: true, allowed_sizes: [{ width: 480, height: 0 }] },
      engine: { quality: 80, format: "jpeg" },
      allowed_origins: ["https://a.example"],
      allowed_methods: ["GET"],
    });
    expect(JSON.stringify(translation)).not.toMatch(/abcdef|the-secret|AKIDEXAMPLE|hush/);
    expect(configOf(translation)).toMatchObject({
      quality: 80,
      format: "jpg",
      shard: { width: 1, depth: 2, restOnly: true },
      storage: { source: { location: "originals" }, destination: { location: "derived" } },
      keyStore: { type: "redis", prefix: "picfit:", server: { host: "redis.internal", password: "value" } },
      upload: { secret: "value", open: false },
      allowedSizes: [{ width: 480, height: 0 }],
    });
    expect(Object.keys(translation.secrets).sort()).toEqual([
      "DESTINATION_KEY_ID",
      "DESTINATION_SECRET_KEY",
      "REDIS_PASSWORD",
      "SECRET_KEY",
      "SOURCE_KEY_ID",
      "SOURCE_SECRET_KEY",
      "UPLOAD_SECRET",
    ]);
  });

  it.for([
    ["http+s3", "https://cdn.example/media", { type: "http" }, { type: "s3" }],
    ["http+fs", "https://cdn.example/media", { type: "http" }, { type: "r2" }],
    ["fs", undefined, { type: "r2", binding: "SOURCE" }, { type: "r2", binding: "SOURCE" }],
    ["gcs", undefined, { type: "gcs" }, { type: "gcs" }],
    ["dos3", undefined, { type: "dos3" }, { type: "dos3" }],
  ] as const)("reads and writes a source of type %s as picfit meant it", ([type, base_url, source, destination]) => {
    const translation = translate({ storage: { src: { ...S3, type, ...(base_url && { base_url }) } } });
    expect(configOf(translation).storage).toMatchObject({ source, destination });
  });

  it.for([
    [{}, {}],
    [{ shard: { width: 1, depth: 2 } }, { SHARD: { width: 1, depth: 2, restonly: false } }],
    [{ engine: { default_format: "png" } }, { QUALITY: 85, DEFAULT_FORMAT: "png" }],
    [{ engine: { quality: 60 } }, { QUALITY: 60 }],
    [{ options: { allowed_sizes: [], allowed_ip_addresses: [] }, allowed_origins: [] }, {}],
  ] as const)("knows what picfit makes of %j", ([config, vars]) => {
    expect(translate(config).vars).toEqual({ KVSTORE: { type: "none" }, ...vars });
  });

  it("reads names in any case, and texts that are numbers or flags, as picfit does", () => {
    const translation = translate({
      Secret_Key: 1234,
      Storage: { SRC: { ...S3, endpoint: "s3.example:9000", base_url: "" } },
      kvstore: {
        type: "redis",
        prefix: null,
        redis: { host: "", port: "6380", db: "1", expiration: "60", password: null },
      },
      shard: { width: "1", depth: "2", restonly: "true" },
      options: { enable_upload: "true", allowed_sizes: [{ width: "480" }], allowed_ip_addresses: null },
      engine: { quality: 0, format: "", default_format: null },
    });
    expect(Object.keys(translation.secrets)).toEqual(expect.arrayContaining(["SECRET_KEY", "UPLOAD_SECRET"]));
    expect(configOf(translation)).toMatchObject({
      storage: { source: { endpoint: "https://s3.example:9000" } },
      keyStore: { prefix: "", expirationSeconds: 60, server: { host: "127.0.0.1", port: 6380, database: 1 } },
      shard: { width: 1, depth: 2, restOnly: true },
      allowedSizes: [{ width: 480, height: 0 }],
      allowedIpAddresses: undefined,
      quality: 85,
      format: undefined,
      defaultFormat: "png",
    });
  });

  it("writes where a destination that is read by HTTP is written, and asks no secrets for what is only read", () => {
    const http = { ...S3, type: "http+s3", base_url: "https://cdn.example" };
    const translation = translate({ storage: { src: S3, dst: http, "dst-ro": http } });
    expect(configOf(translation).storage).toMatchObject({
      destination: { type: "s3", base_url: "https://cdn.example" },
      destinationReadOnly: { type: "http", base_url: "https://cdn.example" },
    });
    expect(Object.keys(translation.secrets)).toHaveLength(4);
  });

  it.for([
    [{ storage: { src: { ...S3, region: undefined } } }, "STORAGE.src.region: It must be given"],
    [{ allowed_origins: ["https://a.test/"], allowed_methods: ["GET"] }, "ALLOWED_ORIGINS: It must be"],
    [{ engine: { quality: 150 } }, "QUALITY: It must be an integer from 1 to 100"],
    [{ shard: { width: 8, depth: 8 } }, "SHARD: It must be"],
    [{ options: { enable_upload: "maybe" } }, "ENABLE_UPLOAD: It must be"],
    [{ options: { enable_nothing: true } }, "options.enable_nothing: not an option of picfit"],
  ] as const)("says of %j what the Worker will say", ([config, note]) => {
    expect(translate(config).notes.join("\n")).toContain(note);
  });

  it("says nothing of what the Worker takes", () => {
    expect(translate({ sentry: { dsn: "x" }, storage: { src: S3 } }).notes.join()).not.toContain("does not start");
  });

  it("takes the address of Sentry for a secret, and does not show it", () => {
    const translation = translate({ sentry: { dsn: "https://key@sentry.example/1", tags: { a: "b" } } });
    expect(translation.secrets).toEqual({ SENTRY_DSN: "sentry.dsn" });
    expect(JSON.stringify(translation)).not.toContain("sentry.example");
  });

  it.for([
    ["dummy", "none"],
    ["cache", "cache"],
    ["redis", "redis"],
    ["redis-cluster", "kv"],
    ["redis-roundrobin", "kv"],
  ] as const)("takes a kvstore of type %s for %s", ([type, expected]) => {
    const { vars } = translate({ kvstore: { type, prefix: "p:" } });
    expect(vars.KVSTORE).toMatchObject({ type: expected, ...(expected !== "none" && { prefix: "p:" }) });
    expect(configOf(translate({ kvstore: { type } })).keyStore.type).toBe(expected);
  });

  it("says what has no counterpart", () => {
    const config = {
      port: 3001,
      sentry: {},
      nonsense: 1,
      options: { transform_timeout: 10 },
      engine: { backends: {} },
    };
    const notes = translate(config).notes.join("\n");
    for (const name of ["port", "sentry", "nonsense", "options.transform_timeout", "engine.backends", "secret_key"])
      expect(notes).toContain(`${name}:`);
  });

  it.for([
    { storage: { src: { type: "ftp" } } },
    { storage: { src: { ...S3, type: "http+s3" } } },
    { storage: [] },
    { kvstore: { type: "disk" } },
    null,
    [],
    "text",
  ])("refuses %j", (config) => {
    expect(() => translate(config)).toThrow(/^Cannot (?:translate|read)/);
  });
});

describe("toLines()", () => {
  it("writes TOML", () => {
    const vars = { A: { "b-c": 'x"y', "d e": [1, true] }, F: "\u0000\n" };
    expect(toLines(vars)).toBe('A = { b-c = "x\\"y", "d e" = [1, true] }\nF = "\\u0000\\n"');
  });
});
