import { DECODERS } from "../codec/codecs.ts";
import { sniffFormat } from "../codec/sniff.ts";
import { HttpError } from "../error.ts";
import { fullAddress, immutablePath } from "./address.ts";
import type { Avatars } from "./avatars.ts";
import type { Call } from "./call.ts";
import { stateTag } from "./describe.ts";
import { authorise } from "./entrance.ts";
import { refused } from "./expected.ts";
import { type AvatarId, parseId } from "./identity.ts";
import type { AvatarRecord, MasterType, RevisionRecord, Shown } from "./metadata/metadata-store.ts";
import { offeredVariants } from "./variant.ts";

/** `GET /api/avatars/{id}/revisions`: the present picture, then those that can be shown again. Needs a token. */
export async function revisions(call: Call): Promise<Response> {
  const { id, record } = await findOwn(call);
  const kept = await call.avatars.metadata.revisions(id);
  const data = kept.map((revision) => describeRevision(id, revision, call));
  return Response.json({ data, error: null }, { headers: { etag: stateTag(record), ...PRIVATE } });
}

/** `GET /api/avatars/{id}/source`: the whole picture that the avatar was cut from. Needs a token. */
export async function keptSource(call: Call): Promise<Response> {
  const { sourceKey } = (await findOwn(call)).record.revision;
  const object = sourceKey === undefined ? undefined : await call.avatars.objects.get(sourceKey);
  if (!object) throw new HttpError(404, "not_found", "Cannot find the source of this avatar: none is kept");
  const headers = { "content-type": object.mime, "content-length": String(object.size), ...PRIVATE };
  return new Response(object.body, { headers });
}

const PRIVATE = { "cache-control": "private, no-store" };

/** The avatar of the path, for whom the token allows to change it: what was replaced is nobody else's business. */
async function findOwn({ request, params, avatars }: Call): Promise<{ id: AvatarId; record: AvatarRecord }> {
  const id = parseId(params.id ?? "");
  await authorise(request, { scope: "avatar:write", ids: [id] }, avatars.guard);
  const record = await avatars.metadata.find(id);
  if (!record) throw refused("absent");
  return { id, record };
}

function describeRevision(id: AvatarId, revision: RevisionRecord, call: Call) {
  const { rev, source, sourceKey, crop, createdAt, masterKey } = revision;
  const extension = masterKey.endsWith(".png") ? "png" : "jpg";
  return {
    rev,
    crop: { x: crop.left, y: crop.top, w: crop.width, h: crop.height },
    source: { ...source, kept: sourceKey !== undefined },
    shownAt: new Date(createdAt).toISOString(),
    url: fullAddress(immutablePath({ id, rev, px: 256, extension }), call),
  };
}

/**
 * What the avatar's row is to say of a revision that it shows again, read off its master.
 * @throws HttpError 409 revision_not_kept
 */
export async function keptRevision(id: AvatarId, rev: string, { metadata, objects }: Avatars): Promise<Shown> {
  const revision = await metadata.findRevision(id, rev);
  const bytes = await (revision && (await objects.get(revision.masterKey)))?.bytes();
  const format = bytes && sniffFormat(bytes);
  if (!format) throw refused("revision_not_kept");
  const side = DECODERS[format].readHeader(bytes).width;
  const sizes = offeredVariants(side).map(({ name }) => name);
  return { rev, type: format as MasterType, side, bytes: bytes.length, sizes };
}
