import type { Rect, Size } from "../../transform/image.ts";
import type { AvatarId } from "../identity.ts";
import type { Row } from "./database.ts";
import type { AvatarRecord, ListQuery, MasterType, Rating, RevisionRecord } from "./metadata-store.ts";
import { type Statement, sql } from "./statement.ts";

const REVISION = sql`r.avatar_id, r.rev, r.master_key, r.source_key, r.source_w, r.source_h,
  r.crop_x, r.crop_y, r.crop_w, r.crop_h, r.created_at AS revised_at`;

/** One row for each id of an avatar `a`. */
const AVATAR = sql`i.hash, a.version, a.type, a.side, a.bytes, a.sizes, a.rating, a.name, a.alt,
  a.created_at, a.updated_at, ${REVISION}`;

/** What belongs to the avatars `a`. */
const JOINS = sql`JOIN avatar_revisions r ON r.avatar_id = a.avatar_id AND r.rev = a.rev
  JOIN avatar_ids i ON i.avatar_id = a.avatar_id`;

const IDS_IN_ORDER = sql`length(i.hash), i.hash`;

export const selectAvatar = (id: AvatarId): Statement => sql`SELECT ${AVATAR}
  FROM avatar_ids asked JOIN avatars a ON a.avatar_id = asked.avatar_id AND a.state = 'live' ${JOINS}
  WHERE asked.hash = ${id} ORDER BY ${IDS_IN_ORDER}`;

/** The newest first. */
export const selectRevisions = (id: AvatarId): Statement => sql`SELECT ${REVISION}
  FROM avatar_ids asked JOIN avatars a ON a.avatar_id = asked.avatar_id AND a.state = 'live'
  JOIN avatar_revisions r ON r.avatar_id = a.avatar_id WHERE asked.hash = ${id} ORDER BY r.created_at DESC`;

export const selectRevision = (id: AvatarId, rev: string): Statement => sql`SELECT ${REVISION}
  FROM avatar_ids asked JOIN avatars a ON a.avatar_id = asked.avatar_id AND a.state = 'live'
  JOIN avatar_revisions r ON r.avatar_id = a.avatar_id AND r.rev = ${rev} WHERE asked.hash = ${id}`;

/** A page by keyset: the index gives the place to go on from, however many pages came before. */
export const selectPage = ({ limit, after, since = 0 }: ListQuery): Statement => sql`SELECT ${AVATAR}
  FROM (SELECT * FROM avatars WHERE state = 'live' AND updated_at >= ${since}${after ? behind(after) : sql``}
    ORDER BY updated_at DESC, avatar_id LIMIT ${limit}) AS a ${JOINS}
  ORDER BY a.updated_at DESC, a.avatar_id, ${IDS_IN_ORDER}`;

const behind = ({ updatedAt, avatarId }: NonNullable<ListQuery["after"]>): Statement => sql`
  AND updated_at <= ${updatedAt} AND (updated_at < ${updatedAt} OR avatar_id > ${avatarId})`;

/** Rows of one avatar stand together. */
export function toAvatars(rows: readonly Row[]): AvatarRecord[] {
  const byAvatar = Map.groupBy(rows, (row) => row.avatar_id);
  return [...byAvatar.values()].map((ofOne) =>
    toAvatar(
      ofOne[0],
      ofOne.map(({ hash }) => textOf(hash) as AvatarId),
    ),
  );
}

const toAvatar = (row: Row, ids: readonly AvatarId[]): AvatarRecord => ({
  avatarId: textOf(row.avatar_id),
  ids,
  rev: textOf(row.rev),
  version: Number(row.version),
  type: textOf(row.type) as MasterType,
  side: Number(row.side),
  bytes: Number(row.bytes),
  sizes: JSON.parse(textOf(row.sizes)) as string[],
  rating: textOf(row.rating) as Rating,
  name: optional(row.name),
  alt: optional(row.alt),
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
  revision: toRevision(row),
});

export const toRevision = (row: Row): RevisionRecord => ({
  avatarId: textOf(row.avatar_id),
  rev: textOf(row.rev),
  masterKey: textOf(row.master_key),
  sourceKey: optional(row.source_key),
  source: { width: Number(row.source_w), height: Number(row.source_h) } satisfies Size,
  crop: {
    left: Number(row.crop_x),
    top: Number(row.crop_y),
    width: Number(row.crop_w),
    height: Number(row.crop_h),
  } satisfies Rect,
  createdAt: Number(row.revised_at),
});

const textOf = (value: Row[string]): string => String(value);
const optional = (value: Row[string]): string | undefined => (value === null ? undefined : String(value));
