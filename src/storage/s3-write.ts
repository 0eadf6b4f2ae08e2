import { holds } from "./condition.ts";
import { type S3Request, toVersion } from "./s3-client.ts";
import type { PutOptions, Storage, StoredHead, StoredProperties } from "./storage.ts";

/** A condition that does not hold; 409 when another writes now; 304 by servers from before Amazon knew conditions. */
const NOT_HELD = [304, 409, 412];
/** A version of nothing. Where nothing has to be, it is the bucket that is missing. */
const ABSENT = 404;
/** By servers that know no conditions, Backblaze's among them. Others do not look at them, and write. */
const NOT_IMPLEMENTED = 501;

export const METADATA = "x-amz-meta-";

interface S3Calls {
  /** Sends what is answered by a status and headers only. */
  readonly finish: (request: S3Request, expected: readonly number[]) => Promise<Response>;
  readonly head: (path: string) => Promise<StoredHead | undefined>;
}

/**
 * Puts objects. Once a server has said that it knows no conditions, it is asked what is there instead, before each write
 * that has one: another may then write in between.
 */
export function s3Writer({ finish, head }: S3Calls): Storage["put"] {
  let knowsConditions = true;
  return async (path, body, properties, { onlyIf } = {}) => {
    const send = (headers: Record<string, string>, expected: readonly number[]) =>
      finish({ method: "PUT", path, headers: { ...headersOf(properties), ...headers }, body }, expected);
    if (onlyIf && knowsConditions) {
      const absent = onlyIf === "absent" ? [] : [ABSENT];
      const response = await send(conditionHeader(onlyIf), [200, ...NOT_HELD, ...absent, NOT_IMPLEMENTED]);
      if (response.status !== NOT_IMPLEMENTED) return written(response, body);
      knowsConditions = false;
    }
    if (onlyIf && !holds(onlyIf, await head(path))) return undefined;
    return written(await send({}, [200]), body);
  };
}

const written = ({ status, headers }: Response, { length }: Uint8Array) =>
  status === 200 ? { size: length, version: toVersion(headers) } : undefined;

function headersOf({ mime, metadata }: StoredProperties): Record<string, string> {
  const kept = Object.entries(metadata).map(([name, value]) => [METADATA + name, value]);
  return { "content-type": mime, ...Object.fromEntries(kept) };
}

const conditionHeader = (onlyIf: NonNullable<PutOptions["onlyIf"]>): Record<string, string> =>
  onlyIf === "absent" ? { "if-none-match": "*" } : { "if-match": `"${onlyIf.version}"` };
