// The file, as the host hands it out: a part at a time, so that the whole need not be in this memory.
import { alloc } from "./memory";

const CAPACITY: usize = 1 << 15;

/** Copies up to `length` bytes of the file from `position` on to `to`; the result is their number. */
// @ts-ignore: decorator
@external("env", "readSource")
declare function readSource(position: usize, to: usize, length: usize): usize;

let buffer: usize = 0;
/** Position in the file of the first byte in the buffer, and the length of the file. */
let first: usize = 0;
let fileBytes: usize = 0;

/** Addresses of the next byte and of the end of those that are here. */
export let inputAt: usize = 0;
export let inputEnd: usize = 0;

/** Sets the length of the file, before anything is read. */
export function jpegInput(bytes: usize): void {
  fileBytes = bytes;
  buffer = inputAt = inputEnd = alloc(CAPACITY);
}

export function moveInput(to: usize): void {
  inputAt = to;
}

export function inputPosition(): usize {
  return first + (inputAt - buffer);
}

/** True where no byte follows those that are here. */
export function isLastInput(): bool {
  return first + (inputEnd - buffer) >= fileBytes;
}

/** Goes to `position` of the file. Bytes that are here already are not asked for again. */
export function seek(position: usize): void {
  if (position >= first && position < first + (inputEnd - buffer)) inputAt = buffer + (position - first);
  else refill(position);
}

/** The buffer anew, from `position` on. */
export function refill(position: usize): void {
  first = min(position, fileBytes);
  inputAt = buffer;
  inputEnd = buffer + readSource(first, buffer, CAPACITY);
}

/** The byte at `position` of the file, −1 at its end. */
export function byteAt(position: usize): i32 {
  if (position >= fileBytes) return -1;
  seek(position);
  return load<u8>(inputAt);
}
