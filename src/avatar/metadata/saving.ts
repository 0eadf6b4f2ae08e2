import { type AvatarId, algorithmOf } from "../identity.ts";
import { type Change, change, exists, going } from "./change.ts";
import { type Database, databaseUnavailable } from "./database.ts";
import { isAsExpected } from "./expectation.ts";
import { moveIds, othersOf } from "./linking.ts";
import type { Expected, Patch, PatchResult, Picture, PutResult, Refused, Saved, Upload } from "./metadata-store.ts";
import { isKept, type Showing, showAgain, showPicture, updateAvatar } from "./revision.ts";
import { ALWAYS, type Statement, sql } from "./statement.ts";

/** `put` of the port. */
export async function putAvatar(
  database: Database,
  id: AvatarId,
  upload: Upload,
  expected: Expected,
  showing: Showing,
): Promise<PutResult> {
  const { masterKey, sourceKey } = upload.picture;
  const result = await save(database, {
    id,
    conditions: { precondition_failed: isAsExpected(id, expected) },
    objects: sourceKey === undefined ? [masterKey] : [masterKey, sourceKey],
    steps: putSteps(id, upload, showing),
  });
  if (result.outcome !== "saved") return result;
  const { avatar, dropped, existed } = result;
  return { outcome: existed ? "replaced" : "created", avatar, dropped };
}

/** `patch` of the port. */
export async function patchAvatar(
  database: Database,
  id: AvatarId,
  { description, cut, show }: Patch,
  expected: Expected,
  showing: Showing,
): Promise<PatchResult> {
  const { now } = showing;
  const result = await save(database, {
    id,
    conditions: {
      absent: exists(id),
      precondition_failed: isAsExpected(id, expected),
      base_changed: cut ? isAsExpected(id, { ifMatch: [{ rev: cut.base }] }) : ALWAYS,
      revision_not_kept: show ? isKept(id, show.rev) : ALWAYS,
    },
    objects: cut ? [cut.picture.masterKey] : [],
    steps: [
      ...(cut ? showPicture(id, cut.picture, showing) : []),
      ...(show ? [showAgain(id, show.rev, now)] : []),
      updateAvatar(id, now, cut?.picture ?? show, description),
    ],
  });
  if (result.outcome !== "saved") return result;
  return { outcome: "patched", avatar: result.avatar, dropped: result.dropped };
}

/** A change that leaves the avatar there. */
export async function save<Reason extends string>(
  database: Database,
  wanted: Change<Reason>,
): Promise<(Saved<"saved"> & { readonly existed: boolean }) | Refused<Reason>> {
  const result = await change(database, wanted);
  if ("outcome" in result) return result;
  const { avatar, dropped, existed } = result;
  if (!avatar) throw databaseUnavailable(new Error("The avatar was changed and is not there"));
  return { outcome: "saved", avatar, dropped, existed };
}

function putSteps(id: AvatarId, { picture, description, ids = [] }: Upload, showing: Showing): Statement[] {
  const others = othersOf(id, ids);
  return [
    ...createAvatar(id, picture, showing.now),
    ...showPicture(id, picture, showing),
    updateAvatar(id, showing.now, picture, description),
    ...(others.length ? moveIds(id, others, showing.now) : []),
  ];
}

/** Where the id leads nowhere: a row and its id. The version becomes 1 when the row is updated. */
function createAvatar(id: AvatarId, { rev, type, side, bytes }: Picture, now: number): Statement[] {
  const avatarId = crypto.randomUUID().replaceAll("-", "");
  return [
    sql`INSERT INTO avatars (avatar_id, rev, type, side, bytes, version, created_at, updated_at)
      SELECT ${avatarId}, ${rev}, ${type}, ${side}, ${bytes}, 0, ${now}, ${now} WHERE ${going} AND NOT ${exists(id)}`,
    sql`INSERT INTO avatar_ids (hash, algo, avatar_id, created_at)
      SELECT ${id}, ${algorithmOf(id)}, avatar_id, ${now} FROM avatars WHERE avatar_id = ${avatarId}`,
  ];
}
