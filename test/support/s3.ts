import { inject } from "vitest";
import type { S3Options } from "../../src/storage/s3-client.ts";
import type {} from "./provided.ts";
import { S3_BUCKET } from "./s3-bucket.ts";

/** The S3 servers of these tests: two, as if in two regions. */
export const s3Servers: readonly S3Options[] = inject("s3Ports").map((port) => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: "eu-west-1",
  bucket: S3_BUCKET,
  accessKeyId: "S3RVER",
  secretAccessKey: "S3RVER",
  pathStyle: true,
  timeouts: { headersMs: 5_000, silenceMs: 5_000 },
}));
