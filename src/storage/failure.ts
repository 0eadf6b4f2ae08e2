import { HttpError } from "../error.ts";

/** Whatever a backend throws, as the one failure that callers of a storage know. An HttpError stays as it is. */
export const toStorageError = (cause: unknown): HttpError =>
  cause instanceof HttpError ? cause : storageUnavailable(cause);

export const storageUnavailable = (cause: unknown): HttpError =>
  new HttpError(503, "storage_unavailable", "Cannot reach the storage: try again", {
    cause,
    headers: { "retry-after": "2" },
  });

/** RFC 9110 §15.5.17: the answer tells the size. */
export const rangeNotSatisfiable = (size: number): HttpError =>
  new HttpError(416, "range_not_satisfiable", "Cannot read the range: it starts after the end", {
    headers: { "content-range": `bytes */${size}` },
  });
