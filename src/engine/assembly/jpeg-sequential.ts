// Blocks of a sequential scan (T.81 §F.2.2). Of a block that is shown smaller only the coefficients that it needs are
// formed; over the rest a table skips several codes at a time.
import { bitBuffer, bitCount, readAt, saveBits } from "./jpeg-bits";
import { block, clearBlock, Component, zigzag } from "./jpeg-frame";
import { END_STEP, endCodeLength, extraValue, PAST_END, SKIP_END, skipAt, symbolAt, valueAt } from "./jpeg-huffman";

// A refill leaves 56 bits or more; a code and its extra bits take 32 at most, a value 11, a skip 13.

/** Reads the next block into `block`, row by row; the result is false where only the first coefficient may differ from 0. */
export function readBlock(plane: Component): bool {
  // The place in the bits stays in locals and is handed on: through globals every block would store and load it twice.
  let buffer = bitBuffer | (load<u64>(readAt - 8) >> bitCount);
  const at = readAt - <usize>((63 - bitCount) >> 3);
  const found = symbolAt(plane.dc, buffer);
  const length = found >> 8;
  const size = found & 15;
  buffer <<= length;
  plane.predictor += extraValue(buffer, size);
  buffer <<= size;
  const count = (bitCount | 56) - (length + size);
  if (plane.size == 1) {
    store<i16>(block, <i16>plane.predictor);
    skip(plane.ac, 1, buffer, count, at);
    return false;
  }
  clearBlock();
  store<i16>(block, <i16>plane.predictor);
  // Zigzag index after the last coefficient of 8 × 8, 4 × 4, 2 × 2.
  const limit = plane.size == 8 ? 64 : plane.size == 4 ? 25 : 5;
  return readAc(plane.ac, limit, buffer, count, at);
}

/** Reads coefficients from 1 to at least `limit` − 1, passes over the rest; false where there were none. */
function readAc(table: usize, limit: i32, buffer: u64, count: i64, at: usize): bool {
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
    } while (index < limit && count > 11);
    if (index < limit) continue;
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
    if (index >= limit) break;
  }
  if (position >= 63 && ((entry >> 10) & 63) == END_STEP && entry >> 16 != 0) {
    // The last coefficient, or one beyond, ends the block: what looked like an end-of-block code is of the next one.
    count += endCodeLength(table);
    if (count > 63) {
      count -= 8;
      at++;
    }
    buffer = load<u64>(at) << (64 - count);
  }
  if (index < 64) skip(table, index, buffer, count, at);
  else saveBits(buffer, count, at);
  return position != 1 || entry >> 16 != 0;
}

/** Passes over coefficients from `index` to the end of the block. */
function skip(table: usize, index: i32, buffer: u64, count: i64, at: usize): void {
  // Index above, bits of this refill in the low 6: one addition does both, and shifts look at 6 bits only.
  let sum: i64 = index << 6;
  while (true) {
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    let entry = skipAt(table, buffer);
    buffer <<= entry;
    sum += entry;
    if (sum < PAST_END) {
      entry = skipAt(table, buffer);
      buffer <<= entry;
      sum += entry;
      if (sum < PAST_END) {
        entry = skipAt(table, buffer);
        buffer <<= entry;
        sum += entry;
        if (sum < PAST_END) {
          entry = skipAt(table, buffer);
          buffer <<= entry;
          sum += entry;
        }
      }
    }
    if (sum < PAST_END) {
      count -= sum & 63;
      sum &= ~63;
      continue;
    }
    const place = sum >> 6;
    if (place >= SKIP_END && place < SKIP_END + 64) {
      count -= sum & 63;
      break;
    }

    // A long code, or codes that are not all of this block: take that step back and go by one.
    sum -= entry;
    count -= sum & 63;
    buffer = load<u64>(at) << (64 - count);
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    const symbol = symbolAt(table, buffer);
    const length = (symbol >> 8) + (symbol & 15);
    buffer <<= length;
    count -= length;
    if ((symbol & 15) == 0 && (symbol & 255) != 0xf0) break;
    sum = (sum & ~63) + ((((symbol >> 4) & 15) + 1) << 6);
    if (sum >= PAST_END) break;
  }
  saveBits(buffer, count, at);
}
