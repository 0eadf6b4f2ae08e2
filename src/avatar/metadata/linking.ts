import { type AvatarId, algorithmOf } from "../identity.ts";
import { going, ownerOf } from "./change.ts";
import { queueObjects } from "./removal.ts";
import { joined, type Statement, sql } from "./statement.ts";

/** Each of `ids` once, without `id`. */
export const othersOf = (id: AvatarId, ids: readonly AvatarId[]): AvatarId[] =>
  [...new Set(ids)].filter((other) => other !== id);

/** None of `ids` finds another avatar than the one of `id`. */
export const areFree = (id: AvatarId, ids: readonly AvatarId[]): Statement => sql`NOT EXISTS (
  SELECT 1 FROM avatar_ids WHERE ${isOneOf(ids)} AND avatar_id <> ${ownerOf(id)})`;

/** Those of `ids` that find no avatar find the one of `id` from now on. Its version counts that as one change. */
export const linkIds = (id: AvatarId, ids: readonly AvatarId[], now: number): Statement[] => [
  sql`UPDATE avatars SET version = version + 1, updated_at = ${now} WHERE ${going} AND avatar_id = ${ownerOf(id)}
    AND (SELECT COUNT(*) FROM avatar_ids WHERE ${isOneOf(ids)}) < ${ids.length}`,
  insertIds(id, ids, now),
];

/** All of `ids` find the avatar of `id` from now on, and others they found do not; who has none left is hidden. */
export const moveIds = (id: AvatarId, ids: readonly AvatarId[], now: number): Statement[] => [
  ...hide(
    sql`${isLosing(id, ids)} AND NOT EXISTS (
    SELECT 1 FROM avatar_ids i WHERE i.avatar_id = avatars.avatar_id AND NOT (${isOneOf(ids, sql`i.hash`)}))`,
    now,
  ),
  queueObjects(
    sql`r.avatar_id IN (SELECT i.avatar_id FROM avatar_ids i JOIN avatars a ON a.avatar_id = i.avatar_id
    WHERE ${isOneOf(ids, sql`i.hash`)} AND a.state = 'deleting')`,
    now,
  ),
  sql`UPDATE avatars SET version = version + 1, updated_at = ${now} WHERE ${isLosing(id, ids)} AND state = 'live'`,
  sql`UPDATE avatar_ids SET avatar_id = ${ownerOf(id)} WHERE ${going} AND ${isOneOf(ids)}`,
  insertIds(id, ids, now),
];

/** Nothing finds the avatar of `id` from now on. */
export const hideAvatar = (id: AvatarId, now: number): Statement[] => [
  ...hide(sql`avatar_id = ${ownerOf(id)}`, now),
  queueObjects(sql`${going} AND r.avatar_id = ${ownerOf(id)}`, now),
  sql`DELETE FROM avatar_ids WHERE ${going} AND avatar_id = ${ownerOf(id)}`,
];

/** The time of a hidden avatar is below 0, out of the way of the list. */
const hide = (which: Statement, now: number): Statement[] => [
  sql`UPDATE avatars SET state = 'deleting', version = version + 1, updated_at = ${-now} WHERE ${going} AND ${which}`,
];

/** An avatar that one of `ids` finds, other than that of `id`. */
const isLosing = (id: AvatarId, ids: readonly AvatarId[]): Statement => sql`${going} AND avatar_id <> ${ownerOf(id)}
  AND avatar_id IN (SELECT avatar_id FROM avatar_ids WHERE ${isOneOf(ids)})`;

const isOneOf = (ids: readonly AvatarId[], column: Statement = sql`hash`): Statement =>
  sql`${column} IN (${joined(ids)})`;

function insertIds(id: AvatarId, ids: readonly AvatarId[], now: number): Statement {
  const rows = ids.map((each) => sql`(${each}, ${algorithmOf(each)})`);
  return sql`INSERT INTO avatar_ids (hash, algo, avatar_id, created_at)
    SELECT v.column1, v.column2, i.avatar_id, ${now} FROM (VALUES ${joined(rows)}) AS v, avatar_ids i
    WHERE ${going} AND i.hash = ${id} ON CONFLICT (hash) DO NOTHING`;
}
