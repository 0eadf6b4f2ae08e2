// Blocks of a sequential scan (T.81 §F.2.2). Of a block that is shown smaller only the coefficients that it needs are
// formed; over the rest a table skips several codes at a time.
import { bitBuffer, bitCount, readAt, saveBits } from "./jpeg-bits";
import { block, clearBlock, Component, zigzag } from "./jpeg-frame";
import { END_STEP, endCodeLength, extraValue, PAST_END, SKIP_END, skipAt, symbolAt, valueAt } from "./jpeg-huffman";
import { idct1 } from "./jpeg-idct";
import { Place, PLACE_BYTES, places, placesEnd } from "./jpeg-places";
import { keep, show } from "./jpeg-show";

/**
 * Reads `count` MCUs whose blocks go to the listed places: as samples, or as coefficients where several scans make the
 * picture (`merged`). One long function, because the place in the bits stays in locals over all blocks.
 *
 * A refill leaves 56 bits or more; a code and its extra bits take 32 at most, a difference or value 11, a skip 13.
 */
export function readMcus(count: i32, merged: bool): void {
  const end = placesEnd;
  let buffer = bitBuffer;
  let bits = bitCount;
  let at = readAt;
  for (; count > 0; count--) {
    for (let here = places; here < end; here += PLACE_BYTES) {
      const place = changetype<Place>(here);
      const plane = changetype<Component>(place.plane);
      const table = plane.ac;
      const to = place.to;
      place.to = to + place.step;

      // The first coefficient.
      buffer |= load<u64>(at - 8) >> bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      let entry = valueAt(plane.dc, buffer);
      if (entry == 0) {
        entry = symbolAt(plane.dc, buffer);
        buffer <<= entry >> 8;
        bits -= entry >> 8;
        const size = entry & 15;
        entry = extraValue(buffer, size) << 16;
        buffer <<= size;
        bits -= size;
        buffer |= load<u64>(at - 8) >> bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
      }
      buffer <<= entry & 63;
      bits -= entry & 63;
      plane.predictor += entry >> 16;

      let index = 1;
      let shown = 1;
      if (plane.size > 1) {
        clearBlock();
        // Zigzag index after the last coefficient of 8 × 8, 4 × 4, 2 × 2.
        const limit = plane.size == 8 ? 64 : plane.size == 4 ? 25 : 5;
        let position = 0;
        while (true) {
          buffer |= load<u64>(at - 8) >> bits;
          at -= <usize>((63 - bits) >> 3);
          bits |= 56;
          do {
            entry = valueAt(table, buffer);
            position = index + ((entry >> 6) & 15);
            index = position + ((entry >> 10) & 63);
            buffer <<= entry & 63;
            bits -= entry & 63;
            store<i16>(block + load<u8>(zigzag + position), <i16>(entry >> 16));
          } while (index < limit && bits > 11);
          if (index < limit) continue;
          if (entry & 63) break;

          // The window does not hold the whole code.
          index -= END_STEP;
          buffer |= load<u64>(at - 8) >> bits;
          at -= <usize>((63 - bits) >> 3);
          bits |= 56;
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
          position = index - 1;
          if (size == 0 && (symbol & 255) != 0xf0) index = 128;
          bits -= length + size;
          if (index >= limit) break;
        }
        shown = position + (entry >> 16 == 0 && entry & 63 ? 0 : 1);
        if (position >= 63 && ((entry >> 10) & 63) == END_STEP && entry >> 16 != 0) {
          // The last coefficient, or one beyond, ends the block: what looked like an end-of-block code is of the next.
          bits += endCodeLength(table);
          if (bits > 63) {
            bits -= 8;
            at++;
          }
          buffer = load<u64>(at) << (64 - bits);
        }
      }

      // Over the rest. Index above, bits of this refill in the low 6: one addition does both, and shifts look at 6 bits.
      let sum = <i64>index << 6;
      let skip: i64 = 0;
      if (plane.size == 1) {
        // A difference and three skips are 50 bits.
        skip = skipAt(table, buffer);
        buffer <<= skip;
        sum += skip;
        if (sum < PAST_END) {
          skip = skipAt(table, buffer);
          buffer <<= skip;
          sum += skip;
          if (sum < PAST_END) {
            skip = skipAt(table, buffer);
            buffer <<= skip;
            sum += skip;
          }
        }
      }
      while (true) {
        if (sum < PAST_END) {
          bits -= sum & 63;
          sum &= ~63;
          buffer |= load<u64>(at - 8) >> bits;
          at -= <usize>((63 - bits) >> 3);
          bits |= 56;
          skip = skipAt(table, buffer);
          buffer <<= skip;
          sum += skip;
          if (sum < PAST_END) {
            skip = skipAt(table, buffer);
            buffer <<= skip;
            sum += skip;
            if (sum < PAST_END) {
              skip = skipAt(table, buffer);
              buffer <<= skip;
              sum += skip;
              if (sum < PAST_END) {
                skip = skipAt(table, buffer);
                buffer <<= skip;
                sum += skip;
              }
            }
          }
          continue;
        }
        const reached = sum >> 6;
        if (reached < SKIP_END || reached >= SKIP_END + 64) {
          // A long code, or codes that are not all of this block: take that step back and go by one.
          if (skip == 0) break;
          sum -= skip;
          skip = 0;
          bits -= sum & 63;
          buffer = load<u64>(at) << (64 - bits);
          buffer |= load<u64>(at - 8) >> bits;
          at -= <usize>((63 - bits) >> 3);
          bits |= 56;
          const symbol = symbolAt(table, buffer);
          const length = (symbol >> 8) + (symbol & 15);
          buffer <<= length;
          bits -= length;
          if ((symbol & 15) == 0 && (symbol & 255) != 0xf0) break;
          sum = (sum & ~63) + ((((symbol >> 4) & 15) + 1) << 6);
          continue;
        }
        bits -= sum & 63;
        break;
      }

      store<i16>(block, <i16>plane.predictor);
      if (plane.size == 1 && !merged) store<u8>(to, idct1(block, plane.quant));
      else if (merged) keep(plane.size, to);
      else show(plane, block, 16, shown, to);
    }
  }
  saveBits(buffer, bits, at);
}
