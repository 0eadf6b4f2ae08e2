// Tokens to entropy-coded bytes (T.81 §F.1.2.3): first bit on top, a zero after every 0xFF.
import { codes } from "./jpeg-encode-huffman";
import { EXTRA, SYMBOLS } from "./jpeg-encode-tokens";

/** The last `held` bits are waiting, 0–64; what is above them is already written. */
let buffer: u64 = 0;
let held: u64 = 0;

/** Writes the tokens from `from` to `end` at `to`, at most 7 bytes each and 16 more; the result is the address after. */
export function writeTokens(from: usize, end: usize, to: usize): usize {
  let bits = buffer;
  let free = 64 - held;
  for (; from < end; from += 4) {
    const token = load<u32>(from);
    const code = load<u32>(codes + ((token & (SYMBOLS - 1)) << 2));
    const length = <u64>(code & 31);
    const value = <u64>((code >>> 5) | (token >>> EXTRA));
    if (length <= free) {
      bits = (bits << length) | value;
      free -= length;
    } else {
      const over = length - free;
      to = writeWord((bits << free) | (value >> over), to);
      bits = value;
      free = 64 - over;
    }
  }
  buffer = bits;
  held = 64 - free;
  return to;
}

/** Fills the last byte with ones and writes what waits, at most 16 bytes. */
export function writeLast(to: usize): usize {
  const pad = (8 - (held & 7)) & 7;
  let bits = held ? ((buffer + 1) << pad) - 1 : 0;
  held += pad;
  for (; held; held -= 8) to = writeByte(<u8>(bits >> (held - 8)), to);
  return to;
}

// @ts-ignore: decorator
@inline
function writeWord(word: u64, to: usize): usize {
  // Carries can only make this see one 0xFF too many.
  if (word & 0x8080808080808080 & ~(word + 0x0101010101010101)) return writeStuffed(word, to);
  store<u64>(to, bswap(word));
  return to + 8;
}

function writeStuffed(word: u64, to: usize): usize {
  for (let shift: u64 = 64; shift; shift -= 8) to = writeByte(<u8>(word >> (shift - 8)), to);
  return to;
}

// @ts-ignore: decorator
@inline
function writeByte(byte: u8, to: usize): usize {
  store<u16>(to, byte);
  return to + (byte == 255 ? 2 : 1);
}
