import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AwsClient } from "aws4fetch";

export type ReadObject = (key: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** Files of a folder that holds a copy of the bucket. */
export const folderObjects =
  (folder: string): ReadObject =>
  async (key) => {
    try {
      return new Uint8Array(await readFile(join(folder, key)));
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
      throw cause;
    }
  };

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** Of another provider than Amazon. */
  readonly endpoint?: string | undefined;
  /** Absent: the bucket is read as anybody may. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** Objects of a bucket, whose name is part of the path. */
export function s3Objects({ bucket, region, endpoint, credentials }: S3Options): ReadObject {
  const base = `${endpoint ?? `https://s3.${region}.amazonaws.com`}/${bucket}`;
  const client = credentials && new AwsClient({ ...credentials, region, service: "s3", retries: 3 });
  return async (key) => {
    const url = `${base}/${key.split("/").map(encodeURIComponent).join("/")}`;
    const response = await (client ? client.fetch(url) : fetch(url));
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`Cannot read ${key}: the bucket answers ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}
