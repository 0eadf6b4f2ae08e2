import { HttpError } from "../error.ts";
import { matchesTag } from "../http/conditional.ts";
import { cacheTag } from "./cache-tag.ts";
import type { Call } from "./call.ts";
import { describe, stateTag } from "./describe.ts";
import { toId } from "./identity.ts";

/** `GET /api/avatars/{id}`: what is known of an avatar. */
export async function metadata(call: Call): Promise<Response> {
  const id = toId(call.params.id ?? "");
  const record = id && (await call.avatars.metadata.find(id));
  if (!record) throw new HttpError(404, "not_found", "Cannot find an avatar for this id");
  const headers = { etag: stateTag(record), "cache-control": "public, max-age=60", "cache-tag": cacheTag(id) };
  if (matchesTag(call.request.headers.get("if-none-match") ?? "", headers.etag))
    return new Response(null, { status: 304, headers });
  return Response.json({ data: describe(id, record, call), error: null }, { headers });
}
