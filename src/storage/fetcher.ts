import { readBounded } from "../platform/bounded.ts";
import { byBytes } from "../platform/by-bytes.ts";
import { withTimeout } from "../platform/timeout.ts";
import { holds } from "./condition.ts";
import { confine, confineListing } from "./confine.ts";
import { storageUnavailable, toStorageError } from "./failure.ts";
import { type HttpStorageOptions, httpStorage } from "./http.ts";
import type { Listing, ListOptions, Storage, StoredHead } from "./storage.ts";

export interface FetcherStorageOptions extends Pick<HttpStorageOptions, "limits" | "userAgent" | "viaToken"> {
  readonly fetcher: Pick<Fetcher, "fetch">;
}

/** What is asked of a binding has a path; the host means nothing to it. */
const BASE = "http://storage.invalid";

/**
 * What a binding answers by HTTP: workerd's disk service, that is a folder of files; another Worker; static assets. GET
 * and HEAD read, PUT and DELETE write; a folder is listed as the disk service lists it. It keeps bytes only: no types and
 * no metadata. A condition of a write is looked at before the write, so another may write in between.
 */
export function fetcherStorage({ fetcher, ...options }: FetcherStorageOptions): Storage {
  const ms = options.limits.sourceHeadersTimeoutMs;
  const send = (...request: Parameters<typeof fetch>) => withTimeout(fetcher.fetch(...request), ms, () => late(ms));
  const reader = httpStorage({
    ...options,
    baseUrl: BASE,
    fetch: async (...request) => withoutFolders(await send(...request)),
  });
  const ask = (url: string, init?: RequestInit) => send(url, init).catch(refuse);
  return {
    ...reader,
    async put(path, bytes, _properties, { onlyIf } = {}) {
      if (onlyIf && !holds(onlyIf, await reader.head(path))) return undefined;
      await accepted(await ask(addressOf(path), { method: "PUT", body: bytes }), OK);
      return { size: bytes.length, version: (await reader.head(path))?.version };
    },
    async delete(path) {
      const response = await accepted(await ask(addressOf(path), { method: "DELETE" }), [...OK, ABSENT]);
      return response.status !== ABSENT;
    },
    list: async (prefix, options) => list(confineListing("", prefix), options, { ask, head: reader.head }),
  };
}

const OK: readonly number[] = [200, 201, 204];
const ABSENT = 404;

const addressOf = (path: string): string => `${BASE}/${encodePath(confine("", path))}`;

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

const late = (ms: number) => new Error(`No answer within ${ms} ms`);

const refuse = (cause: unknown): never => {
  throw toStorageError(cause);
};

/** A folder answers with a list of its files, which is nobody's picture. */
const withoutFolders = (response: Response): Response =>
  isFolder(response) ? new Response(null, { status: ABSENT }) : response;

const isFolder = ({ headers }: Response): boolean =>
  headers.get("content-type") === "application/json" && !headers.has("content-length") && !headers.has("etag");

async function accepted(response: Response, statuses: readonly number[]): Promise<Response> {
  await response.body?.cancel();
  if (statuses.includes(response.status)) return response;
  throw storageUnavailable(new Error(`The storage answers ${response.status}`));
}

interface Folder {
  readonly ask: (url: string) => Promise<Response>;
  readonly head: (path: string) => Promise<StoredHead | undefined>;
}

/** The list of a folder tells names alone: of what the page shows, each is asked for what it is. */
async function list(prefix: string, { after = "", limit }: ListOptions, { ask, head }: Folder): Promise<Listing> {
  const names = await namesIn(prefix.slice(0, prefix.lastIndexOf("/") + 1), ask);
  const found = names.filter((path) => path.startsWith(prefix) && byBytes(path, after) > 0).sort(byBytes);
  const page = found.slice(0, limit);
  const folders = page.filter((path) => path.endsWith("/"));
  const files = page.filter((path) => !path.endsWith("/"));
  const heads = await Promise.all(files.map(async (path) => ({ path, head: await head(path) })));
  const objects = heads.flatMap(({ path, head }) => (head ? { path, ...head } : []));
  return { objects, folders, next: found.length > limit ? page.at(-1) : undefined };
}

interface Entry {
  readonly name: string;
  readonly type: string;
}

const ENDINGS: Readonly<Record<string, string>> = { file: "", directory: "/" };

/** Paths of all that lies in `folder`; none where there is no such folder. */
async function namesIn(folder: string, ask: Folder["ask"]): Promise<string[]> {
  const response = await ask(`${BASE}/${encodePath(folder)}`);
  if (response.status !== 200 || !isFolder(response)) {
    await accepted(response, [ABSENT]);
    return [];
  }
  const entries = (await readNames(response)).filter(({ type }) => type in ENDINGS);
  return entries.map(({ name, type }) => folder + name + ENDINGS[type]);
}

/** Some 100,000 names. */
const MAX_NAMES_BYTES = 8_388_608;

async function readNames({ body }: Response): Promise<readonly Entry[]> {
  try {
    const bytes = body ? await readBounded(body, { maxBytes: MAX_NAMES_BYTES }) : new Uint8Array();
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw storageUnavailable(cause);
  }
}
