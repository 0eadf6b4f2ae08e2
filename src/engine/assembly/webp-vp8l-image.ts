// Entropy-coded images of VP8L (RFC 9649 §3.5–§3.7).

import { alloc } from "./memory";
import { vp8lExhausted, vp8lNumber, vp8lPeek, vp8lRefill, vp8lSkip } from "./webp-vp8l-bits";
import { VP8L_CODE_BYTES, vp8lIsConstant, vp8lReadCode, vp8lSymbol } from "./webp-vp8l-codes";

const GREEN: usize = 0;
const RED: usize = VP8L_CODE_BYTES;
const BLUE: usize = 2 * VP8L_CODE_BYTES;
const ALPHA: usize = 3 * VP8L_CODE_BYTES;
const DISTANCE: usize = 4 * VP8L_CODE_BYTES;
const GROUP_BYTES: usize = 5 * VP8L_CODE_BYTES;

const LITERALS: u32 = 256;
const LENGTHS: u32 = 24;
const DISTANCES = 40;
const MAX_CACHE_BITS: u32 = 11;
const CACHE_HASH: u32 = 0x1e35a7bd;

/** Columns and rows back for the distance codes 1–120 (RFC 9649 §3.6.2.2). */
const NEIGHBOURS = memory.data<i8>([
  0, 1, 1, 0, 1, 1, -1, 1, 0, 2, 2, 0, 1, 2, -1, 2, 2, 1, -2, 1, 2, 2, -2, 2,
  0, 3, 3, 0, 1, 3, -1, 3, 3, 1, -3, 1, 2, 3, -2, 3, 3, 2, -3, 2, 0, 4, 4, 0,
  1, 4, -1, 4, 4, 1, -4, 1, 3, 3, -3, 3, 2, 4, -2, 4, 4, 2, -4, 2, 0, 5, 3, 4,
  -3, 4, 4, 3, -4, 3, 5, 0, 1, 5, -1, 5, 5, 1, -5, 1, 2, 5, -2, 5, 5, 2, -5, 2,
  4, 4, -4, 4, 3, 5, -3, 5, 5, 3, -5, 3, 0, 6, 6, 0, 1, 6, -1, 6, 6, 1, -6, 1,
  2, 6, -2, 6, 6, 2, -6, 2, 4, 5, -4, 5, 5, 4, -5, 4, 3, 6, -3, 6, 6, 3, -6, 3,
  0, 7, 7, 0, 1, 7, -1, 7, 5, 5, -5, 5, 7, 1, -7, 1, 4, 6, -4, 6, 6, 4, -6, 4,
  2, 7, -2, 7, 7, 2, -7, 2, 3, 7, -3, 7, 7, 3, -7, 3, 5, 6, -5, 6, 6, 5, -6, 5,
  8, 0, 4, 7, -4, 7, 7, 4, -7, 4, 8, 1, 8, 2, 6, 6, -6, 6, 8, 3, 5, 7, -5, 7,
  7, 5, -7, 5, 8, 4, 6, 7, -6, 7, 7, 6, -7, 6, 8, 5, 7, 7, -7, 7, 8, 6, 8, 7,
]);

// How the image being decoded is coded.
let width: i32 = 0;
let cacheBits: u32 = 0;
let cache: usize = 0;
let groups: usize = 0;
let groupCount: i32 = 0;
/** Side of a tile is 1 << tileBits; 0: one group for all. */
let tileBits: u32 = 0;
let tiles: usize = 0;
let tilesAcross: i32 = 0;

/** The image of `w` × `h` that some transform or the groups need; 0 when it is broken or cut. */
export function vp8lReadSubImage(w: i32, h: i32): usize {
  if (!vp8lReadCodes(w, h, false)) return 0;
  const pixels = alloc(<usize>w * <usize>h * 4);
  return vp8lReadPixels(pixels, w * h) == w * h ? pixels : 0;
}

/** Everything that comes before an image's pixels. `grouped`: tiles may have codes of their own. */
export function vp8lReadCodes(w: i32, h: i32, grouped: bool): bool {
  const bits = vp8lNumber(1) ? vp8lNumber(4) : 0;
  if (bits > MAX_CACHE_BITS) return false;
  let side: u32 = 0;
  let map: usize = 0;
  let used: usize = 0;
  let count = 1;
  if (grouped && vp8lNumber(1)) {
    side = 2 + vp8lNumber(3);
    map = vp8lReadSubImage(across(w, side), across(h, side));
    if (!map) return false;
    count = countGroups(map, across(w, side) * across(h, side));
    used = markGroups(map, across(w, side) * across(h, side), count);
  }
  width = w;
  tileBits = side;
  tiles = map;
  tilesAcross = across(w, side);
  cacheBits = bits;
  cache = bits ? alloc(<usize>4 << bits) : 0;
  return readGroups(count, used);
}

/** True when only green varies, so that a byte a pixel is enough. */
export function vp8lIsGreenOnly(): bool {
  if (cacheBits) return false;
  for (let index = 0; index < groupCount; index++) {
    const group = groups + <usize>index * GROUP_BYTES;
    if (!load<u32>(group)) continue; // unused: it has no tables
    if (!vp8lIsConstant(group + RED) || !vp8lIsConstant(group + BLUE) || !vp8lIsConstant(group + ALPHA)) return false;
  }
  return true;
}

/** Tiles that cover `length` pixels. */
// @ts-ignore: decorator
@inline
export function across(length: i32, bits: u32): i32 {
  return (length + (1 << bits) - 1) >> bits;
}

