import { afterAll, beforeAll, describe, it } from "vitest";
import { workerUrl } from "../cli/support/edgefit.ts";
import { png } from "../cli/support/picture.ts";
import { SECRETS } from "../cli/support/secrets.ts";
import { linesFor } from "../support/claims.ts";
import { S3_BUCKET } from "../support/s3-bucket.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { BUCKET_KEY, type Bucket, createBucket } from "./support/bucket.ts";
import { type Copy, createCopy } from "./support/copy.ts";

const HASH = "0bc83cb571cd1c50ba6f3e8a78ef1346";
const AMAZON = "AWS_ACCESS_KEY_ID=AKIAEXAMPLE AWS_SECRET_ACCESS_KEY=not-a-real-secret";
const OWN = `AWS_ACCESS_KEY_ID=${BUCKET_KEY} AWS_SECRET_ACCESS_KEY=${BUCKET_KEY}`;

let copy: Copy;
let database: TestDatabase | undefined;
let bucket: Bucket;

/** An avatar-go service with one avatar. */
beforeAll(async () => {
  [copy, database, bucket] = await Promise.all([createCopy(), createTestDatabase(), createBucket()]);
  await database?.sql.unsafe(`CREATE TABLE images (hash text, type char(4), sizes text, updated_at timestamptz);
    INSERT INTO images VALUES ('${HASH}', 'png', '["large"]', now())`);
  await bucket.put(`0/bc/${HASH}.large.png`, png(60, 60, [200, 40, 90]));
});
afterAll(() => Promise.all([copy.remove(), database?.drop(), bucket.close()]));

describe("the avatars of another service", () => {
  const lines = linesFor("import");
  const [looking, importing] = lines;
  const avatar = `${workerUrl}/avatar/${HASH}?d=404`;

  it("are here after these lines, and not before", { timeout: 60_000 }, async ({ expect, skip }) => {
    if (!database) return skip("no PostgreSQL on this machine");
    const places = {
      "https://avatars.example.com": workerUrl,
      "--bucket my-avatars": `--bucket ${S3_BUCKET} --endpoint ${bucket.endpoint}`,
    };
    const exports = { "postgres://user:password@db.example.com:5432/avatars": database.url, [AMAZON]: OWN };
    const looked = await copy.run(looking, { written: { ...places, ...exports } });
    expect(looked).toMatchObject({ code: 0, out: expect.stringContaining("1 would be imported") });
    expect((await fetch(avatar)).status).toBe(404);

    // It is the same shell: what was exported is still there.
    const env = { SEED_DATABASE_URL: database.url, AWS_ACCESS_KEY_ID: BUCKET_KEY, AWS_SECRET_ACCESS_KEY: BUCKET_KEY };
    const written = { ...places, "JWT_SECRET=...": `JWT_SECRET='${SECRETS.JWT_SECRET}'` };
    const imported = await copy.run(importing, { env, written });
    expect(imported).toMatchObject({ code: 0, out: expect.stringContaining("1 imported") });
    expect((await fetch(avatar)).status).toBe(200);
    expect(lines).toHaveLength(2);
  });
});
