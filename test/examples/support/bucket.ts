import { AwsClient } from "aws4fetch";
import { S3_BUCKET } from "../../support/s3-bucket.ts";
import { type S3Server, startS3 } from "../../support/s3-server.ts";

/** A bucket of another provider than Amazon, whose keys are these. */
export interface Bucket {
  readonly endpoint: string;
  put(name: string, picture: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export const BUCKET_KEY = "S3RVER";

export async function createBucket(): Promise<Bucket> {
  const server: S3Server = await startS3();
  const endpoint = `http://127.0.0.1:${server.port}`;
  const client = new AwsClient({ accessKeyId: BUCKET_KEY, secretAccessKey: BUCKET_KEY, service: "s3" });
  return {
    endpoint,
    async put(name, picture) {
      const init = { method: "PUT", body: Buffer.from(picture), headers: { "content-type": "image/png" } };
      const { ok, status } = await client.fetch(`${endpoint}/${S3_BUCKET}/${name}`, init);
      if (!ok) throw new Error(`${name} was not stored: ${status}`);
    },
    close: server.close,
  };
}
