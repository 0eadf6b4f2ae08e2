import { HttpError } from "../error.ts";
import type { Deadline } from "./deadline.ts";

/** What has come of something that is being read. */
export interface Arrival {
  /** Its first bytes; not to be kept, since the rest may move them. */
  readonly head: Uint8Array;
  /** Nothing follows. */
  readonly whole: boolean;
  /** How many bytes there will be in all; absent where nobody says. */
  readonly sizeBytes: number | undefined;
}

/**
 * Lets bytes into memory: asked before the first, when nothing has come, and again once as many have come as it wanted to
 * see. Throws to refuse the rest, which is then never read.
 * @returns how many bytes it wants to see; undefined: the rest may come
 */
export type Admit = (arrival: Arrival) => Promise<number | undefined>;

export interface Bound {
  readonly maxBytes: number;
  /** How many bytes were announced; a wrong figure costs time, nothing else. */
  readonly expectedBytes?: number | undefined;
  /** Called with the sum of bytes so far, after each piece. */
  readonly onProgress?: (receivedBytes: number) => void;
  /** Absent: everything may come. */
  readonly admit?: Admit | undefined;
  /** Ends the reading when its time is up; the time that `admit` takes does not count. */
  readonly watch?: Watch | undefined;
}

export interface Watch {
  readonly deadline: Deadline;
  /** Between two pieces. */
  readonly silenceMs: number;
}

/** Room before the first byte came, so that announcing much and sending nothing costs us little. */
const FIRST_BYTES = 1_048_576;
const FIRST_BYTES_UNANNOUNCED = 65_536;

/**
 * All bytes of a stream. Reads into one buffer that moves to the stream and back (BYOB): hardly a copy, and a hundredth
 * of the turns that workerd's pieces of 4 KiB would take.
 * @throws HttpError 413 source_too_large, or what `admit` throws; the stream is then cancelled. What the stream fails
 * with passes through.
 */
export async function readBounded(body: ReadableStream<Uint8Array>, bound: Bound): Promise<Uint8Array> {
  const reader = body.getReader({ mode: "byob" });
  const cancel = (cause: unknown) => void reader.cancel(cause).catch(() => undefined);
  const signal = bound.watch?.deadline.signal;
  const onAbort = () => cancel(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    const bytes = await readAdmitted(reader, bound);
    // Cancelling ends a stream as if nothing more had been to come.
    signal?.throwIfAborted();
    return bytes;
  } catch (cause) {
    cancel(cause);
    throw cause;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

async function readAdmitted(reader: ReadableStreamBYOBReader, bound: Bound): Promise<Uint8Array> {
  let arrival = { head: new Uint8Array(), whole: false, sizeBytes: bound.expectedBytes };
  let wanted = await admitted(arrival, bound);
  const collected = collect(reader, bound, wanted);
  while (wanted !== undefined) {
    const { bytes: head, whole } = await collected.upTo(wanted);
    arrival = { head, whole, sizeBytes: whole ? head.length : bound.expectedBytes };
    wanted = await admitted(arrival, bound);
  }
  return (await collected.upTo(Number.POSITIVE_INFINITY)).bytes;
}

function admitted(arrival: Arrival, { admit, watch }: Bound): Promise<number | undefined> {
  const ask = async () => admit?.(arrival);
  return watch ? watch.deadline.pausedFor(ask) : ask();
}

/** Reads on as far as it is told to, never further; `first` is how far that will be at first. */
function collect(reader: ReadableStreamBYOBReader, bound: Bound, first: number | undefined) {
  let buffer = new ArrayBuffer(firstCapacity(bound, first));
  let [length, whole] = [0, false];

  async function readOn(wanted: number): Promise<void> {
    bound.watch?.deadline.expect(bound.watch.silenceMs);
    if (length === buffer.byteLength) buffer = buffer.transfer(nextCapacity(length, bound));
    const room = Math.min(buffer.byteLength, wanted) - length;
    const { done, view } = await readInto(reader, new Uint8Array(buffer, length, room));
    buffer = view.buffer;
    length += view.length;
    whole = done;
    if (length > bound.maxBytes) throw sourceTooLarge();
    if (!whole) bound.onProgress?.(length);
  }

  return {
    async upTo(wanted: number) {
      while (!whole && length < wanted) await readOn(wanted);
      return { bytes: new Uint8Array(buffer, 0, length), whole };
    },
  };
}

/** One byte more than wanted: the end shows only when there was room to read on. */
const firstCapacity = ({ maxBytes, expectedBytes = FIRST_BYTES_UNANNOUNCED }: Bound, first = FIRST_BYTES): number =>
  Math.min(first, 1 + Math.min(maxBytes, expectedBytes));

const nextCapacity = (capacity: number, { maxBytes, expectedBytes = 0 }: Bound): number =>
  1 + Math.min(maxBytes, Math.max(capacity * 2, expectedBytes));

/** The types say that the last result has no value; the standard (Streams §4.5) hands the buffer back, empty. */
async function readInto(reader: ReadableStreamBYOBReader, into: Uint8Array<ArrayBuffer>) {
  const { done, value } = (await reader.read(into)) as { done: boolean; value?: Uint8Array<ArrayBuffer> };
  if (!value) throw new Error("The stream was cancelled while it was read");
  return { done, view: value };
}

export const sourceTooLarge = (): HttpError =>
  new HttpError(413, "source_too_large", "Cannot read the source: it has too many bytes");
