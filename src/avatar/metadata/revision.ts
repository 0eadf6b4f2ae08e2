import type { AvatarId } from "../identity.ts";
import { going, ownerOf } from "./change.ts";
import type { Description, Picture, Shown } from "./metadata-store.ts";
import { queueObjects } from "./removal.ts";
import { joined, type Statement, sql } from "./statement.ts";

/** How a change of the picture of an avatar is made. */
export interface Showing {
  readonly now: number;
  /** How many revisions before the current one are kept. */
  readonly keepRevs: number;
}

/** The avatar of `id` shows `picture` from now on; revisions that are not kept any more go, and so do their objects. */
export const showPicture = (id: AvatarId, picture: Picture, { now, keepRevs }: Showing): Statement[] => [
  markOutgoing(id, picture.rev, keepRevs),
  insertRevision(id, picture, now),
  queueObjects(sql`r.avatar_id = ${ownerOf(id)} AND r.created_at = 0`, now),
  sql`DELETE FROM avatar_revisions WHERE avatar_id = ${ownerOf(id)} AND created_at = 0`,
];

/**
 * The avatar of `id` shows the revision `rev` again. It becomes the newest, since the newest are what the next upload
 * keeps; none goes.
 */
export const showAgain = (id: AvatarId, rev: string, now: number): Statement => sql`UPDATE avatar_revisions
  SET created_at = ${latest(sql`avatar_revisions.avatar_id`, now)}
  WHERE ${going} AND avatar_id = ${ownerOf(id)} AND rev = ${rev}`;

/** The revision `rev` is the current one or kept. */
export const isKept = (id: AvatarId, rev: string): Statement => sql`EXISTS (
  SELECT 1 FROM avatar_revisions WHERE avatar_id = ${ownerOf(id)} AND rev = ${rev})`;

/**
 * What goes gets the time 0 and a name that is none, so that the same picture can come again. What is kept is the
 * newest, and the one that was current is among them.
 */
const markOutgoing = (id: AvatarId, rev: string, keepRevs: number): Statement => sql`UPDATE avatar_revisions
  SET created_at = 0, rev = '-' || rev
  WHERE ${going} AND avatar_id = ${ownerOf(id)} AND (rev = ${rev} OR rev NOT IN (
    SELECT kept.rev FROM avatar_revisions kept WHERE kept.avatar_id = ${ownerOf(id)} AND kept.rev <> ${rev}
    ORDER BY kept.created_at DESC LIMIT ${keepRevs}))`;

/** Later than all other revisions of the avatar, even within one millisecond. */
const latest = (avatarId: Statement, now: number): Statement => sql`(
  SELECT CASE WHEN MAX(r.created_at) >= ${now} THEN MAX(r.created_at) + 1 ELSE ${now} END
  FROM avatar_revisions r WHERE r.avatar_id = ${avatarId})`;

const insertRevision = (id: AvatarId, picture: Picture, now: number): Statement => {
  const { rev, masterKey, sourceKey = null, source, crop } = picture;
  return sql`INSERT INTO avatar_revisions (avatar_id, rev, master_key, source_key, source_w, source_h,
      crop_x, crop_y, crop_w, crop_h, created_at)
    SELECT i.avatar_id, ${rev}, ${masterKey}, ${sourceKey}, ${source.width}, ${source.height},
      ${crop.left}, ${crop.top}, ${crop.width}, ${crop.height},
      ${latest(sql`i.avatar_id`, now)}
    FROM avatar_ids i WHERE i.hash = ${id} AND ${going}`;
};

/** The row of the avatar, as far as something is said about it. */
export function updateAvatar(
  id: AvatarId,
  now: number,
  picture: Shown | undefined,
  description: Description = {},
): Statement {
  const changes = [
    sql`version = version + 1`,
    sql`updated_at = ${now}`,
    ...(picture ? [pictureColumns(picture)] : []),
    ...descriptionColumns(description),
  ];
  return sql`UPDATE avatars SET ${joined(changes)} WHERE ${going} AND avatar_id = ${ownerOf(id)}`;
}

const pictureColumns = ({ rev, type, side, bytes, sizes }: Shown): Statement =>
  sql`rev = ${rev}, type = ${type}, side = ${side}, bytes = ${bytes}, sizes = ${JSON.stringify(sizes)}`;

function descriptionColumns({ rating, name, alt }: Description): Statement[] {
  const columns: Statement[] = [];
  if (rating !== undefined) columns.push(sql`rating = ${rating}`);
  if (name !== undefined) columns.push(sql`name = ${name}`);
  if (alt !== undefined) columns.push(sql`alt = ${alt}`);
  return columns;
}
