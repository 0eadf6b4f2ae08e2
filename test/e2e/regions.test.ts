import { beforeAll, describe, expect, it } from "vitest";
import { s3Storage } from "../../src/storage/s3.ts";
import { encode, gradient } from "../support/drawings.ts";
import { listed } from "../support/listed.ts";
import { s3Servers } from "../support/s3.ts";
import { service } from "../support/service.ts";

const sectionOf = ({ endpoint, region, bucket }: (typeof s3Servers)[number], secret: string) => ({
  type: "s3",
  endpoint,
  region,
  bucket_name: bucket,
  access_key_id: "S3RVER",
  secret_access_key: secret,
  path_style: true,
});

const [near, far] = s3Servers;
const storage = (secret = "$S3_SECRET") => ({
  STORAGE: {
    src: { ...sectionOf(near, secret), location: "originals" },
    dst: { ...sectionOf(far, secret), location: "derived", base_url: "https://cdn.example" },
  },
  S3_SECRET: "S3RVER",
});
const url = "/display/resize/60x/folder/photo.jpg";

beforeAll(async () => {
  const photo = await encode(gradient(300, 200), "jpg");
  await s3Storage(near).put("originals/folder/photo.jpg", photo, { mime: "image/jpeg", metadata: {} });
});

describe("a source in one S3 bucket, results in another elsewhere", () => {
  it("makes, stores, and finds again", async () => {
    const made = await service(storage()).fetch(url);
    const stored = await service({ ...storage(), KVSTORE: undefined }).fetch(url);
    expect([made.status, made.headers.get("x-cache"), stored.headers.get("x-cache")]).toEqual([200, "made", "stored"]);
    expect(await stored.bytes()).toEqual(await made.bytes());
    const objects = await listed(s3Storage(far), "derived/");
    expect(objects).toHaveLength(1);
    expect(await listed(s3Storage(near), "derived/")).toEqual([]);
    const located = await service(storage()).fetch(url.replace("/display", "/get"));
    expect(await located.json()).toMatchObject({ url: `https://cdn.example/${objects[0].path}` });
  });

  it("answers a part of what is stored", async () => {
    const whole = await (await service(storage()).fetch(url)).bytes();
    const part = await service(storage()).fetch(url, { headers: { range: "bytes=10-19" } });
    expect([part.status, await part.bytes()]).toEqual([206, whole.slice(10, 20)]);
  });

  it("says nothing about a wrong secret but that the storage cannot be reached", async () => {
    const response = await service(storage("not-the-secret")).fetch(url);
    expect([response.status, response.headers.get("cache-control")]).toEqual([503, "no-store"]);
    const text = `${await response.text()}${JSON.stringify([...response.headers])}`;
    for (const secret of ["not-the-secret", "S3RVER", "127.0.0.1", "pictures", "Signature"])
      expect(text).not.toContain(secret);
  });

  it("deletes in both", async () => {
    const vars = { ...storage(), ENABLE_DELETE: "1", ENABLE_CASCADE_DELETE: "1", UPLOAD_OPEN: "1" };
    await service(vars).fetch(`${url}?force=1`);
    expect((await service(vars).fetch("/folder/photo.jpg", { method: "DELETE" })).status).toBe(200);
    expect(await listed(s3Storage(far), "derived/")).toEqual([]);
    expect((await service(vars).fetch(url)).status).toBe(404);
  });
});
