/** What many requests for one picture came to, of Workers that share what they store. */
export interface Stampede {
  /** How many were answered with that status and `X-Cache`. */
  readonly answers: Readonly<Record<string, number>>;
  /** Different bodies. */
  readonly bodies: number;
  /** Times that the source was read. */
  readonly reads: number;
  /** Names of results in the bucket, and of keys. */
  readonly stored: readonly string[];
  readonly keys: readonly string[];
}
