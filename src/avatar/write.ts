import { currentPath, publicAddress } from "./address.ts";
import type { Call } from "./call.ts";
import { describe, stateTag } from "./describe.ts";
import { admitUpload } from "./entrance.ts";
import { readExpected, refused, verifyExpected } from "./expected.ts";
import { type AvatarId, parseId, verifyEmail } from "./identity.ts";
import { makeMaster, openUpload, withAnimation } from "./master.ts";
import type { AvatarRecord } from "./metadata/metadata-store.ts";
import { removeObjects, storePicture } from "./objects.ts";
import { type Permission, useUp } from "./permission.ts";
import { uploadContext } from "./picture.ts";
import { purge } from "./purge.ts";
import { makeSource } from "./source.ts";
import type { Upload } from "./upload-body.ts";
import { bestVariant, parseVariant } from "./variant.ts";

/** `POST /{id}` and `POST /avatar/{id}`: 201, whether there was an avatar or not. */
export const post = (call: Call): Promise<Response> => write(call, 201);

/** `PUT /api/avatars/{id}` and `PUT /avatar/{id}`: 201 where there was none, else 200. */
export const put = (call: Call): Promise<Response> => write(call, 200);

async function write(call: Call, replaced: 200 | 201): Promise<Response> {
  const { request, params, avatars, context } = call;
  const id = parseId(params.id ?? "");
  const { permission, upload } = await admitUpload(request, id, avatars.guard);
  const saving = save(id, upload, permission, call);
  // Should the client leave: what was begun is finished, and gives back its part of the budget.
  context.waitUntil(saving.catch(() => undefined));
  const { outcome, avatar } = await saving;
  const location = currentPath(id, avatar, bestVariant(avatar.side, parseVariant(undefined)).px);
  const status = outcome === "created" ? 201 : replaced;
  return answerWith(id, avatar, call, { status, headers: { location: publicAddress(location, call) } });
}

/** What is known of an avatar after it was changed. */
export function answerWith(
  id: AvatarId,
  avatar: AvatarRecord,
  call: Call,
  { status, headers }: { readonly status: number; readonly headers?: Readonly<Record<string, string>> },
): Response {
  const body = { data: describe(id, avatar, call), error: null };
  return Response.json(body, { status, headers: { ...headers, etag: stateTag(avatar), "cache-control": "no-store" } });
}

/**
 * Everything that can be refused is refused before anything is kept. What is kept is not shown before the one change at
 * the end, so whatever fails on the way leaves the avatar as it was.
 */
async function save(id: AvatarId, upload: Upload, permission: Permission, call: Call) {
  const { metadata, config } = call.avatars;
  const ids = upload.email === undefined ? [] : Object.values(await verifyEmail(upload.email, id));
  const expected = readExpected(call.request);
  if (expected.ifMatch || expected.ifNoneMatch) verifyExpected(expected, await metadata.find(id));
  const context = uploadContext(call);
  const opened = openUpload(upload.bytes, context);
  const master = await makeMaster(opened, upload.crop, context);
  const source = config.keepSource ? await makeSource(opened, context) : undefined;
  await useUp(permission, (jti, expiresAt) => metadata.useToken(jti, expiresAt));
  const shown = await withAnimation(master, source?.type === "gif" ? source.bytes : undefined);
  const picture = await storePicture(shown, source, call.avatars);
  const { rating, name, alt } = upload;
  const result = await metadata.put(id, { picture, description: { rating, name, alt }, ids }, expected);
  if (result.outcome === "precondition_failed") throw refused(result.outcome);
  cleanUp(result.avatar.ids, result.dropped, call);
  return result;
}

/** Behind the answer: the avatar is as it will be. */
export function cleanUp(ids: readonly string[], dropped: readonly string[], call: Call): void {
  call.context.waitUntil(removeObjects(dropped, call.avatars));
  call.context.waitUntil(purge(ids, call.context));
}
