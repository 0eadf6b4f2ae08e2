import { rangeNotSatisfiable } from "./failure.ts";
import type { ByteRange } from "./storage.ts";

/**
 * Start and end (not included) of what `range` means in an object of `size` bytes; all of it when absent.
 * @throws HttpError 416 range_not_satisfiable
 */
export function resolveRange(range: ByteRange | undefined, size: number): { start: number; end: number } {
  if (!range) return { start: 0, end: size };
  if (range.offset >= size) throw rangeNotSatisfiable(size);
  return { start: range.offset, end: Math.min(size, range.offset + (range.length ?? size)) };
}

/** `range` of a stream that has it; nothing behind it is read. */
export function cutStream(
  body: ReadableStream<Uint8Array>,
  { offset, length }: { readonly offset: number; readonly length: number },
): ReadableStream<Uint8Array> {
  let [before, left] = [offset, length];
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      const wanted = piece.subarray(before, before + left);
      before = Math.max(0, before - piece.length);
      left -= wanted.length;
      if (wanted.length > 0) controller.enqueue(wanted);
      if (left === 0) controller.terminate();
    },
  });
  return body.pipeThrough(cut).pipeThrough(new FixedLengthStream(length));
}
