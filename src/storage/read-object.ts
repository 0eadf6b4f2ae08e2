import { type Admit, readBounded, type Watch } from "../platform/bounded.ts";
import { toStorageError } from "./failure.ts";

export interface ObjectReading {
  /** Of the object, or of the range that was asked for. */
  readonly sizeBytes: number;
  readonly admit: Admit | undefined;
}

/**
 * All bytes of an object; its deadline ends with it.
 * @throws HttpError 503 storage_unavailable where it breaks off, ends too early or falls silent; what `admit` throws
 */
export function readObject(
  body: ReadableStream<Uint8Array>,
  { sizeBytes, admit }: ObjectReading,
  watch: Watch,
): Promise<Uint8Array> {
  return watched(watch, async () => {
    const bytes = await readBounded(body, { maxBytes: sizeBytes, expectedBytes: sizeBytes, admit, watch });
    if (bytes.length < sizeBytes) throw new Error("The body ends too early");
    return bytes;
  });
}

/** Whatever fails once time is up, or the caller has gone, fails because of that. */
export async function watched<T>({ deadline }: Watch, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw deadline.signal.aborted ? deadline.signal.reason : toStorageError(cause);
  } finally {
    deadline.end();
  }
}
