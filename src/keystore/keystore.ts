/** What is known of a derivative: picfit's `prefix + key` → object name (picfit.md 4), and what is ours beside it. */
export interface KeyRecord {
  /** Where the derivative lies in the destination storage, without the storage's location. */
  readonly path: string;
  /** Empty for a record that picfit wrote. Short ASCII texts, 1,024 bytes in all as JSON. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A fast index of derivatives, and for each source the set of keys made from it. Never the truth: the storage is. Reads
 * may be late by a minute (security.md F3). Absent is undefined; a failing backend rejects with its own error.
 * Keys and names of sets are hashes, never a client's text (security.md K3).
 */
export interface KeyStore {
  get(key: string): Promise<KeyRecord | undefined>;
  set(key: string, record: KeyRecord): Promise<void>;
  delete(key: string): Promise<void>;
  /** Adds to a set; what is in it already stays in it once. */
  append(set: string, member: string): Promise<void>;
  /** In no particular order; none where the set is absent. */
  members(set: string): AsyncIterable<string>;
  /** Takes one out of a set; a set without members is absent. */
  remove(set: string, member: string): Promise<void>;
}
