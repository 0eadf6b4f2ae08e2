// Blocks of a progressive scan (T.81 §G.1.2, G.2). Coefficients that the wanted size does not need are read but not
// kept; that they are not zero is remembered, because refinement depends on it.
import { bitBuffer, bitCount, readAt, saveBits } from "./jpeg-bits";
import { Component, zigzag } from "./jpeg-frame";
import { END_STEP, extraValue, symbolAt, valueAt } from "./jpeg-huffman";
import { Place, PLACE_BYTES, places, placesEnd } from "./jpeg-places";
import { bandEnd, bandStart, bitPosition, eobRun, setEobRun } from "./jpeg-scan";

export const DROPPED: i32 = 255;
/** Zigzag index → byte offset in a stored block, or DROPPED. */
export const slots: usize = memory.data(80, 16);

/** Every coefficient up to the last that is kept. */
let lowest: u64 = 0;

let slotted: i32 = 0;

/** Says how many coefficients a side are kept in the scan that goes on. */
export function setSlots(size: i32): void {
  if (size == slotted) return;
  slotted = size;
  // Zigzag index of the last of 2 × 2 and 4 × 4: 4 and 24.
  lowest = size == 8 ? -1 : size == 4 ? (1 << 25) - 1 : (1 << 5) - 1;
  for (let index: usize = 0; index < 80; index++) {
    const offset = <i32>load<u8>(zigzag + index);
    const row = offset >> 4;
    const column = (offset & 15) >> 1;
    store<u8>(slots + index, row < size && column < size ? <u8>((row * size + column) << 1) : <u8>DROPPED);
  }
}

/** Of `count` MCUs, whose blocks go to the listed places. */
export function readDcFirst(count: i32): void {
  const end = placesEnd;
  const position = bitPosition;
  let buffer = bitBuffer;
  let bits = bitCount;
  let at = readAt;
  for (; count > 0; count--) {
    for (let here = places; here < end; here += PLACE_BYTES) {
      const place = changetype<Place>(here);
      const plane = changetype<Component>(place.plane);
      buffer |= load<u64>(at - 8) >> bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      let entry = valueAt(plane.dc, buffer);
      if (entry == 0) {
        entry = symbolAt(plane.dc, buffer);
        buffer <<= entry >> 8;
        bits -= entry >> 8;
        entry = (entry & 15) | (extraValue(buffer, entry & 15) << 16);
      }
      buffer <<= entry & 63;
      bits -= entry & 63;
      plane.predictor += entry >> 16;
      const to = place.to;
      store<i16>(to, <i16>(plane.predictor << position));
      place.to = to + place.step;
    }
  }
  saveBits(buffer, bits, at);
}

/** Like readDcFirst. One bit a block: where each is can be told from its number. */
export function readDcRefinement(count: i32): void {
  const end = placesEnd;
  const period = <i32>((end - places) / PLACE_BYTES);
  const total = count * period;
  const at = readAt;
  let first = -<i32>bitCount;
  const next = first + total;
  for (let here = places; here < end; here += PLACE_BYTES, first++) {
    const place = changetype<Place>(here);
    let to = place.to;
    for (let bit = first; bit < next; bit += period, to += place.step) {
      const value = (<i32>load<u8>(at - 1 - (bit >> 3)) >> (7 - (bit & 7))) & 1;
      store<i16>(to, <i16>(<i32>load<i16>(to) | (value << bitPosition)));
    }
  }
  const left = at - (next >> 3);
  const used = <u64>(next & 7);
  saveBits(<u64>load<u8>(left - 1) << (56 + used), 8 - used, left - 1);
}

/**
 * Of `count` blocks side by side. `block`: coefficients of the first; `nonzero`: its map of those that are not zero,
 * bit = zigzag index.
 */
export function readAcFirst(plane: Component, block: usize, nonzero: usize, count: i32): void {
  const table = plane.ac;
  const bytes = <usize>(plane.size * plane.size * 2);
  let buffer = bitBuffer;
  let bits = bitCount;
  let at = readAt;
  let run = eobRun;
  while (count > 0) {
    if (run > 0) {
      const passed = min(run, count);
      run -= passed;
      count -= passed;
      block += <usize>passed * bytes;
      nonzero += <usize>passed << 3;
      continue;
    }
    let map = load<u64>(nonzero);
    let index = bandStart;
    while (index <= bandEnd) {
      buffer |= load<u64>(at - 8) >> bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      let length = 0;
      do {
        const entry = valueAt(table, buffer);
        length = entry & 63;
        if (length == 0) break;
        const position = index + ((entry >> 6) & 15);
        index = position + ((entry >> 10) & 63);
        buffer <<= length;
        bits -= length;
        if (entry >> 16 == 0) continue;
        const slot = <i32>load<u8>(slots + position);
        if (slot != DROPPED) store<i16>(block + slot, <i16>((entry >> 16) << bitPosition));
        map |= <u64>1 << min(position, 63);
      } while (index <= bandEnd && bits > 11);
      if (length) continue;

      // A long code, or one that begins a run of blocks.
      buffer |= load<u64>(at - 8) >> bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      const symbol = symbolAt(table, buffer);
      const zeros = (symbol >> 4) & 15;
      const size = symbol & 15;
      buffer <<= symbol >> 8;
      bits -= symbol >> 8;
      if (size) {
        const position = index + zeros;
        const slot = <i32>load<u8>(slots + position);
        if (slot != DROPPED) store<i16>(block + slot, <i16>(extraValue(buffer, size) << bitPosition));
        map |= <u64>1 << min(position, 63);
        buffer <<= size;
        bits -= size;
        index = position + 1;
      } else if (zeros == 15) index += 16;
      else {
        run = (1 << zeros) - 1 + extraBits(buffer, zeros);
        buffer <<= zeros;
        bits -= zeros;
        index = 64;
      }
    }
    store<u64>(nonzero, map);
    block += bytes;
    nonzero += 8;
    count--;
  }
  setEobRun(run);
  saveBits(buffer, bits, at);
}

