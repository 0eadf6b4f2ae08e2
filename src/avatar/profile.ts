import { fullAddress } from "./address.ts";
import { cacheTag } from "./cache-tag.ts";
import type { Call } from "./call.ts";
import { toId } from "./identity.ts";
import type { AvatarRecord } from "./metadata/metadata-store.ts";

/** `GET /{id}.json`: an avatar as Gravatar's older profiles tell of it. */
export async function profile(call: Call): Promise<Response> {
  const { id, record } = await find(call);
  if (!id || !record) return Response.json("User not found", { status: 404, headers: ABSENT });
  const thumbnailUrl = fullAddress(`/avatar/${id}`, call);
  const entry = {
    hash: id,
    requestHash: id,
    thumbnailUrl,
    photos: [{ value: thumbnailUrl, type: "thumbnail" }],
    ...(record.name !== undefined && { displayName: record.name }),
  };
  return Response.json({ entry: [entry] }, { headers: headersOf(id) });
}

/** `GET /v3/profiles/{sha256}`: what we know of Gravatar's present profiles. */
export async function profileV3(call: Call): Promise<Response> {
  const { id, record } = await find(call);
  if (id?.length !== 64 || !record)
    return Response.json({ error: "Profile not found", code: "not_found" }, { status: 404, headers: ABSENT });
  const body = {
    hash: id,
    display_name: record.name ?? "",
    avatar_url: fullAddress(`/avatar/${id}`, call),
    avatar_alt_text: record.alt ?? "",
  };
  return Response.json(body, { headers: headersOf(id) });
}

async function find({
  params,
  avatars,
}: Call): Promise<{ id: ReturnType<typeof toId>; record: AvatarRecord | undefined }> {
  const id = toId(params.id ?? "");
  return { id, record: id && (await avatars.metadata.find(id)) };
}

const ABSENT = { "cache-control": "public, max-age=60" };

const headersOf = (id: string) => ({ "cache-control": "public, max-age=60", "cache-tag": cacheTag(id) });
