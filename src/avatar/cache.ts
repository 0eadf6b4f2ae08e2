import { logFailure } from "../log.ts";
import { withTimeout } from "../platform/timeout.ts";
import { OCTET_STREAM } from "../storage/storage.ts";
import type { Call } from "./call.ts";

/** A tag names the bytes for ever; how long they are really kept is the cache's own business. */
const FOR_EVER_SECONDS = 31_536_000;

/** Longer than that, and making a picture is no slower. */
const TIMEOUT_MS = 500;
const late = () => new Error(`No answer within ${TIMEOUT_MS} ms`);

/** Never the URL of a request, so that a query nobody understands cannot make a second copy. */
const addressOf = (tag: string, { url }: Call): string => `${url.origin}/.avatars/${tag}`;

/** Bytes kept under `tag` in this data centre; a cache that fails knows nothing. */
export async function cached(tag: string, call: Call): Promise<Uint8Array | undefined> {
  try {
    const kept = await withTimeout(caches.default.match(addressOf(tag, call)), TIMEOUT_MS, late);
    return kept && (await kept.bytes());
  } catch (cause) {
    logFailure("cache not read", cause);
    return undefined;
  }
}

/** Keeps them for the next who asks. */
export async function keep(tag: string, bytes: Uint8Array, call: Call, seconds = FOR_EVER_SECONDS): Promise<void> {
  const headers = { "content-type": OCTET_STREAM, "cache-control": `public, max-age=${seconds}` };
  try {
    await caches.default.put(addressOf(tag, call), new Response(bytes, { headers }));
  } catch (cause) {
    logFailure("cache not written", cause);
  }
}
