import { HttpError } from "../error.ts";
import { currentPath, publicAddress } from "./address.ts";
import { cacheTag } from "./cache-tag.ts";
import type { Call } from "./call.ts";
import { type AvatarId, DEFAULT_IMAGE_ID, parseId, toId } from "./identity.ts";
import type { AvatarRecord } from "./metadata/metadata-store.ts";
import { CACHE_SECONDS } from "./show-avatar.ts";
import { bestVariant, parseVariant, type Variant } from "./variant.ts";

/** `GET /{id}`, `/{id}/{size}`, `/{id}/{backup}`, `/{id}/{backup}/{size}`: to a picture that never changes. */
export async function redirect(call: Call): Promise<Response> {
  const { id: idText = "", second, third } = call.params;
  const id = parseId(idText);
  const backup = second === undefined ? undefined : toId(second);
  if (third !== undefined && !backup) throw notFound();
  const variant = parseVariant(backup ? third : second);
  const found = await firstFound([id, backup ?? [], DEFAULT_IMAGE_ID].flat(), call);
  const response = found ? toPicture(found, variant, call) : toFallback(id, variant, call);
  response.headers.set("cache-tag", cacheTag(id, response.headers.get("cache-tag")));
  return response;
}

interface Found {
  readonly id: AvatarId;
  readonly record: AvatarRecord;
}

async function firstFound(ids: readonly AvatarId[], { avatars }: Call): Promise<Found | undefined> {
  for (const id of ids) {
    const record = await avatars.metadata.find(id);
    if (record) return { id, record };
  }
  return undefined;
}

/** A size that the picture does not fill is not offered: then the largest that is. */
function toPicture({ id, record }: Found, variant: Variant, call: Call): Response {
  const { px } = bestVariant(record.side, variant);
  const path = currentPath(id, record, px);
  return found(path, { "last-modified": new Date(record.updatedAt).toUTCString(), "cache-tag": cacheTag(id) }, call);
}

function toFallback(id: string, { px }: Variant, call: Call): Response {
  const words = call.avatars.config.defaultAvatar;
  if (words[0] === "404") throw notFound();
  return found(`/avatar/${id}?d=${words.join(",")}&f=y&s=${px}`, {}, call);
}

const found = (path: string, headers: Readonly<Record<string, string>>, call: Call): Response =>
  new Response(null, {
    status: 302,
    headers: {
      location: publicAddress(path, call),
      "cache-control": `public, max-age=${CACHE_SECONDS.current}`,
      ...headers,
    },
  });

const notFound = () => new HttpError(404, "not_found", "Cannot find an avatar for this id");

/** `HEAD /{id}`: whether there is an avatar, looking at nothing but that id. */
export async function exists({ params, avatars }: Call): Promise<Response> {
  const record = await avatars.metadata.find(parseId(params.id ?? ""));
  const headers = { "cache-control": "public, max-age=60" };
  return new Response(null, { status: record ? 204 : 404, headers });
}
