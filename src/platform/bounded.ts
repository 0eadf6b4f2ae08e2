import { HttpError } from "../error.ts";

export interface Bound {
  readonly maxBytes: number;
  /** How many bytes were announced; a wrong figure costs time, nothing else. */
  readonly expectedBytes?: number | undefined;
  /** Called with the sum of bytes so far, after each piece. */
  readonly onProgress?: (receivedBytes: number) => void;
}

/** Room before the first byte came, so that announcing much and sending nothing costs us little. */
const FIRST_BYTES = 1_048_576;
const FIRST_BYTES_UNANNOUNCED = 65_536;

/**
 * All bytes of a stream. Reads into one buffer that moves to the stream and back (BYOB): hardly a copy, and a hundredth
 * of the turns that workerd's pieces of 4 KiB would take.
 * @throws HttpError 413 source_too_large; the stream is then cancelled. What the stream fails with passes through.
 */
export async function readBounded(body: ReadableStream<Uint8Array>, bound: Bound): Promise<Uint8Array> {
  const reader = body.getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(firstCapacity(bound));
  for (let length = 0; ; ) {
    if (length === buffer.byteLength) buffer = buffer.transfer(nextCapacity(length, bound));
    const { done, view } = await readInto(reader, new Uint8Array(buffer, length));
    buffer = view.buffer;
    length += view.length;
    if (done) return new Uint8Array(buffer, 0, length);
    if (length > bound.maxBytes) throw tooLarge(reader);
    bound.onProgress?.(length);
  }
}

/** One byte more than wanted: the end shows only when there was room to read on. */
const firstCapacity = ({ maxBytes, expectedBytes }: Bound): number =>
  1 + Math.min(maxBytes, expectedBytes === undefined ? FIRST_BYTES_UNANNOUNCED : Math.min(expectedBytes, FIRST_BYTES));

const nextCapacity = (capacity: number, { maxBytes, expectedBytes = 0 }: Bound): number =>
  1 + Math.min(maxBytes, Math.max(capacity * 2, expectedBytes));

/** The types say that the last result has no value; the standard (Streams §4.5) hands the buffer back, empty. */
async function readInto(reader: ReadableStreamBYOBReader, into: Uint8Array<ArrayBuffer>) {
  const { done, value } = (await reader.read(into)) as { done: boolean; value?: Uint8Array<ArrayBuffer> };
  if (!value) throw new Error("The stream was cancelled while it was read");
  return { done, view: value };
}

function tooLarge(reader: ReadableStreamBYOBReader): HttpError {
  const error = sourceTooLarge();
  reader.cancel(error).catch(() => undefined);
  return error;
}

export const sourceTooLarge = (): HttpError =>
  new HttpError(413, "source_too_large", "Cannot read the source: it has too many bytes");
