import { ALWAYS, joined, type Statement, sql } from "./statement.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The square of that in minutes is longer than a day. */
const LAST_STEP = 38;
/** D1 takes 100 values in a statement. */
const KEYS_AT_ONCE = 30;

function inPortions(keys: readonly string[], statement: (some: readonly string[]) => Statement): Statement[] {
  const starts = Array.from({ length: Math.ceil(keys.length / KEYS_AT_ONCE) }, (_, index) => index * KEYS_AT_ONCE);
  return starts.map((start) => statement(keys.slice(start, start + KEYS_AT_ONCE)));
}

export const intendRemoval = (keys: readonly string[], now: number): Statement[] =>
  inPortions(keys, (some) => {
    const rows = some.map((key) => sql`(${key}, ${now + HOUR_MS})`);
    return sql`INSERT INTO gc_queue (r2_key, not_before) VALUES ${joined(rows)} ON CONFLICT (r2_key) DO NOTHING`;
  });

/** All of these are to be removed, and nobody has begun to. */
export const isIntended = (keys: readonly string[]): Statement =>
  keys.length === 0
    ? ALWAYS
    : sql`(SELECT COUNT(*) FROM gc_queue WHERE r2_key IN (${joined(keys)}) AND attempts = 0) = ${keys.length}`;

export const deleteQueued = (keys: readonly string[], condition: Statement): Statement[] =>
  inPortions(keys, (some) => sql`DELETE FROM gc_queue WHERE r2_key IN (${joined(some)}) AND ${condition}`);

/**
 * Queues the objects of the revisions `r` for which `which` holds, but for a source that a revision which stays was cut
 * from too. Returns their keys.
 */
export const queueObjects = (which: Statement, now: number): Statement => sql`INSERT INTO gc_queue (r2_key, not_before)
  SELECT o.r2_key, ${now} FROM (
    SELECT r.master_key AS r2_key FROM avatar_revisions r WHERE ${which}
    UNION
    SELECT r.source_key AS r2_key FROM avatar_revisions r WHERE ${which} AND r.source_key IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM avatar_revisions s WHERE s.avatar_id = r.avatar_id AND s.source_key = r.source_key
        AND r.created_at = 0 AND s.created_at > 0)
  ) AS o WHERE true ON CONFLICT (r2_key) DO NOTHING RETURNING r2_key`;

/** Whoever takes a key has a minute, then four, nine and so on before another is given it. */
export const takeDue = (now: number, limit: number): Statement => sql`UPDATE gc_queue SET attempts = attempts + 1,
  not_before = ${now} + CASE WHEN attempts < ${LAST_STEP} - 1
    THEN ${MINUTE_MS} * (attempts + 1) * (attempts + 1) ELSE ${DAY_MS} END
  WHERE r2_key IN (SELECT r2_key FROM gc_queue WHERE not_before <= ${now} ORDER BY not_before, r2_key LIMIT ${limit})
  RETURNING r2_key`;

/** `updated_at` of a hidden avatar is below 0, so the index finds them all without looking at a live one. */
export const deleteHiddenWithoutObjects = sql`DELETE FROM avatars
  WHERE updated_at < 0 AND state = 'deleting' AND NOT EXISTS (
    SELECT 1 FROM avatar_revisions r JOIN gc_queue q ON q.r2_key = r.master_key OR q.r2_key = r.source_key
    WHERE r.avatar_id = avatars.avatar_id)`;
