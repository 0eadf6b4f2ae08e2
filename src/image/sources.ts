import type { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { readLimit } from "../http/limit.ts";
import type { ListedObject } from "../storage/storage.ts";
import { verifyWriter } from "./permission.ts";
import { parsePath } from "./source-path.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** `GET /sources`: what lies in one folder of the source storage, in pages, for whoever may change it. */
export async function sources(request: Request, app: App): Promise<Response> {
  await verifyWriter(request, app.config.enable.list, app, "list pictures");
  const storage = app.source?.writer;
  if (!storage)
    throw new HttpError(
      403,
      "route_disabled",
      "Cannot list pictures: no source storage that can be listed is configured",
    );
  const { searchParams: query } = new URL(request.url);
  const prefix = readPrefix(query.get("prefix") ?? "");
  const limit = readLimit(query.get("limit"), DEFAULT_LIMIT, MAX_LIMIT);
  const { objects, folders, next } = await storage.list(prefix, { limit, after: readCursor(query, prefix) });
  const body = { data: objects.map(told), folders, next_cursor: next ?? null, error: null };
  return Response.json(body, { headers: { "cache-control": "no-store" } });
}

/** @throws HttpError 400 invalid_path */
const readPrefix = (text: string): string => (text === "" || text === "/" ? "" : parsePath(text));

/** The last entry of the page before. */
function readCursor(query: URLSearchParams, prefix: string): string | undefined {
  const cursor = query.get("cursor") ?? undefined;
  if (cursor === undefined || cursor.startsWith(prefix)) return cursor;
  throw new HttpError(400, "invalid_cursor", "Cannot read cursor: expected a next_cursor of this prefix");
}

const told = ({ path, size, modified }: ListedObject) => ({ path, size, modified: modified?.toISOString() ?? null });
