// Blocks of a progressive scan (T.81 §G.1.2, G.2). Coefficients that the wanted size does not need are read but not
// kept; that they are not zero is remembered, because refinement depends on it.
import { bitBuffer, bitCount, readAt, saveBits } from "./jpeg-bits";
import { Component, zigzag } from "./jpeg-frame";
import { extraValue, symbolAt, valueAt } from "./jpeg-huffman";
import { bandEnd, bandStart, bitPosition, eobRun, setEobRun } from "./jpeg-scan";

export const DROPPED: i32 = 255;
/** Zigzag index → byte offset in a stored block, or DROPPED. */
export const slots: usize = memory.data(80, 16);

/** Every coefficient up to the last that is kept. */
let lowest: u64 = 0;

/** Says how many coefficients a side are kept in the scan that begins. */
export function setSlots(size: i32): void {
  // Zigzag index of the last of 2 × 2 and 4 × 4: 4 and 24.
  lowest = size == 8 ? -1 : size == 4 ? (1 << 25) - 1 : (1 << 5) - 1;
  for (let index: usize = 0; index < 80; index++) {
    const offset = <i32>load<u8>(zigzag + index);
    const row = offset >> 4;
    const column = (offset & 15) >> 1;
    store<u8>(slots + index, row < size && column < size ? <u8>((row * size + column) << 1) : <u8>DROPPED);
  }
}

export function readDcFirst(plane: Component, at: usize): void {
  const buffer = bitBuffer | (load<u64>(readAt - 8) >> bitCount);
  const next = readAt - <usize>((63 - bitCount) >> 3);
  const found = symbolAt(plane.dc, buffer);
  const length = found >> 8;
  const size = found & 15;
  plane.predictor += extraValue(buffer << length, size);
  store<i16>(at, <i16>(plane.predictor << bitPosition));
  saveBits(buffer << (length + size), (bitCount | 56) - (length + size), next);
}

export function readDcRefinement(at: usize): void {
  const buffer = bitBuffer | (load<u64>(readAt - 8) >> bitCount);
  const next = readAt - <usize>((63 - bitCount) >> 3);
  if (<i64>buffer < 0) store<i16>(at, <i16>(<i32>load<i16>(at) | (1 << bitPosition)));
  saveBits(buffer << 1, (bitCount | 56) - 1, next);
}

/** `nonzero`: address of the block's map of coefficients that are not zero, bit = zigzag index. */
export function readAcFirst(plane: Component, block: usize, nonzero: usize): void {
  if (eobRun > 0) {
    setEobRun(eobRun - 1);
    return;
  }
  let buffer = bitBuffer;
  let count = bitCount;
  let at = readAt;
  let map = load<u64>(nonzero);
  let index = bandStart;
  while (index <= bandEnd) {
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    const entry = valueAt(plane.ac, buffer);
    let position = index + ((entry >> 6) & 15);
    let value = entry >> 16;
    let length = entry & 63;
    index = position + ((entry >> 10) & 63);
    if (length == 0) {
      const symbol = symbolAt(plane.ac, buffer);
      const run = (symbol >> 4) & 15;
      const size = symbol & 15;
      length = symbol >> 8;
      buffer <<= length;
      count -= length;
      position += run;
      index = position + 1;
      value = extraValue(buffer, size);
      length = size;
      if (size == 0 && run < 15) {
        length = run;
        setEobRun((1 << run) - 1 + extraBits(buffer, run));
        index = 64;
      }
    }
    buffer <<= length;
    count -= length;
    if (value) {
      const slot = <i32>load<u8>(slots + position);
      if (slot != DROPPED) store<i16>(block + slot, <i16>(value << bitPosition));
      map |= <u64>1 << min(position, 63);
    }
  }
  store<u64>(nonzero, map);
  saveBits(buffer, count, at);
}

// @ts-ignore: decorator
@inline
function extraBits(buffer: u64, size: i32): i32 {
  return size ? <i32>(buffer >> (64 - size)) : 0;
}

export function readAcRefinement(plane: Component, block: usize, nonzero: usize): void {
  let buffer = bitBuffer;
  let count = bitCount;
  let at = readAt;
  let map = load<u64>(nonzero);
  // Bits of this band from `index` on.
  let rest = ((<u64>2 << bandEnd) - 1) & (<u64>-1 << bandStart);
  let run = eobRun;
  while (rest) {
    buffer |= load<u64>(at - 8) >> count;
    at -= <usize>((63 - count) >> 3);
    count |= 56;
    let value = 0;
    let zeros: u64 = 0;
    if (run == 0) {
      const symbol = symbolAt(plane.ac, buffer);
      let skipped = (symbol >> 4) & 15;
      buffer <<= symbol >> 8;
      count -= symbol >> 8;
      zeros = rest & ~map;
      if (symbol & 15) {
        value = <i64>buffer < 0 ? 1 << bitPosition : -1 << bitPosition;
        buffer <<= 1;
        count--;
      } else if (skipped < 15) {
        run = (1 << skipped) + extraBits(buffer, skipped);
        buffer <<= skipped;
        count -= skipped;
        zeros = 0;
      }
      for (; zeros && skipped; skipped--) zeros &= zeros - 1;
    }
    // A correction bit for each coefficient that is not zero, up to where the next value goes or to the end.
    const place = zeros & -zeros;
    let known = rest & map & (place - 1);
    const dropped = <i64>popcnt(known & ~lowest);
    for (known &= lowest; known; known &= known - 1) {
      if (count == 0) {
        buffer |= load<u64>(at - 8);
        at -= 7;
        count = 56;
      }
      correct(block, <usize>ctz(known), <i32>(<i64>buffer >> 63));
      buffer <<= 1;
      count--;
    }
    if (dropped > count) {
      buffer = load<u64>(at - 8) << (dropped - count);
      at -= 7;
      count += 56 - dropped;
    } else {
      buffer <<= dropped;
      count -= dropped;
    }
    if (value) {
      // Beyond the band where a damaged file says so.
      const index = place ? <i32>ctz(place) : min(bandEnd + 1, 63);
      const slot = <i32>load<u8>(slots + index);
      if (slot != DROPPED) store<i16>(block + slot, <i16>value);
      map |= <u64>1 << index;
    }
    rest &= place ? -(place << 1) : 0;
  }
  setEobRun(run > 0 ? run - 1 : 0);
  store<u64>(nonzero, map);
  saveBits(buffer, count, at);
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
