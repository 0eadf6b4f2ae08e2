import type { Derived } from "../picture/derived.ts";

/** A derivative that was made for this request, or for an identical one beside it. */
export interface Made extends Derived {
  /** In the destination storage. */
  readonly name: string;
  /** Of the source; part of the ETag. */
  readonly version: string;
  /** When the source changed last. */
  readonly modified: Date;
  /** False: it could not be kept, so it must not be cached for long. */
  readonly stored: boolean;
  /** Another isolate made it at the same time. */
  readonly elsewhere: boolean;
}
