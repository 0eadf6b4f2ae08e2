import { sourceTooLarge } from "../platform/bounded.ts";
import { startDeadline } from "../platform/deadline.ts";
import { withTimeout } from "../platform/timeout.ts";
import { rangeNotSatisfiable, storageUnavailable, toStorageError } from "./failure.ts";
import { pageOf, startOf } from "./listing.ts";
import { resolveRange } from "./range.ts";
import { readObject } from "./read-object.ts";
import {
  type ByteRange,
  type ListedObject,
  type Listing,
  type ListOptions,
  OCTET_STREAM,
  type PutOptions,
  type Storage,
  type StoredHead,
} from "./storage.ts";

/**
 * A bucket of Cloudflare R2, strongly consistent. A version is R2's ETag: a digest of the content. A call that is not
 * answered within `timeoutMs` has failed, and so has a body that is silent for as long.
 */
export function r2Storage(unbounded: R2Bucket, timeoutMs = 5_000): Storage {
  const bucket = bounded(unbounded, timeoutMs);
  const head = (path: string) => bucket.head(path).catch(refuse);
  return {
    async get(path, { range, maxBytes = Infinity, admit, signal } = {}) {
      const object = await getRange(bucket, path, range);
      if (!object) return undefined;
      const { start, end } = resolveRange(range, object.size);
      if (end - start > maxBytes) {
        await object.body.cancel();
        throw sourceTooLarge();
      }
      const bytes = () => {
        const deadline = startDeadline(undefined, () => storageUnavailable(silence(timeoutMs)), signal);
        return readObject(object.body, { sizeBytes: end - start, admit }, { deadline, silenceMs: timeoutMs });
      };
      return { ...toHead(object), body: object.body, bytes };
    },
    async head(path) {
      const object = await head(path);
      return object ? toHead(object) : undefined;
    },
    async put(path, bytes, { mime, metadata }, { onlyIf } = {}) {
      const options = { httpMetadata: { contentType: mime }, customMetadata: { ...metadata }, ...toCondition(onlyIf) };
      const object = await bucket.put(path, bytes, options).catch(refuse);
      return object ? toHead(object) : undefined;
    },
    async delete(path) {
      // R2 does not tell whether there was anything.
      if (!(await head(path))) return false;
      await bucket.delete(path).catch(refuse);
      return true;
    },
    list: (prefix, options) => list(bucket, prefix, options),
  };
}

type Calls = Pick<R2Bucket, "get" | "head" | "put" | "delete" | "list">;

/** R2 sets itself no limit, and whoever waits has none either. */
function bounded(bucket: R2Bucket, ms: number): Calls {
  const within = <T>(call: Promise<T>) => withTimeout(call, ms, () => silence(ms));
  return {
    get: (...args: Parameters<R2Bucket["get"]>) => within(bucket.get(...args)),
    head: (...args) => within(bucket.head(...args)),
    put: (...args: Parameters<R2Bucket["put"]>) => within(bucket.put(...args)),
    delete: (...args) => within(bucket.delete(...args)),
    list: (...args) => within(bucket.list(...args)),
  } as Calls;
}

const silence = (ms: number) => new Error(`No answer within ${ms} ms`);

const refuse = (cause: unknown): never => {
  throw toStorageError(cause);
};

/** R2 fails for a range after the end as for anything else; the size tells them apart. */
async function getRange(bucket: Calls, path: string, range: ByteRange | undefined): Promise<R2ObjectBody | null> {
  try {
    return await bucket.get(path, range ? { range: toR2Range(range) } : {});
  } catch (cause) {
    const size = range && (await bucket.head(path).catch(refuse))?.size;
    throw size !== undefined && range && range.offset >= size ? rangeNotSatisfiable(size) : storageUnavailable(cause);
  }
}

const toR2Range = ({ offset, length }: ByteRange): R2Range => (length === undefined ? { offset } : { offset, length });

const toHead = ({ size, etag, uploaded, httpMetadata, customMetadata }: R2Object): StoredHead => ({
  size,
  version: etag,
  modified: uploaded,
  mime: httpMetadata?.contentType ?? OCTET_STREAM,
  metadata: customMetadata ?? {},
});

function toCondition(onlyIf: PutOptions["onlyIf"]): Pick<R2PutOptions, "onlyIf"> {
  if (!onlyIf) return {};
  return { onlyIf: onlyIf === "absent" ? { etagDoesNotMatch: "*" } : { etagMatches: onlyIf.version } };
}

async function list(bucket: Calls, prefix: string, { after, limit }: ListOptions): Promise<Listing> {
  const startAfter = startOf(prefix, after);
  const start = startAfter === undefined ? {} : { startAfter };
  const page = await bucket.list({ prefix, delimiter: "/", limit, ...start }).catch(refuse);
  const objects = page.objects.map(toListed);
  return pageOf({ objects, folders: page.delimitedPrefixes, truncated: page.truncated }, limit);
}

const toListed = ({ key, size, etag, uploaded }: R2Object): ListedObject => ({
  path: key,
  size,
  version: etag,
  modified: uploaded,
});
