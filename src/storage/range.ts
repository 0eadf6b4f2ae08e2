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
