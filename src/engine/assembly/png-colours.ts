// What colours a picture has: few enough for a palette, gray, opaque, flat?
import { alloc } from "./memory";

const MAX_COLOURS: i32 = 256;
/** Four times the colours: short chains. */
const SLOTS: u32 = 1024;
const SLOT_SHIFT: u32 = 22;

/** Per slot its colour, then per slot the colour's number from 1 on, then the colours in order of appearance. */
let slots: usize = 0;
let numbers: usize = 0;
let list: usize = 0;
let count: i32 = 0;
let opaque: bool = true;
let gray: bool = true;
let repeats: u32 = 0;

export function pngScanStart(): void {
  slots = alloc(SLOTS * 4);
  numbers = alloc(SLOTS * 2);
  list = alloc((MAX_COLOURS + 1) * 4);
}

/** Looks at `pixels` RGBA pixels. Sixteen bytes before them must be readable. */
export function pngScan(src: usize, pixels: usize): void {
  const end = src + pixels * 4;
  let at = src;
  let last = ~load<u32>(at);
  for (; at < end && count <= MAX_COLOURS; at += 4) {
    const pixel = load<u32>(at);
    if (pixel == last) repeats++;
    else addColour(pixel);
    last = pixel;
  }
  scanKinds(at, end);
}

export function pngScanColours(): i32 {
  return count;
}

export function pngScanOpaque(): bool {
  return opaque;
}

export function pngScanGray(): bool {
  return gray;
}

/** Pixels that equal the one to their left. */
export function pngScanRepeats(): u32 {
  return repeats;
}

/** The colours found, four bytes each, in order of appearance. */
export function pngScanList(): usize {
  return list;
}

/** The place of a colour in the list. */
export function pngColourNumber(pixel: u32): u32 {
  return load<u16>(numbers + (slotOf(pixel) << 1)) - 1;
}

function addColour(pixel: u32): void {
  const slot = slotOf(pixel);
  if (load<u16>(numbers + (slot << 1))) return;
  if (pixel >>> 24 != 255) opaque = false;
  if (!isGray(pixel)) gray = false;
  store<u32>(list + (count << 2), pixel);
  if (++count > MAX_COLOURS) return;
  store<u32>(slots + (slot << 2), pixel);
  store<u16>(numbers + (slot << 1), count);
}

/** The slot of a colour, or the free one where it belongs. */
function slotOf(pixel: u32): u32 {
  let slot = (pixel * 0x9e3779b1) >>> SLOT_SHIFT;
  while (load<u16>(numbers + (slot << 1)) && load<u32>(slots + (slot << 2)) != pixel) slot = (slot + 1) & (SLOTS - 1);
  return slot;
}

@inline
function isGray(pixel: u32): bool {
  return ((pixel ^ (pixel >>> 8)) & 0xffff) == 0;
}

/** With too many colours for a palette only the rest matters, four pixels at a time. */
function scanKinds(from: usize, end: usize): void {
  const ones = i32x4.splat(-1);
  let all = ones;
  let unequal = i32x4.splat(0);
  let same = i32x4.splat(0);
  let at = from;
  for (; at + 16 <= end; at += 16) {
    const four = v128.load(at);
    all = v128.and(all, four);
    unequal = v128.or(unequal, v128.xor(four, i32x4.shr_u(four, 8)));
    same = i32x4.sub(same, i32x4.eq(four, v128.load(at - 4)));
  }
  if (v128.any_true(v128.and(v128.not(all), i32x4.splat(0xff000000)))) opaque = false;
  if (v128.any_true(v128.and(unequal, i32x4.splat(0xffff)))) gray = false;
  repeats += i32x4.extract_lane(same, 0) + i32x4.extract_lane(same, 1) + i32x4.extract_lane(same, 2) + i32x4.extract_lane(same, 3);
  for (; at < end; at += 4) {
    const pixel = load<u32>(at);
    if (pixel >>> 24 != 255) opaque = false;
    if (!isGray(pixel)) gray = false;
  }
}
