import { AwsClient } from "aws4fetch";
import { sha256Hex } from "../platform/crypto.ts";
import { type Deadline, startDeadline } from "../platform/deadline.ts";
import { storageUnavailable } from "./failure.ts";

export interface S3Options {
  /** Of the service, without the bucket: `https://s3.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** True: the bucket is the first folder of the path; false: the first label of the host. */
  readonly pathStyle: boolean;
  /** From a request to its headers, and between two pieces of a body. */
  readonly timeouts: { readonly headersMs: number; readonly silenceMs: number };
  /** The way out; the global one when absent. */
  readonly fetch?: typeof fetch;
}

export interface S3Request {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose body is still to be read, and the watch over that. */
export interface S3Answer {
  readonly response: Response;
  readonly deadline: Deadline;
}

/** @throws HttpError 503 storage_unavailable when no answer comes; any status is an answer */
export type S3Client = (request: S3Request) => Promise<S3Answer>;

/** Sends requests signed with AWS Signature Version 4. No retries: whoever waits has a deadline, and may ask again. */
export function createS3Client(options: S3Options): S3Client {
  const { region, accessKeyId, secretAccessKey, sessionToken, timeouts, fetch: send = fetch } = options;
  const session = sessionToken === undefined ? {} : { sessionToken };
  const aws = new AwsClient({ accessKeyId, secretAccessKey, ...session, region, service: "s3", retries: 0 });
  const addressOf = addresses(options);
  return async ({ path, query = {}, headers = {}, signal, ...init }) => {
    const url = `${addressOf(path)}?${encodeQuery(query)}`.replace(/\?$/, "");
    const signedHeaders = { ...headers, "x-amz-content-sha256": await sha256Hex(init.body ?? "") };
    const deadline = startDeadline(timeouts.headersMs, () => storageUnavailable(new Error("S3 is silent")), signal);
    try {
      const request = await aws.sign(url, { ...init, headers: signedHeaders });
      // A redirect would carry the signature to another host.
      return { response: await send(request, { redirect: "manual", signal: deadline.signal }), deadline };
    } catch (cause) {
      throw deadline.signal.aborted ? deadline.signal.reason : storageUnavailable(cause);
    } finally {
      deadline.end();
    }
  };
}

/** Addresses of objects; of the bucket itself for no path. Some servers sign that without a slash, none with it only. */
function addresses({ endpoint, bucket, pathStyle }: S3Options): (path: string) => string {
  const url = new URL(endpoint);
  const folder = url.pathname.replace(/\/$/, "");
  const whole = pathStyle ? `${url.origin}${folder}/${bucket}` : `${url.protocol}//${bucket}.${url.host}${folder}`;
  return (path) => (path === "" ? whole : `${whole}/${encodePath(path)}`);
}

/** Every byte but the unreserved ones as `%XX`, as the canonical request has it: so no server can read it otherwise. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const encodePath = (path: string): string => path.split("/").map(encode).join("/");

const encodeQuery = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");

/** An ETag as a version: without its quotes. */
export const toVersion = (headers: Headers): string | undefined =>
  headers.get("etag")?.replace(/^W\//, "").replaceAll('"', "");
