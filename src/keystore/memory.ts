import type { KeyRecord, KeyStore } from "./keystore.ts";

/** Keys in a map, for tests; nothing outlives the isolate. */
export function memoryKeyStore(): KeyStore {
  const records = new Map<string, KeyRecord>();
  const sets = new Map<string, Set<string>>();
  return {
    get: async (key) => records.get(key),
    async set(key, record) {
      records.set(key, record);
    },
    async delete(key) {
      records.delete(key);
    },
    async append(set, member) {
      sets.set(set, (sets.get(set) ?? new Set()).add(member));
    },
    async *members(set) {
      yield* [...(sets.get(set) ?? [])];
    },
    async remove(set, member) {
      sets.get(set)?.delete(member);
    },
  };
}
