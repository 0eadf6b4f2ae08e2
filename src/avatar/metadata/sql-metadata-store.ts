import type { Clock } from "../../platform/clock.ts";
import type { AvatarId } from "../identity.ts";
import { change, exists, inTurn } from "./change.ts";
import { checkedDatabase, type Database } from "./database.ts";
import { isAsExpected } from "./expectation.ts";
import { areFree, hideAvatar, linkIds, othersOf } from "./linking.ts";
import type { Expected, HideResult, LinkResult, MetadataStore } from "./metadata-store.ts";
import { selectAvatar, selectPage, selectRevision, selectRevisions, toAvatars, toRevision } from "./record.ts";
import { deleteHiddenWithoutObjects, deleteQueued, intendRemoval, takeDue } from "./removal.ts";
import { patchAvatar, putAvatar, save } from "./saving.ts";
import { ALWAYS, type Statement, sql } from "./statement.ts";

export interface MetadataOptions {
  readonly clock: Clock;
  /** How many revisions before the current one are kept. */
  readonly keepRevs: number;
}

/** Metadata in the tables of `migrations/`. */
export function sqlMetadataStore(unchecked: Database, { clock, keepRevs }: MetadataOptions): MetadataStore {
  const database = checkedDatabase(unchecked);
  const rows = async (statement: Statement) => (await database.run([statement]))[0];
  const showing = () => ({ now: clock.now(), keepRevs });
  return {
    find: async (id) => toAvatars(await rows(selectAvatar(id)))[0],
    async findRevision(id, rev) {
      const [row] = await rows(selectRevision(id, rev));
      return row && toRevision(row);
    },
    revisions: async (id) => (await rows(selectRevisions(id))).map(toRevision),
    list: async (query) => toAvatars(await rows(selectPage(query))),

    put: (id, upload, expected = {}) => putAvatar(database, id, upload, expected, showing()),
    patch: (id, patch, expected = {}) => patchAvatar(database, id, patch, expected, showing()),
    link: (id, ids, expected = {}) => linkAvatar(database, id, ids, expected, clock.now()),
    hide: (id, expected = {}) => hide(database, id, expected, clock.now()),

    async useToken(jti, expiresAt) {
      const inserted = await rows(sql`INSERT INTO used_tokens (jti, expires_at) VALUES (${jti}, ${expiresAt})
        ON CONFLICT (jti) DO NOTHING RETURNING jti`);
      return inserted.length > 0;
    },
    async forgetTokens() {
      await rows(sql`DELETE FROM used_tokens WHERE expires_at <= ${clock.now()}`);
    },

    async intend(keys) {
      await inTurn(database, intendRemoval(keys, clock.now()));
    },
    async due(limit) {
      const [taken] = await inTurn(database, [takeDue(clock.now(), limit)]);
      return taken.map((row) => String(row.r2_key));
    },
    async removed(keys) {
      await inTurn(database, [...deleteQueued(keys, ALWAYS), deleteHiddenWithoutObjects]);
    },
  };
}

async function linkAvatar(
  database: Database,
  id: AvatarId,
  ids: readonly AvatarId[],
  expected: Expected,
  now: number,
): Promise<LinkResult> {
  const others = othersOf(id, ids);
  const result = await save(database, {
    id,
    conditions: {
      absent: exists(id),
      precondition_failed: isAsExpected(id, expected),
      id_in_use: others.length ? areFree(id, others) : ALWAYS,
    },
    steps: others.length ? linkIds(id, others, now) : [],
  });
  return result.outcome === "saved" ? { outcome: "linked", avatar: result.avatar, dropped: [] } : result;
}

async function hide(database: Database, id: AvatarId, expected: Expected, now: number): Promise<HideResult> {
  const conditions = { absent: exists(id), precondition_failed: isAsExpected(id, expected) };
  const result = await change(database, { id, conditions, steps: hideAvatar(id, now) });
  return "outcome" in result ? result : { outcome: "hidden", dropped: result.dropped };
}
