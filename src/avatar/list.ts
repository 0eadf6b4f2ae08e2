import { HttpError } from "../error.ts";
import { readLimit } from "../http/limit.ts";
import type { Call } from "./call.ts";
import { describe } from "./describe.ts";
import { admit } from "./entrance.ts";
import type { AvatarRecord, ListPosition } from "./metadata/metadata-store.ts";
import { integerBetween } from "./parameters.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** `GET /api/avatars`: the newest change first, in pages. */
export async function list(call: Call): Promise<Response> {
  const { request, url, avatars } = call;
  await admit(request, { scope: "avatar:list", ids: [] }, avatars.guard);
  const limit = readLimit(url.searchParams.get("limit"), DEFAULT_LIMIT, MAX_LIMIT);
  const after = readCursor(url.searchParams.get("cursor"));
  const since = readSince(url.searchParams.get("since"));
  // One more than asked for tells whether there is a next page.
  const records = await avatars.metadata.list({ limit: limit + 1, after, since });
  const page = records.slice(0, limit);
  const data = page.map((record) => describe(record.ids[0], record, call));
  const next = records.length > limit ? cursorOf(page.at(-1)) : null;
  return Response.json({ data, next_cursor: next, error: null }, { headers: { "cache-control": "no-store" } });
}

/** Milliseconds since 1970, or a date of ISO 8601. */
function readSince(text: string | null): number | undefined {
  if (text === null) return undefined;
  const since = integerBetween(text, 0, Number.MAX_SAFE_INTEGER) ?? Date.parse(/^[0-9]{4}-/.test(text) ? text : "");
  if (!Number.isNaN(since)) return since;
  throw new HttpError(400, "invalid_parameter", "Cannot read since: expected a date such as 2026-01-31T12:00:00Z");
}

const cursorOf = (last: AvatarRecord | undefined): string | null =>
  last ? `${last.updatedAt}.${last.avatarId}` : null;

function readCursor(text: string | null): ListPosition | undefined {
  if (text === null) return undefined;
  const [, updatedAt, avatarId] = /^([0-9]{1,15})\.([0-9a-f]{32})$/.exec(text) ?? [];
  if (avatarId === undefined) throw new HttpError(400, "invalid_cursor", "Cannot read cursor: expected a next_cursor");
  return { updatedAt: Number(updatedAt), avatarId };
}
