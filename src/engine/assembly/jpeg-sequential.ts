// Blocks of a sequential scan (T.81 §F.2.2). Of a block that is shown smaller only the coefficients that it needs are
// formed; over the rest a table skips several codes at a time.
import { bitBuffer, bitCount, readAt, saveBits } from "./jpeg-bits";
import { block, clearRows, Component, zigzag } from "./jpeg-frame";
import { extraValue, symbolAt } from "./jpeg-huffman";
import { idct2, meanOf } from "./jpeg-idct-scaled";
import { Place, PLACE_BYTES, places, placesEnd } from "./jpeg-places";
import { keep, show } from "./jpeg-show";
import { firstAt, PAST_END, skipAt, stepAt, SUM_BITS, SUM_END, SUM_LONG } from "./jpeg-sums";

/** Where the coefficient goes that brought a sum to `sum`. */
// @ts-ignore: decorator
@inline
function slotAt(sum: i64): usize {
  return block + load<u8>(zigzag + (<usize>(sum >> 6) & 127) - 1);
}

/**
 * Reads `count` MCUs whose blocks go to the listed places: as samples, or as coefficients where several scans make the
 * picture (`merged`). One long function, because the place in the bits stays in locals over all blocks.
 *
 * A refill leaves 56 bits or more: two skips of 21, four steps of 10, or a code with its extra bits, and then 13 for the
 * next index. That is looked up first, so that neither it nor the refill waits for the other.
 */
export function readMcus(count: i32, merged: bool): void {
  const end = placesEnd;
  let buffer = bitBuffer;
  let bits = bitCount;
  let at = readAt;
  buffer |= load<u64>(at - 8) >> bits;
  at -= <usize>((63 - bits) >> 3);
  bits |= 56;
  for (; count > 0; count--) {
    for (let here = places; here < end; here += PLACE_BYTES) {
      const place = changetype<Place>(here);
      const plane = changetype<Component>(place.plane);
      const table = plane.ac;
      const to = place.to;
      place.to = to + place.step;

      // The difference, and where nothing else is formed what follows it.
      let entry = firstAt(plane.first, buffer);
      buffer |= load<u64>(at - 8) >> bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      if (entry == 0) {
        const symbol = symbolAt(plane.dc, buffer);
        buffer <<= symbol >> 8;
        entry = (<i64>extraValue(buffer, symbol & 15) << 16) | (1 << 6);
        buffer <<= symbol & 15;
        bits -= (symbol >> 8) + (symbol & 15);
        buffer |= load<u64>(at - 8) >> bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
      }
      let sum = entry & 0xffff;
      buffer <<= sum;
      const first = plane.predictor + <i32>(entry >> 16);
      plane.predictor = first;

      let skip: i64 = 0;
      if (plane.size == 1) {
        if (merged) store<i16>(to, <i16>first);
        else store<u8>(to, meanOf(first, plane.quant));
      } else {
        clearRows(plane.size);
        // Zigzag index after the last coefficient of 8 × 8, 4 × 4, 2 × 2.
        const limit: i64 = plane.size == 8 ? 64 << 6 : plane.size == 4 ? 25 << 6 : 5 << 6;
        while (true) {
          while (sum < limit) {
            entry = stepAt(table, buffer);
            bits -= sum & SUM_BITS;
            sum &= ~SUM_BITS;
            buffer |= load<u64>(at - 8) >> bits;
            at -= <usize>((63 - bits) >> 3);
            bits |= 56;
            buffer <<= entry;
            sum += entry & 0xffff;
            store<i16>(slotAt(sum - (entry >> 48 << 6)), <i16>(entry >> 16));
            store<i16>(slotAt(sum), <i16>(entry >> 32));
            // Mostly it takes a second step. One that is not needed does no harm, and this is easier to foretell.
            if (sum >= PAST_END) break;
            entry = stepAt(table, buffer);
            buffer <<= entry;
            sum += entry & 0xffff;
            store<i16>(slotAt(sum - (entry >> 48 << 6)), <i16>(entry >> 16));
            store<i16>(slotAt(sum), <i16>(entry >> 32));
            if (sum >= limit) break;
            entry = stepAt(table, buffer);
            buffer <<= entry;
            sum += entry & 0xffff;
            store<i16>(slotAt(sum - (entry >> 48 << 6)), <i16>(entry >> 16));
            store<i16>(slotAt(sum), <i16>(entry >> 32));
            if (sum >= limit) break;
            entry = stepAt(table, buffer);
            buffer <<= entry;
            sum += entry & 0xffff;
            store<i16>(slotAt(sum - (entry >> 48 << 6)), <i16>(entry >> 16));
            store<i16>(slotAt(sum), <i16>(entry >> 32));
          }
          // Whole codes, and all of this block.
          if (sum < SUM_LONG && ((sum >> 6) & 127) - (entry >> 32 == 0 ? 1 : 0) <= (sum < SUM_END ? 64 : 63)) break;

          // A long code, or codes that are not all of this block: take that step back and go by one.
          sum -= entry & 0xffff;
          bits -= sum & SUM_BITS;
          sum &= ~SUM_BITS;
          buffer = load<u64>(at) << (64 - bits);
          buffer |= load<u64>(at - 8) >> bits;
          at -= <usize>((63 - bits) >> 3);
          bits |= 56;
          const symbol = symbolAt(table, buffer);
          buffer <<= symbol >> 8;
          entry = <i64>extraValue(buffer, symbol & 15) << 32;
          buffer <<= symbol & 15;
          bits -= (symbol >> 8) + (symbol & 15);
          sum += (((symbol >> 4) & 15) + 1) << 6;
          store<i16>(slotAt(sum), <i16>(entry >> 32));
          if ((symbol & 15) == 0 && (symbol & 255) != 0xf0) sum += SUM_END;
          if (sum >= PAST_END) break;
        }
        const reached = <i32>((sum >> 6) & 127) - (entry >> 32 == 0 ? 1 : 0);
        store<i16>(block, <i16>first);
        if (merged) keep(plane.size, to);
        else if (plane.size == 2) idct2(block, 16, plane.quant, to, plane.stride);
        else show(plane, block, 16, reached, to);
      }

      // Over the rest.
      while (true) {
        while (sum < PAST_END) {
          skip = skipAt(table, buffer);
          bits -= sum & SUM_BITS;
          sum &= ~SUM_BITS;
          buffer |= load<u64>(at - 8) >> bits;
          at -= <usize>((63 - bits) >> 3);
          bits |= 56;
          buffer <<= skip;
          sum += skip;
          if (sum >= PAST_END) break;
          skip = skipAt(table, buffer);
          buffer <<= skip;
          sum += skip;
        }
        if (<u64>(sum - SUM_END) < <u64>PAST_END || skip == 0 || sum >> 6 == 64) break;

        // A long code, or codes that are not all of this block: take that step back and go by one.
        sum -= skip;
        skip = 0;
        bits -= sum & SUM_BITS;
        sum &= ~SUM_BITS;
        buffer = load<u64>(at) << (64 - bits);
        buffer |= load<u64>(at - 8) >> bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
        const symbol = symbolAt(table, buffer);
        const length = (symbol >> 8) + (symbol & 15);
        buffer <<= length;
        bits -= length;
        if ((symbol & 15) == 0 && (symbol & 255) != 0xf0) break;
        sum += (((symbol >> 4) & 15) + 1) << 6;
      }
      bits -= sum & SUM_BITS;
    }
  }
  saveBits(buffer, bits, at);
}
