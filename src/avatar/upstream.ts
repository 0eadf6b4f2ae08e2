import type { Upstream } from "../env-avatar.ts";
import { HttpError } from "../error.ts";
import { logFailure } from "../log.ts";
import type { Opened } from "../picture/opened.ts";
import { sha256Hex } from "../platform/crypto.ts";
import { fetchSource } from "../remote/fetch-source.ts";
import { parseSourceHost } from "../remote/source-host.ts";
import { parseSourceUrl } from "../remote/source-url.ts";
import { orientedSize } from "../transform/orientation.ts";
import { cached, keep } from "./cache.ts";
import type { Call } from "./call.ts";
import { squareOf } from "./crop.ts";
import { chooseFormat } from "./format.ts";
import { type AvatarId, algorithmOf } from "./identity.ts";
import { openUpload, square } from "./master.ts";
import type { ReadParameters } from "./parameters.ts";
import { makePicture, readContext, uploadContext } from "./picture.ts";
import { show } from "./show.ts";
import { CACHE_SECONDS, stillFormats, varyOf } from "./show-avatar.ts";

/** Where each is asked; 512 is the most that Libravatar gives. */
const ADDRESSES: Readonly<Record<Upstream, (id: AvatarId, rating: string) => string>> = {
  gravatar: (id, rating) => `https://gravatar.com/avatar/${id}?d=404&s=512&r=${rating}`,
  libravatar: (id) => `https://seccdn.libravatar.org/avatar/${id}?d=404&s=512`,
};
/** One may send on to the other, and to its own machines. */
const HOSTS = ["gravatar.com", "*.gravatar.com", "*.libravatar.org"].map((host) => parseSourceHost(`https://${host}`));

const MAX_BYTES = 2_097_152;
const TIMEOUT_MS = 3_000;
/** Absence is remembered as long as presence: ten minutes. */
const KEPT_SECONDS = 600;
const ABSENT = new Uint8Array();

/**
 * The avatar that another service has for an id which is unknown here, where that is configured. It learns the id, and
 * nothing of who asks. What it sends is treated like a stranger's upload. Undefined: none has any.
 */
export async function showUpstream(id: AvatarId, asked: ReadParameters, call: Call): Promise<Response | undefined> {
  if (algorithmOf(id) === "sha1") return undefined;
  for (const upstream of call.avatars.config.upstreams) {
    const bytes = await askFor(upstream, id, asked, call);
    const opened = bytes.length > 0 ? tryOpen(bytes, call) : undefined;
    if (opened) return showOpened(opened, id, asked, call);
  }
  return undefined;
}

async function askFor(upstream: Upstream, id: AvatarId, { rating }: ReadParameters, call: Call): Promise<Uint8Array> {
  const tag = `${upstream}-${id}-${rating}`;
  const known = await cached(tag, call);
  if (known) return known;
  const bytes = await download(ADDRESSES[upstream](id, rating), call);
  if (bytes) call.context.waitUntil(keep(tag, bytes, call, KEPT_SECONDS));
  return bytes ?? ABSENT;
}

/** Undefined where it failed, which is not remembered; empty where there is none. */
async function download(address: string, { app, request, url }: Call): Promise<Uint8Array | undefined> {
  const policy = { hosts: HOSTS, allowAny: false, signed: false, ownHosts: [url.host] };
  const { limits, userAgent } = app.config;
  try {
    const { bytes } = await fetchSource(parseSourceUrl(address, policy), {
      ...{ policy, userAgent, viaToken: app.viaToken, signal: request.signal },
      limits: { ...limits, maxSourceBytes: MAX_BYTES, sourceTimeoutMs: TIMEOUT_MS },
    });
    return bytes;
  } catch (thrown) {
    if (thrown instanceof HttpError && thrown.status === 404) return ABSENT;
    logFailure("upstream failed", thrown);
    return undefined;
  }
}

function tryOpen(bytes: Uint8Array, call: Call): Opened | undefined {
  try {
    return openUpload(bytes, uploadContext(call));
  } catch (thrown) {
    logFailure("upstream sent no picture", thrown);
    return undefined;
  }
}

async function showOpened({ bytes, header }: Opened, id: AvatarId, asked: ReadParameters, call: Call) {
  const { px, quality, radius, background } = asked;
  const own = header.alpha || radius > 0 ? "png" : "jpg";
  const format = chooseFormat(asked.format, call.request.headers.get("accept"), {
    own,
    possible: stillFormats(asked, call),
  });
  const size = orientedSize(header, header.orientation);
  const wanted = { operations: [square(squareOf(size, undefined), px)], format, quality, radius, background };
  const showable = {
    tag: `u-${(await sha256Hex(bytes)).slice(0, 32)}-${px}-${format}-${quality}-r${radius}`,
    format,
    make: (signal: AbortSignal) => makePicture(bytes, wanted, readContext(call, signal)),
  };
  const headers = { "x-avatar-source": "upstream", ...varyOf(asked) };
  return show(
    showable,
    { cacheControl: `public, max-age=${CACHE_SECONDS.current}`, modified: undefined, name: id, headers },
    call,
  );
}
