/** A result: a file of a format that we write. */
export interface Derived {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly extension: string;
}
