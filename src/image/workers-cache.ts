import type { App, Context } from "../app.ts";
import { logFailure } from "../log.ts";
import { md5Hex } from "../platform/crypto.ts";
import type { Asked } from "./asked.ts";
import { canonicalQuery } from "./canonical-query.ts";

/** Pictures behind Workers Cache: an entrypoint that only this Worker asks. */
export interface CachedPictures {
  fetch(request: Request): Promise<Response>;
  /** Has the cache forget what carries one of these tags. Only that of the entrypoint that is asked: so each has its own. */
  purge(tags: readonly string[]): Promise<void>;
}

/** Undefined where Workers Cache is off. */
export const cachedPictures = ({ config }: App, { exports }: Context): CachedPictures | undefined =>
  config.workersCacheSeconds === undefined ? undefined : exports?.CachedPictures;

/** What a cache answers by itself, and the hops of a request. No result depends on `Accept`, so that stays behind. */
const HANDED_ON = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range", "via"];

/**
 * A verified request as the cache is to see it: one address for all its spellings, without signature, and nothing of the
 * client that would make a second copy.
 */
export function canonicalRequest({ parameters }: Asked, request: Request): Request {
  const url = new URL("/display", request.url);
  url.search = canonicalQuery(parameters);
  const given = HANDED_ON.map((name) => [name, request.headers.get(name)] as const);
  const headers = Object.fromEntries(given.filter((header): header is [string, string] => header[1] !== null));
  return new Request(url, { method: request.method, headers, signal: request.signal });
}

/** Carried by everything that was made from a source; `identity` as in `identityOf`. */
export const sourceTag = async (identity: string): Promise<string> => `source-${await md5Hex(identity)}`;

/** Has Workers Cache forget what was made from a source. A failure is logged: what is kept there ends by itself. */
export async function purgeSource(identity: string, app: App, context: Context): Promise<void> {
  try {
    await cachedPictures(app, context)?.purge([await sourceTag(identity)]);
  } catch (cause) {
    logFailure("Workers Cache not purged", cause);
  }
}
