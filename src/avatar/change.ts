import { HttpError } from "../error.ts";
import { storageUnavailable } from "../storage/failure.ts";
import type { Rect } from "../transform/image.ts";
import type { Call } from "./call.ts";
import { squareOf } from "./crop.ts";
import { admit } from "./entrance.ts";
import { readExpected, refused, verifyExpected } from "./expected.ts";
import { type AvatarId, parseId } from "./identity.ts";
import { cutMaster, openUpload, withAnimation } from "./master.ts";
import type { AvatarRecord, Patch, PatchResult } from "./metadata/metadata-store.ts";
import { storePicture } from "./objects.ts";
import { type Permission, useUp } from "./permission.ts";
import { uploadContext } from "./picture.ts";
import { Replaced, readObject } from "./rendition.ts";
import { keptRevision } from "./revisions.ts";
import { isAnimated } from "./show-avatar.ts";
import { type Changes, readChanges } from "./upload-body.ts";
import { answerWith, cleanUp } from "./write.ts";

/** `PATCH /api/avatars/{id}`: what is said of the avatar, which revision or which part of its source it shows. */
export async function change(call: Call): Promise<Response> {
  const { request, params, avatars, context } = call;
  const id = parseId(params.id ?? "");
  const permission = await admit(request, { scope: "avatar:write", ids: [id] }, avatars.guard);
  const changes = await readChanges(request);
  const changing = applyChanges(id, changes, permission, call);
  context.waitUntil(changing.catch(() => undefined));
  return answerWith(id, await changing, call, { status: 200 });
}

/** An upload may come in between, and takes the source with it that was being cut. */
const MAX_ATTEMPTS = 4;

async function applyChanges(id: AvatarId, changes: Changes, permission: Permission, call: Call): Promise<AvatarRecord> {
  const { metadata } = call.avatars;
  const expected = readExpected(call.request);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const record = await metadata.find(id);
    if (!record) throw refused("absent");
    verifyExpected(expected, record);
    const patch = await patchOf(record, changes, call);
    if (attempt === 1) await useUp(permission, (jti, expiresAt) => metadata.useToken(jti, expiresAt));
    const result: PatchResult | undefined = patch && (await metadata.patch(id, patch, expected));
    if (!result || result.outcome === "base_changed") continue;
    if (result.outcome !== "patched") throw refused(result.outcome);
    cleanUp(result.avatar.ids, result.dropped, call);
    return result.avatar;
  }
  throw storageUnavailable(new Error("The avatar was replaced again and again while it was being cut"));
}

/** Undefined where the source was replaced meanwhile. */
async function patchOf(record: AvatarRecord, changes: Changes, call: Call): Promise<Patch | undefined> {
  const { crop, rev, rating, name, alt } = changes;
  const description = { rating, name, alt };
  if (rev !== undefined) return { description, show: await keptRevision(record.ids[0], rev, call.avatars) };
  if (crop === undefined) return { description };
  try {
    return { description, cut: { base: record.rev, picture: await cutAnew(record, crop ?? undefined, call) } };
  } catch (thrown) {
    if (thrown instanceof Replaced) return undefined;
    throw thrown;
  }
}

async function cutAnew({ revision }: AvatarRecord, crop: Rect | undefined, call: Call) {
  const { source, sourceKey } = revision;
  if (sourceKey === undefined)
    throw new HttpError(403, "route_disabled", "Cannot crop again: no source of this avatar is kept");
  const rect = squareOf(source, crop);
  const context = uploadContext(call);
  const opened = openUpload(await readObject(sourceKey, call.avatars), context);
  const master = await cutMaster(opened, rect, source, context);
  const animation = isAnimated(revision) ? opened.bytes : undefined;
  return storePicture(await withAnimation(master, animation), sourceKey, call.avatars);
}
