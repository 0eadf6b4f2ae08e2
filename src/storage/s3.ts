import { readBounded, sourceTooLarge } from "../platform/bounded.ts";
import { rangeNotSatisfiable, storageUnavailable } from "./failure.ts";
import { type Found, pageOf, startOf } from "./listing.ts";
import { resolveRange } from "./range.ts";
import { readObject, watched } from "./read-object.ts";
import {
  createS3Client,
  type S3Answer,
  type S3Client,
  type S3Options,
  type S3Request,
  toVersion,
} from "./s3-client.ts";
import { parseListing, textOf } from "./s3-listing.ts";
import { METADATA, s3Writer } from "./s3-write.ts";
import {
  type ByteRange,
  type GetOptions,
  type ListOptions,
  OCTET_STREAM,
  type Storage,
  type StoredHead,
  type StoredObject,
} from "./storage.ts";

/**
 * A bucket behind the S3 API. A version is the ETag. Where the credentials may not list the bucket, S3 answers 403 for
 * what is absent, which cannot be told from a refusal and counts as a failure: grant ListBucket.
 */
export function s3Storage(options: S3Options): Storage {
  const client = createS3Client(options);
  const { silenceMs } = options.timeouts;
  const head = (path: string) => readHead(client, path);
  return {
    async get(path, { range, maxBytes, admit, signal } = {}) {
      const answer = await client({ method: "GET", path, headers: rangeHeader(range), signal });
      if (answer.response.status !== 416) return open(answer, { range, maxBytes, admit }, silenceMs);
      await answer.response.body?.cancel();
      throw rangeNotSatisfiable((await head(path))?.size ?? 0);
    },
    head,
    put: s3Writer({ finish: (...request) => finish(client, ...request), head }),
    async delete(path) {
      // S3 does not tell whether there was anything.
      if (!(await head(path))) return false;
      await finish(client, { method: "DELETE", path }, [200, 204, 404]);
      return true;
    },
    list: (prefix, page) => list(client, prefix, page, silenceMs),
  };
}

const rangeHeader = (range: ByteRange | undefined): Record<string, string> =>
  range ? { range: `bytes=${range.offset}-${range.length ? range.offset + range.length - 1 : ""}` } : {};

async function open(answer: S3Answer, { range, maxBytes = Infinity, admit }: GetOptions, silenceMs: number) {
  const { response } = answer;
  if (response.status === 404) return absent(answer, silenceMs);
  if (response.status !== (range ? 206 : 200) || !response.body) throw await refused(response);
  const head = toHead(response.headers);
  const { start, end } = resolveRange(range, head.size);
  if (end - start > maxBytes) {
    await response.body.cancel();
    throw sourceTooLarge();
  }
  const { body } = response;
  const watch = { deadline: answer.deadline, silenceMs };
  const bytes = () => readObject(body, { sizeBytes: end - start, admit }, watch);
  return { ...head, body, bytes } satisfies StoredObject;
}

/** A missing bucket is 404 as well, but then everything is missing: that is no answer about the object. */
async function absent(answer: S3Answer, silenceMs: number): Promise<undefined> {
  const xml = await readXml(answer, silenceMs);
  if (textOf(xml, "Code") === "NoSuchBucket") throw storageUnavailable(new Error("NoSuchBucket"));
}

/** A page of 1,000 names of 1,024 bytes, percent-encoded, stays below. */
const MAX_XML_BYTES = 8_388_608;

async function readXml({ response: { body }, deadline }: S3Answer, silenceMs: number): Promise<string> {
  const watch = { deadline, silenceMs };
  const bound = { maxBytes: MAX_XML_BYTES, watch };
  return body ? new TextDecoder().decode(await watched(watch, () => readBounded(body, bound))) : "";
}

async function readHead(client: S3Client, path: string): Promise<StoredHead | undefined> {
  const response = await finish(client, { method: "HEAD", path }, [200, 404]);
  return response.status === 200 ? toHead(response.headers) : undefined;
}

/** Sends what is answered by a status and headers only. */
async function finish(client: S3Client, request: S3Request, expected: readonly number[]): Promise<Response> {
  const { response } = await client(request);
  if (!expected.includes(response.status)) throw await refused(response);
  await response.body?.cancel();
  return response;
}

async function refused(response: Response) {
  await response.body?.cancel();
  return storageUnavailable(new Error(`S3 answers ${response.status}`));
}

/** @throws HttpError 503 storage_unavailable where the answer tells no size */
function toHead(headers: Headers): StoredHead {
  const size = headers.get("content-range")?.split("/")[1] ?? headers.get("content-length") ?? "";
  if (!/^[0-9]+$/.test(size)) throw storageUnavailable(new Error("S3 tells no size"));
  const metadata = [...headers].filter(([name]) => name.startsWith(METADATA));
  return {
    size: Number(size),
    version: toVersion(headers),
    modified: new Date(headers.get("last-modified") ?? Number.NaN),
    mime: headers.get("content-type") ?? OCTET_STREAM,
    metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice(METADATA.length), value])),
  };
}

async function list(client: S3Client, prefix: string, { after, limit }: ListOptions, silenceMs: number) {
  const start = startOf(prefix, after);
  const query = {
    ...{ "list-type": "2", "encoding-type": "url", delimiter: "/", "max-keys": String(limit), prefix },
    ...(start !== undefined && { "start-after": start }),
  };
  const answer = await client({ method: "GET", path: "", query });
  if (answer.response.status !== 200) throw await refused(answer.response);
  return pageOf(await readListing(answer, silenceMs), limit);
}

/** XML that cannot be read is a failure of the server, like a status. */
async function readListing(answer: S3Answer, silenceMs: number): Promise<Found> {
  const xml = await readXml(answer, silenceMs);
  try {
    return parseListing(xml);
  } catch (cause) {
    throw storageUnavailable(cause);
  }
}
