// Blocks of a sequential scan (T.81 §F.2.2).
import { bitBuffer, bitCount, readAt, saveBits } from "./jpeg-bits";
import { block, clearBlock, Component, zigzag } from "./jpeg-frame";
import { END_STEP, endCodeLength, extraValue, symbolAt, valueAt } from "./jpeg-huffman";

/** Reads the next block into `block`, row by row; the result is false where only the first coefficient may differ from 0. */
export function readBlock(plane: Component): bool {
  let buffer = bitBuffer;
  let count = bitCount;
  let at = readAt;
  clearBlock();
  // A refill leaves 56 bits or more; a code and its extra bits take 32 at most.
  buffer |= load<u64>(at - 8) >> count;
  at -= <usize>((63 - count) >> 3);
  count |= 56;
  const found = symbolAt(plane.dc, buffer);
  const dcLength = found >> 8;
  const dcSize = found & 15;
  buffer <<= dcLength;
  plane.predictor += extraValue(buffer, dcSize);
  buffer <<= dcSize;
  count -= dcLength + dcSize;
  store<i16>(block, <i16>plane.predictor);

  const table = plane.ac;
  let index = 1;
  let position = 0;
  let entry = 0;
  while (true) {
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    do {
      entry = valueAt(table, buffer);
      position = index + ((entry >> 6) & 15);
      index = position + ((entry >> 10) & 63);
      buffer <<= entry & 63;
      count -= entry & 63;
      store<i16>(block + load<u8>(zigzag + position), <i16>(entry >> 16));
    } while (index < 64 && count > 11);
    if (index < 64) continue;
    if (entry & 63) break;

    // The window does not hold the whole code.
    index -= END_STEP;
    position = 64;
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    const symbol = symbolAt(table, buffer);
    const length = symbol >> 8;
    const size = symbol & 15;
    buffer <<= length;
    if (size) {
      index += (symbol >> 4) & 15;
      store<i16>(block + load<u8>(zigzag + index), <i16>extraValue(buffer, size));
      index++;
      buffer <<= size;
    } else if ((symbol & 255) == 0xf0) index += 16;
    else index = 128;
    count -= length + size;
    if (index >= 64) break;
  }
  if (position >= 63 && ((entry >> 10) & 63) == END_STEP && entry >> 16 != 0) {
    // The last coefficient, or one beyond, ends the block: what looked like an end-of-block code belongs to the next one.
    count += endCodeLength(table);
    if (count > 63) {
      count -= 8;
      at++;
    }
    buffer = load<u64>(at) << (64 - count);
  }
  saveBits(buffer, count, at);
  return position != 1 || entry >> 16 != 0;
}
