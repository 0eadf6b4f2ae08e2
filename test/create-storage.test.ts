import { env } from "cloudflare:test";
import { describe, expect, it, vi } from "vitest";
import { createStorage } from "../src/create-storage.ts";
import { readConfig } from "../src/env.ts";
import type { StorageConfig } from "../src/env-storage.ts";
import { ConfigError } from "../src/var.ts";
import { encode, gradient } from "./support/drawings.ts";
import { service } from "./support/service.ts";

const config = readConfig({});
const create = (section: StorageConfig) =>
  createStorage(section, "STORAGE.src", { config, env: { ...env }, viaToken: "pics.test" });
const BUCKET = { bucket_name: "media", access_key_id: "AKID", secret_access_key: "secret" };

/** Where a storage looks for an object, and what it sends with the question. */
async function askedBy(section: StorageConfig): Promise<Request> {
  const asked = vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(null, { status: 404 }));
  await create(readConfig({ STORAGE: { src: section } }).storage?.source ?? section).reader.head("a/b.jpg");
  const request = new Request(...(asked.mock.lastCall as Parameters<typeof fetch>));
  asked.mockRestore();
  return request;
}

describe("createStorage() of what speaks the S3 API", () => {
  it.for([
    ["s3", { region: "eu-west-1" }, "https://media.s3.eu-west-1.amazonaws.com/a/b.jpg", "eu-west-1"],
    ["dos3", { region: "fra1" }, "https://media.fra1.digitaloceanspaces.com/a/b.jpg", "fra1"],
    ["gcs", {}, "https://media.storage.googleapis.com/a/b.jpg", "auto"],
    ["b2", { region: "eu-central-003" }, "https://media.s3.eu-central-003.backblazeb2.com/a/b.jpg", "eu-central-003"],
    ["minio", { endpoint: "https://minio.test:9000" }, "https://minio.test:9000/media/a/b.jpg", "us-east-1"],
    ["s3", { region: "x", endpoint: "https://s3.test", path_style: true }, "https://s3.test/media/a/b.jpg", "x"],
    ["minio", { endpoint: "https://minio.test", path_style: false }, "https://media.minio.test/a/b.jpg", "us-east-1"],
    ["s3", { region: "x", location: "/in/" }, "https://media.s3.x.amazonaws.com/in/a/b.jpg", "x"],
  ] as const)("knows of %s with %j that it is at %s, signed for %s", async ([type, section, address, region]) => {
    const request = await askedBy({ type, ...BUCKET, ...section });
    expect(request.url).toBe(address);
    expect(request.headers.get("authorization")).toMatch(
      new RegExp(`^AWS4-HMAC-SHA256 Credential=AKID/\\d+/${region}/s3/`),
    );
  });

  it("sends the token of temporary credentials", async () => {
    const request = await askedBy({ type: "gcs", ...BUCKET, session_token: "temporary" });
    expect(request.headers.get("x-amz-security-token")).toBe("temporary");
  });

  it.for([
    [{ type: "s3", ...BUCKET }, "STORAGE.src.region"],
    [{ type: "b2", ...BUCKET }, "STORAGE.src.region"],
    [{ type: "minio", ...BUCKET }, "STORAGE.src.endpoint"],
    [{ type: "minio", ...BUCKET, endpoint: "minio.test:9000" }, "STORAGE.src.endpoint must be an http or https URL"],
    [{ type: "s3", ...BUCKET, region: "x", endpoint: "s3.test" }, "STORAGE.src.endpoint must be an http or https URL"],
    [{ type: "s3", ...BUCKET, region: "eu west" }, "STORAGE.src.endpoint must be an http or https URL"],
    [{ type: "gcs", ...BUCKET, bucket_name: "" }, "STORAGE.src.bucket_name"],
    [{ type: "r2" }, "STORAGE.src.binding"],
    [{ type: "r2", binding: "ABSENT" }, "STORAGE.src.binding"],
    [{ type: "http" }, "STORAGE.src.base_url"],
  ] as const)("names what %j lacks", ([section, member]) => {
    expect(() => create(section)).toThrow(ConfigError);
    expect(() => create(section)).toThrow(member);
  });
});

describe("a storage that results are read from", () => {
  const STORAGE = {
    src: { type: "r2", binding: "SOURCE" },
    dst: { type: "r2", binding: "DESTINATION" },
    "dst-ro": { type: "r2", binding: "AVATARS", location: "replica" },
  };
  const url = "/display/resize/40x/photo.jpg";
  const cacheOf = async () => (await service({ STORAGE }).fetch(url)).headers.get("x-cache");

  it("is another than they are written to", async () => {
    await env.SOURCE.put("photo.jpg", await encode(gradient(60, 40), "jpg"));
    expect([await cacheOf(), await cacheOf()]).toEqual(["made", "made"]);
    const [{ key }] = (await env.DESTINATION.list()).objects;
    const object = await env.DESTINATION.get(key);
    await env.AVATARS.put(`replica/${key}`, (await object?.bytes()) ?? "", object ?? {});
    expect(await cacheOf()).toBe("stored");
  });
});
