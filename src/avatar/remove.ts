import { HttpError } from "../error.ts";
import type { Call } from "./call.ts";
import { admit } from "./entrance.ts";
import { readExpected, refused, verifyExpected } from "./expected.ts";
import { type AvatarId, parseId, toId } from "./identity.ts";
import { removeObjects } from "./objects.ts";
import { type Permission, useUp } from "./permission.ts";
import { purge } from "./purge.ts";

/**
 * `DELETE` of an avatar. Hidden from everybody at once; then its objects go. A path that has no id is left to the image
 * half, where that may delete.
 */
export async function remove(call: Call): Promise<Response | undefined> {
  const text = call.params.id ?? "";
  if (!toId(text) && call.app.config.enable.delete) return undefined;
  const id = parseId(text);
  const permission = await admit(call.request, { scope: "avatar:delete", ids: [id] }, call.avatars.guard);
  const removing = removeNow(id, permission, call);
  call.context.waitUntil(removing.catch(() => undefined));
  if (await removing) return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  throw new HttpError(
    504,
    "delete_incomplete",
    "Cannot remove all files of the avatar yet: it is hidden already, and the rest is tried again",
  );
}

/** True where nothing is left for later. */
async function removeNow(id: AvatarId, permission: Permission, { request, avatars, context }: Call): Promise<boolean> {
  const { metadata } = avatars;
  const expected = readExpected(request);
  const record = await metadata.find(id);
  if (!record && !expected.ifMatch) throw refused("absent");
  verifyExpected(expected, record);
  await useUp(permission, (jti, expiresAt) => metadata.useToken(jti, expiresAt));
  const result = await metadata.hide(id, expected);
  if (result.outcome !== "hidden") throw refused(result.outcome);
  context.waitUntil(purge(record?.ids ?? [id], context));
  return removeObjects(result.dropped, avatars);
}
