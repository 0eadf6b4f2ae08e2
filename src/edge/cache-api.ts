import { withTimeout } from "../platform/timeout.ts";
import { VERSION } from "../version.ts";
import type { EdgeCache, EdgeEntry } from "./edge-cache.ts";

export interface CacheApiOptions {
  /** Keeps deployments apart that share a zone, and so its cache. */
  readonly name: string;
  /** How long an entry may be answered: as long as one made from an old source may stay in other data centres. */
  readonly seconds: number;
  readonly log: (message: string, cause: unknown) => void;
}

/** Longer than that, and asking the storage is no slower. */
const TIMEOUT_MS = 500;
const HEADER = "x-edgefit-entry";

/** Cloudflare's Cache API. */
export function cacheApi(cache: Cache, { name, seconds, log }: CacheApiOptions): EdgeCache {
  const addressOf = (key: string) => `https://edge.invalid/${encodeURIComponent(name)}/${VERSION}/${key}`;
  const tolerant = <T>(what: string, work: Promise<T>) =>
    work.catch((cause: unknown) => {
      log(`edge cache not ${what}`, cause);
      return undefined;
    });
  return {
    get: (key) => tolerant("read", withTimeout(cache.match(addressOf(key)), TIMEOUT_MS, late).then(toEntry)),
    async put(key, entry, body) {
      const headers = { "cache-control": `max-age=${seconds}`, [HEADER]: JSON.stringify(entry) };
      await tolerant("written", cache.put(addressOf(key), new Response(body, { headers })));
    },
    async delete(key) {
      await tolerant("cleared", cache.delete(addressOf(key)));
    },
  };
}

function toEntry(response: Response | undefined): EdgeEntry | undefined {
  const text = response?.headers.get(HEADER);
  if (!response?.body || !text) return undefined;
  const { modified, ...entry } = JSON.parse(text);
  return { ...entry, modified: new Date(modified), body: response.body };
}

const late = () => new Error(`No answer within ${TIMEOUT_MS} ms`);
