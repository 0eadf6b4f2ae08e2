import { withTimeout } from "../platform/timeout.ts";
import { holds } from "./condition.ts";
import { confine } from "./confine.ts";
import { storageUnavailable, toStorageError } from "./failure.ts";
import { type HttpStorageOptions, httpStorage } from "./http.ts";
import type { ListedObject, Storage, StoredHead } from "./storage.ts";

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
    list: (prefix) => listFolder(prefix.slice(0, prefix.lastIndexOf("/") + 1), prefix, { ask, head: reader.head }),
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

interface Folders {
  readonly ask: (url: string) => Promise<Response>;
  readonly head: (path: string) => Promise<StoredHead | undefined>;
}

/** What lies below `folder` and starts with `prefix`, however deep. */
async function* listFolder(folder: string, prefix: string, folders: Folders): AsyncGenerator<ListedObject> {
  for (const { name, type } of await entriesOf(folder, folders)) {
    const path = folder + name;
    if (type === "directory" && `${path}/`.startsWith(prefix.slice(0, path.length + 1)))
      yield* listFolder(`${path}/`, prefix, folders);
    const head = type === "file" && path.startsWith(prefix) ? await folders.head(path) : undefined;
    if (head) yield { path, size: head.size, version: head.version, modified: head.modified };
  }
}

interface Entry {
  readonly name: string;
  readonly type: string;
}

async function entriesOf(folder: string, { ask }: Folders): Promise<readonly Entry[]> {
  const response = await ask(`${BASE}/${encodePath(folder)}`);
  if (response.status === 200 && isFolder(response)) return response.json();
  await accepted(response, [ABSENT]);
  return [];
}
