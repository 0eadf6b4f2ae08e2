import type { App } from "../app.ts";
import { HttpError } from "../error.ts";
import type { Admit } from "../platform/bounded.ts";
import { md5Hex } from "../platform/crypto.ts";
import { fetchSource, probeSource } from "../remote/fetch-source.ts";
import { parseSourceUrl } from "../remote/source-url.ts";
import type { SourceName } from "./options.ts";
import { parsePath } from "./source-path.ts";

export interface Source {
  readonly bytes: Uint8Array;
  /** Changes when the source does; short, and safe in a header. */
  readonly version: string;
  readonly modified: Date;
}

/** Who asks, as far as it matters for what may be fetched. */
export interface Asker {
  /** Host that the request was sent to. */
  readonly host: string;
  readonly signed: boolean;
  /** The `Via` that the request came with: whom it passed already. */
  readonly via: string | undefined;
  /** Aborts when the client leaves; so does the reading of a source that no other client waits for. */
  readonly signal: AbortSignal;
  /** When the request came, by the app's clock. */
  readonly cameMs: number;
  /** Asked before more than the first bytes of a source are taken into memory; absent: nobody minds. */
  readonly admit?: Admit;
}

/**
 * The source's bytes, whole, within MAX_SOURCE_BYTES.
 * @throws HttpError 400 invalid_path, invalid_url; 403 source_not_allowed; 404 not_found; 413 source_too_large;
 * 502–504 as the source or the storage fails
 */
export function loadSource(source: SourceName, asker: Asker, app: App): Promise<Source> {
  return "url" in source ? loadUrl(source.url, asker, app) : loadPath(source.path, asker, app);
}

async function loadUrl(text: string, asker: Asker, app: App): Promise<Source> {
  const { url, options } = remote(text, asker, app);
  const { bytes, version, modified } = await fetchSource(url, options);
  return { bytes, version: await shortVersion(version, bytes), modified: modified ?? new Date(app.clock.now()) };
}

/** @throws HttpError 400 invalid_url; 403 source_not_allowed */
function remote(text: string, { host, signed, via, signal, admit }: Asker, { config }: App) {
  const policy = { hosts: config.sourceHosts, allowAny: config.allowAnySource, signed, ownHosts: [host] };
  const { limits, userAgent } = config;
  return {
    url: parseSourceUrl(text, policy),
    options: { policy, limits, userAgent, viaToken: host, via, signal, admit },
  };
}

async function loadPath(text: string, { admit, signal }: Asker, { source, config, clock }: App): Promise<Source> {
  const path = parsePath(text);
  const object = await source?.reader.get(path, { maxBytes: config.limits.maxSourceBytes, admit, signal });
  if (!object) throw new HttpError(404, "not_found", "Cannot find the picture");
  const bytes = await object.bytes();
  return {
    bytes,
    version: await shortVersion(object.version, bytes),
    modified: object.modified ?? new Date(clock.now()),
  };
}

/**
 * False where the source at a path has gone or changed since it had `version`; true as well for sources that tell no
 * version, and for URLs.
 */
export async function isCurrent(name: SourceName, version: string, app: App): Promise<boolean> {
  if ("url" in name || !app.source) return true;
  const head = await app.source.reader.head(parsePath(name.path));
  return head !== undefined && (await isVersion(version, head.version));
}

/**
 * True where the source is there and has changed since it had `version`.
 * @throws HttpError as `loadSource`
 */
export async function hasChanged(name: SourceName, version: string, asker: Asker, app: App): Promise<boolean> {
  const head = "url" in name ? await probe(name.url, asker, app) : await app.source?.reader.head(parsePath(name.path));
  return head !== undefined && !(await isVersion(version, head.version));
}

function probe(text: string, asker: Asker, app: App): Promise<{ readonly version: string | undefined }> {
  const { url, options } = remote(text, asker, app);
  return probeSource(url, options);
}

/** True as well for a source that tells none. */
const isVersion = async (version: string, told: string | undefined): Promise<boolean> =>
  told === undefined || (await shortVersion(told, new Uint8Array())) === version;

/** Twelve digits tell versions of one source apart; a source without a version is its own. */
const shortVersion = async (version: string | undefined, bytes: Uint8Array): Promise<string> =>
  (await md5Hex(version ?? bytes)).slice(0, 12);
