import type { AvatarId } from "../identity.ts";
import { type Database, databaseUnavailable, type Row } from "./database.ts";
import type { AvatarRecord, Refused } from "./metadata-store.ts";
import { selectAvatar, toAvatars } from "./record.ts";
import { deleteQueued, isIntended } from "./removal.ts";
import { joined, type Statement, sql } from "./statement.ts";

/**
 * A row that only exists within a change, and that every change inserts first. Its key is unique, so PostgreSQL lets
 * the second of two changes wait until the first has ended, as D1 does anyway. Its `attempts` are 1 where the change's
 * conditions hold: neither engine can be asked in between, so every step asks this.
 */
const BATON = "(change)";
const NEVER = Number.MAX_SAFE_INTEGER;

const takeBaton = sql`INSERT INTO gc_queue (r2_key, attempts, not_before) VALUES (${BATON}, 0, ${NEVER})`;
const giveBaton = sql`DELETE FROM gc_queue WHERE r2_key = ${BATON}`;

/** True within a change whose conditions hold. */
export const going = sql`EXISTS (SELECT 1 FROM gc_queue WHERE r2_key = ${BATON} AND attempts = 1)`;

/** The avatar that `id` finds. Ids are deleted with their avatar, so whatever one leads to is live. */
export const ownerOf = (id: AvatarId): Statement => sql`(SELECT avatar_id FROM avatar_ids WHERE hash = ${id})`;

/** Runs `steps` while no other change runs; gives the rows of each. */
export async function inTurn(database: Database, steps: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
  const results = await database.run([takeBaton, ...steps, giveBaton]);
  return results.slice(1, -1);
}

export interface Change<Reason extends string> {
  /** Of the avatar that is changed. */
  readonly id: AvatarId;
  /** What must hold, under the reason that is given where it does not; the first counts. */
  readonly conditions: Readonly<Record<Reason, Statement>>;
  /** Keys of objects that the avatar will show, queued before they were put; their removal is called off. */
  readonly objects?: readonly string[];
  /** Each asks whether it is `going`. Rows they return are objects that were queued for removal. */
  readonly steps: readonly Statement[];
}

export interface Changed {
  /** Whether the id had led to an avatar before. */
  readonly existed: boolean;
  readonly dropped: readonly string[];
  /** As it is now. */
  readonly avatar: AvatarRecord | undefined;
}

/**
 * Changes an avatar if all conditions hold, and says which one does not.
 * @throws HttpError 503 storage_unavailable where the removal of the objects has begun
 */
export async function change<Reason extends string>(
  database: Database,
  { id, conditions, objects = [], steps }: Change<Reason>,
): Promise<Changed | Refused<Reason>> {
  const reasons = Object.keys(conditions) as Reason[];
  const all = [...reasons.map((reason) => conditions[reason]), isIntended(objects)];
  const results = await inTurn(database, [
    verdict(id, all),
    goIf(all),
    ...steps,
    ...deleteQueued(objects, going),
    selectAvatar(id),
  ]);
  const [[{ existed, ...held }]] = results;
  const failed = all.findIndex((_, index) => held[`held${index}`] === 0);
  if (failed === reasons.length) throw databaseUnavailable(new Error("The removal of these objects has begun"));
  if (failed >= 0) return { outcome: reasons[failed] };
  const dropped = results.slice(2, -1).flatMap((rows) => rows.map((row) => String(row.r2_key)));
  return { existed: existed === 1, dropped, avatar: toAvatars(results.at(-1) ?? [])[0] };
}

const goIf = (conditions: readonly Statement[]): Statement =>
  sql`UPDATE gc_queue SET attempts = 1 WHERE r2_key = ${BATON} AND ${joined(conditions, " AND ")}`;

const verdict = (id: AvatarId, conditions: readonly Statement[]): Statement => {
  const columns = conditions.map((condition, index) => flag(condition, `held${index}`));
  return sql`SELECT ${joined([flag(exists(id), "existed"), ...columns])}`;
};

/** One engine has booleans, the other has none. */
const flag = (condition: Statement, name: string): Statement =>
  sql([`CASE WHEN `, ` THEN 1 ELSE 0 END AS ${name}`], condition);

/** Something can be found by this id. */
export const exists = (id: AvatarId): Statement => sql`EXISTS (SELECT 1 FROM avatar_ids WHERE hash = ${id})`;
