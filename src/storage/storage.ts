import type { Admit } from "../platform/bounded.ts";

/** What a storage knows about an object without reading it. */
export interface StoredHead {
  /** Bytes of the whole object, also where only a range of it was asked for. */
  readonly size: number;
  /** Changes when the content does; absent where the backend has no such thing. Any text without quotes. */
  readonly version: string | undefined;
  readonly modified: Date | undefined;
  readonly mime: string;
  /** Names in lower case; ASCII values. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** An object to read once: either as `body` or by `bytes()`. */
export interface StoredObject extends StoredHead {
  /** The object, or the range asked for. */
  readonly body: ReadableStream<Uint8Array>;
  /** @throws HttpError 413 source_too_large, 503 storage_unavailable */
  bytes(): Promise<Uint8Array>;
}

export interface ListedObject {
  readonly path: string;
  readonly size: number;
  readonly version: string | undefined;
  readonly modified: Date | undefined;
}

export interface ListOptions {
  /** Entries, from 1 to 1,000. */
  readonly limit: number;
  /** The last entry of the page before. */
  readonly after?: string | undefined;
}

/** One page, in the order of the bytes of paths. What lies behind a further slash is told by its folder alone. */
export interface Listing {
  readonly objects: readonly ListedObject[];
  /** They end with a slash. */
  readonly folders: readonly string[];
  /** Last entry of this page; absent where there is nothing after it. */
  readonly next: string | undefined;
}

/** Bytes from `offset` on, `length` of them or all the rest; what lies past the end is left out. */
export interface ByteRange {
  readonly offset: number;
  /** At least 1. */
  readonly length?: number | undefined;
}

export interface GetOptions {
  readonly range?: ByteRange | undefined;
  /** Of what is read: the object or the range. Absent: the adapter's own limit, if it has one. */
  readonly maxBytes?: number | undefined;
  /** Asked by `bytes()`, before more than the first bytes are taken into memory. */
  readonly admit?: Admit | undefined;
  /** Stops the reading where the backend can be stopped. */
  readonly signal?: AbortSignal | undefined;
}

export interface PutOptions {
  /** Write only over this version, or only where nothing is. */
  readonly onlyIf?: { readonly version: string } | "absent";
}

export type WrittenObject = Pick<StoredHead, "size" | "version">;

/** What is kept beside the bytes. */
export type StoredProperties = Pick<StoredHead, "mime" | "metadata">;

export const OCTET_STREAM = "application/octet-stream";

/**
 * Where sources are read. A path has no leading slash and no segment `.` or `..`. Absent is undefined; every method
 * throws HttpError 503 storage_unavailable, with its cause, where the backend fails.
 */
export interface ReadableStorage {
  /** @throws HttpError 413 source_too_large, 416 range_not_satisfiable */
  get(path: string, options?: GetOptions): Promise<StoredObject | undefined>;
  head(path: string): Promise<StoredHead | undefined>;
}

/** Where bytes are kept. Writes are seen by the next read. */
export interface Storage extends ReadableStorage {
  /** What was written, or undefined where the condition did not hold. Replaces bytes, type and metadata as one. */
  put(
    path: string,
    bytes: Uint8Array,
    properties: StoredProperties,
    options?: PutOptions,
  ): Promise<WrittenObject | undefined>;
  /** True where there was something. */
  delete(path: string): Promise<boolean>;
  /** What starts with `prefix`, a folder's worth of it at most. */
  list(prefix: string, options: ListOptions): Promise<Listing>;
}