/** The group of a tile is in its red and green. */
function countGroups(map: usize, count: i32): i32 {
  let highest: u32 = 0;
  for (let index: usize = 0; index < <usize>count; index++) {
    const group = (load<u32>(map + 4 * index) >> 8) & 0xffff;
    store<u32>(map + 4 * index, group);
    highest = max(highest, group);
  }
  return <i32>highest + 1;
}

/** One byte a group. A single tile may ask for 65,536 groups: building codes that nothing uses would take seconds. */
function markGroups(map: usize, count: i32, groupCount: i32): usize {
  const used = alloc(groupCount);
  for (let index: usize = 0; index < <usize>count; index++) store<u8>(used + load<u32>(map + 4 * index), 1);
  return used;
}

/** `used` 0: all of them are. */
function readGroups(count: i32, used: usize): bool {
  groups = alloc(<usize>count * GROUP_BYTES);
  groupCount = count;
  const greens = <i32>(LITERALS + LENGTHS + (cacheBits ? 1 << cacheBits : 0));
  for (let index = 0; index < count; index++) {
    const group = groups + <usize>index * GROUP_BYTES;
    const needed = !used || load<u8>(used + index) != 0;
    if (!vp8lReadCode(greens, group + GREEN, needed)) return false;
    for (let code = RED; code < DISTANCE; code += VP8L_CODE_BYTES) {
      if (!vp8lReadCode(<i32>LITERALS, group + code, needed)) return false;
    }
    if (!vp8lReadCode(DISTANCES, group + DISTANCE, needed) || vp8lExhausted()) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function groupAt(position: i32): usize {
  if (!tileBits) return groups;
  const tile = (position / width >> tileBits) * tilesAcross + (position % width >> tileBits);
  return groups + <usize>load<u32>(tiles + 4 * <usize>tile) * GROUP_BYTES;
}

/** First position after `position` at which another group may apply. */
// @ts-ignore: decorator
@inline
function groupEnd(position: i32, total: i32): i32 {
  if (!tileBits) return total;
  const x = position % width;
  return position + min(((x >> tileBits) + 1) << tileBits, width) - x;
}

/** Reads up to `total` ARGB pixels to `pixels`; gives how many came before the data ended or made no sense. */
export function vp8lReadPixels(pixels: usize, total: i32): i32 {
  let position = 0;
  let until = 0;
  let group: usize = groups;
  while (position < total) {
    if (position >= until) {
      group = groupAt(position);
      until = groupEnd(position, total);
    }
    vp8lRefill();
    const green = vp8lSymbol(group + GREEN);
    let count = 1;
    if (green < LITERALS) {
      remember(pixels, position, readLiteral(group, green));
    } else if (green < LITERALS + LENGTHS) {
      count = <i32>readPrefixed(green - LITERALS);
      if (!copyBack(pixels, position, count, total, readDistance(group))) return position;
    } else {
      remember(pixels, position, load<u32>(cache + 4 * <usize>(green - LITERALS - LENGTHS)));
    }
    if (vp8lExhausted()) return position;
    position += count;
  }
  return total;
}

/** The same where only green varies: one byte a pixel. */
export function vp8lReadBytes(bytes: usize, total: i32): i32 {
  let position = 0;
  let until = 0;
  let group: usize = groups;
  while (position < total) {
    if (position >= until) {
      group = groupAt(position);
      until = groupEnd(position, total);
    }
    vp8lRefill();
    const green = vp8lSymbol(group + GREEN);
    let count = 1;
    if (green < LITERALS) {
      store<u8>(bytes + position, green);
    } else {
      count = <i32>readPrefixed(green - LITERALS);
      const distance = readDistance(group);
      if (distance > position || count > total - position) return position;
      const to = bytes + position;
      for (let index: usize = 0; index < <usize>count; index++) store<u8>(to + index, load<u8>(to + index - distance));
    }
    if (vp8lExhausted()) return position;
    position += count;
  }
  return total;
}

// @ts-ignore: decorator
@inline
function readLiteral(group: usize, green: u32): u32 {
  const red = vp8lSymbol(group + RED);
  vp8lRefill();
  const blue = vp8lSymbol(group + BLUE);
  return (vp8lSymbol(group + ALPHA) << 24) | (red << 16) | (green << 8) | blue;
}

// @ts-ignore: decorator
@inline
function remember(pixels: usize, position: i32, pixel: u32): void {
  store<u32>(pixels + 4 * <usize>position, pixel);
  if (cacheBits) store<u32>(cache + 4 * <usize>((pixel * CACHE_HASH) >> (32 - cacheBits)), pixel);
}

function copyBack(pixels: usize, position: i32, count: i32, total: i32, distance: i32): bool {
  if (distance > position || count > total - position) return false;
  for (let index = 0; index < count; index++, position++) {
    remember(pixels, position, load<u32>(pixels + 4 * <usize>(position - distance)));
  }
  return true;
}

/** A length or distance: a prefix, then its extra bits (RFC 9649 §3.6.2.2). */
// @ts-ignore: decorator
@inline
function readPrefixed(prefix: u32): u32 {
  if (prefix < 4) return prefix + 1;
  const extra = (prefix - 2) >> 1;
  const low = vp8lPeek() & ((1 << extra) - 1);
  vp8lSkip(extra);
  return ((2 + (prefix & 1)) << extra) + low + 1;
}

/** In pixels, at least 1. */
function readDistance(group: usize): i32 {
  vp8lRefill();
  const code = <i32>readPrefixed(vp8lSymbol(group + DISTANCE));
  if (code > 120) return code - 120;
  const at = NEIGHBOURS + 2 * (code - 1);
  return max(<i32>load<i8>(at) + <i32>load<i8>(at, 1) * width, 1);
}