// @ts-ignore: decorator
@inline
function extraBits(buffer: u64, size: i32): i32 {
  return size ? <i32>(buffer >> (64 - size)) : 0;
}

/**
 * Like readAcFirst. Correction bits, one for each coefficient that was not zero, are collected over a block and applied at
 * its end, because loops of few turns between the codes could not be predicted.
 */
export function readAcRefinement(plane: Component, block: usize, nonzero: usize, count: i32): void {
  const table = plane.ac;
  const band = ((<u64>2 << bandEnd) - 1) & (<u64>-1 << bandStart);
  const bytes = <usize>(plane.size * plane.size * 2);
  let buffer = bitBuffer;
  let bits = bitCount;
  let at = readAt;
  let run = eobRun;
  for (; count > 0; count--, block += bytes, nonzero += 8) {
    const before = load<u64>(nonzero);
    let map = before;
    let corrections: u64 = 0;
    // Bits of this band from the next coefficient on.
    let rest = band;
    const ended = run > 0;
    if (ended) {
      run--;
      rest &= before;
    }
    while (rest) {
      buffer |= load<u64>(at - 8) >> bits;
      at -= <usize>((63 - bits) >> 3);
      bits |= 56;
      let value = 0;
      let zeros = rest & ~map;
      if (!ended) {
        const entry = valueAt(table, buffer);
        let skipped = (entry >> 6) & 15;
        value = entry >> 16;
        if (entry & 63 && value <= 1 && value >= -1) {
          // One coefficient of ±1, sixteen zeros, or the end of the block.
          buffer <<= entry & 63;
          bits -= entry & 63;
          if (((entry >> 10) & 63) == END_STEP) zeros = 0;
        } else {
          const symbol = symbolAt(table, buffer);
          skipped = (symbol >> 4) & 15;
          buffer <<= symbol >> 8;
          bits -= symbol >> 8;
          value = 0;
          if (symbol & 15) {
            value = <i64>buffer < 0 ? 1 : -1;
            buffer <<= 1;
            bits--;
          } else if (skipped < 15) {
            run = (1 << skipped) - 1 + extraBits(buffer, skipped);
            buffer <<= skipped;
            bits -= skipped;
            zeros = 0;
          }
        }
        // Few at most times: without branches, which nothing could predict.
        zeros &= skipped > 0 ? zeros - 1 : -1;
        zeros &= skipped > 1 ? zeros - 1 : -1;
        zeros &= skipped > 2 ? zeros - 1 : -1;
        for (; zeros && skipped > 3; skipped--) zeros &= zeros - 1;
      }
      // Up to where the next value goes, or to the end.
      const place = zeros & -zeros;
      let known = <i64>popcnt(rest & map & (place - 1));
      if (known > bits) {
        const half = known >> 1;
        buffer |= load<u64>(at - 8) >> bits;
        at -= <usize>((63 - bits) >> 3);
        bits = (bits | 56) - half;
        corrections = (corrections << half) | ((buffer >> 1) >> (63 - half));
        buffer <<= half;
        known -= half;
        buffer |= load<u64>(at - 8) >> bits;
        at -= <usize>((63 - bits) >> 3);
        bits |= 56;
      }
      corrections = (corrections << known) | ((buffer >> 1) >> (63 - known));
      buffer <<= known;
      bits -= known;
      if (value) {
        // Beyond the band where a damaged file says so.
        const index = place ? <i32>ctz(place) : min(bandEnd + 1, 63);
        const slot = <i32>load<u8>(slots + index);
        if (slot != DROPPED) store<i16>(block + slot, <i16>(value << bitPosition));
        map |= <u64>1 << index;
      }
      rest &= place ? -(place << 1) : 0;
    }
    store<u64>(nonzero, map);
    let known = before & band;
    if (corrections == 0) continue;
    corrections <<= 64 - popcnt(known);
    for (known &= lowest; known; known &= known - 1, corrections <<= 1) {
      correct(block, <usize>ctz(known), <i32>(<i64>corrections >> 63));
    }
  }
  setEobRun(run);
  saveBits(buffer, bits, at);
}

/** One more bit of a coefficient, away from 0, where `mask` is −1; not where that bit is set (libjpeg). */
// @ts-ignore: decorator
@inline
function correct(block: usize, index: usize, mask: i32): void {
  const slot = <i32>load<u8>(slots + index);
  if (slot == DROPPED) return;
  const value = <i32>load<i16>(block + slot);
  const bit = 1 << bitPosition;
  const sign = value >> 31;
  // Without branches: the bits are as good as random.
  store<i16>(block + slot, <i16>(value + ((((bit ^ sign) - sign) & mask) & (((value >> bitPosition) & 1) - 1))));
}
