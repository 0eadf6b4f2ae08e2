import type { Derived } from "../picture/derived.ts";

/**
 * Where a derivative is after it was made: in the destination; nowhere, so that it must not be cached for long; or, as
 * something newer is there that was made from the source as it became meanwhile, outdated.
 */
export type Kept = "stored" | "nowhere" | "outdated";

/** A derivative that was made for this request, or for an identical one beside it. */
export interface Made extends Derived {
  /** In the destination storage. */
  readonly name: string;
  /** Of the source; part of the ETag. */
  readonly version: string;
  /** When the source changed last. */
  readonly modified: Date;
  readonly kept: Kept;
  /** Another isolate made it at the same time. */
  readonly elsewhere: boolean;
}
