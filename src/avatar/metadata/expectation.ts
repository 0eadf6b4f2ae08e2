import type { AvatarId } from "../identity.ts";
import { exists, ownerOf } from "./change.ts";
import type { Expected, StateTag } from "./metadata-store.ts";
import { ALWAYS, joined, type Statement, sql } from "./statement.ts";

/** RFC 9110 §13.1.1, §13.1.2: what a request expects of the avatar that it changes. */
export function isAsExpected(id: AvatarId, { ifMatch, ifNoneMatch }: Expected): Statement {
  const conditions = [ALWAYS];
  if (ifMatch === "*") conditions.push(exists(id));
  else if (ifMatch) conditions.push(isInState(id, ifMatch));
  if (ifNoneMatch) conditions.push(sql`NOT ${exists(id)}`);
  return joined(conditions, " AND ");
}

const isInState = (id: AvatarId, tags: readonly StateTag[]): Statement =>
  tags.length === 0
    ? sql`1 = 0`
    : sql`EXISTS (SELECT 1 FROM avatars WHERE avatar_id = ${ownerOf(id)} AND (${joined(tags.map(isTagged), " OR ")}))`;

const isTagged = ({ rev, version }: StateTag): Statement =>
  version === undefined ? sql`rev = ${rev}` : sql`(rev = ${rev} AND version = ${version})`;
