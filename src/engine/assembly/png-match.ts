// Copies of earlier output, in whole vectors.
import { alloc } from "./memory";

/** For matches nearer than a vector: sixteen steps of whole periods, then sixteen shuffles that repeat a period. */
let patterns: usize = 0;

export function pngMatchStart(): void {
  patterns = alloc(256);
  for (let distance = 1; distance < 16; distance++) {
    store<u8>(patterns + distance, 16 - (16 % distance));
    for (let byte = 0; byte < 16; byte++) store<u8>(patterns + distance * 16 + byte, byte % distance);
  }
}

/** Writes whole vectors: up to 15 bytes past the match, which the next symbol overwrites. */
@inline
export function pngCopyMatch(to: usize, distance: usize, length: usize): void {
  const stop = to + length;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(to - distance));
      to += 16;
    } while (to < stop);
    return;
  }
  const pattern = i8x16.swizzle(v128.load(to - distance), v128.load(patterns + (distance << 4)));
  const step: usize = load<u8>(patterns + distance);
  do {
    v128.store(to, pattern);
    to += step;
  } while (to < stop);
}
