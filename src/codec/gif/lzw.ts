/** Longest string a table of 4096 codes can hold: `read()` may write this much past `until`. */
export const LZW_OVERRUN = 4096;

const MAX_CODES = 4096;

interface LzwReader {
  /**
   * Writes whole strings to `target` from index `at` on until `until` is reached or the data ends, and gives the index
   * after the last one. `target` needs room for `LZW_OVERRUN` bytes after `until`.
   */
  read(target: Uint8Array, at: number, until: number): number;
}

/**
 * Reads the LZW data of one GIF frame (GIF89a appendix F): least significant bit first, cut in sub-blocks, table kept
 * when it is full. Data ends at the end code, at the empty sub-block, or where a code makes no sense.
 *
 * @param dataAt index of the byte with the minimum code size
 */
export function createLzwReader(bytes: Uint8Array, dataAt: number): LzwReader {
  const minimum = bytes[dataAt];
  if (!(minimum >= 1 && minimum <= 8)) return { read: (_, at) => at };
  const clear = 1 << minimum;
  const prefixes = new Uint16Array(MAX_CODES);
  const suffixes = new Uint8Array(MAX_CODES);
  const firsts = new Uint8Array(MAX_CODES);
  const lengths = new Uint16Array(MAX_CODES).fill(1);
  for (let code = 0; code < clear; code++) suffixes[code] = firsts[code] = code;
  const start = { position: dataAt + 1, left: 0, bits: 0, count: 0, size: minimum + 1, next: clear + 2, previous: -1 };
  let state: typeof start | undefined = start;

  return {
    read(target, at, until) {
      if (!state) return at;
      let { position, left, bits, count, size, next, previous } = state;
      state = undefined; // Stays so unless the loop ends by itself.
      while (at < until) {
        while (count < size) {
          if (left === 0) left = bytes[position++];
          // Also true past the end of `bytes`, where `left` is undefined.
          if (!(left > 0) || position >= bytes.length) return at;
          bits |= bytes[position++] << count;
          count += 8;
          left--;
        }
        const code = bits & ((1 << size) - 1);
        bits >>>= size;
        count -= size;
        if (code === clear) {
          size = minimum + 1;
          next = clear + 2;
          previous = -1;
          continue;
        }
        if (code === clear + 1 || code > next || (code >= clear && previous < 0)) return at;
        if (previous >= 0 && next < MAX_CODES) {
          prefixes[next] = previous;
          suffixes[next] = firsts[code === next ? previous : code];
          firsts[next] = firsts[previous];
          lengths[next] = lengths[previous] + 1;
          if (++next === 1 << size && size < 12) size++;
        }
        const end = at + lengths[code];
        let string = code;
        for (let write = end - 1; write > at; write--) {
          target[write] = suffixes[string];
          string = prefixes[string];
        }
        target[at] = string;
        at = end;
        previous = code;
      }
      state = { position, left, bits, count, size, next, previous };
      return at;
    },
  };
}

const SUB_BLOCK_BYTES = 255;
const HASH_BITS = 13;
const EMPTY = -1;

/**
 * Writes `indices` as LZW data of one GIF frame, the byte with the minimum code size included: sub-blocks go to
 * `append`, which must copy what it keeps.
 *
 * @param minimum bits of the largest index, 2–8
 */
export function writeLzw(indices: Iterable<Uint8Array>, minimum: number, append: (bytes: Uint8Array) => void): void {
  const clear = 1 << minimum;
  const keys = new Int32Array(1 << HASH_BITS).fill(EMPTY);
  const codes = new Uint16Array(1 << HASH_BITS);
  const block = new Uint8Array(SUB_BLOCK_BYTES + 1);
  let filled = 0;
  let bits = 0;
  let count = 0;
  let size = minimum + 1;
  let next = clear + 2;
  let prefix = EMPTY;

  const flush = () => {
    if (filled === 0) return;
    block[0] = filled;
    append(block.subarray(0, filled + 1));
    filled = 0;
  };
  const emit = (code: number) => {
    bits |= code << count;
    for (count += size; count >= 8; count -= 8) {
      block[++filled] = bits;
      bits >>>= 8;
      if (filled === SUB_BLOCK_BYTES) flush();
    }
  };

  append(Uint8Array.of(minimum));
  emit(clear);
  for (const row of indices)
    for (let i = 0; i < row.length; i++) {
      const index = row[i];
      if (prefix === EMPTY) {
        prefix = index;
        continue;
      }
      const key = (prefix << 8) | index;
      let slot = Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS);
      while (keys[slot] !== key && keys[slot] !== EMPTY) slot = (slot + 1) & ((1 << HASH_BITS) - 1);
      if (keys[slot] === key) {
        prefix = codes[slot];
        continue;
      }
      emit(prefix);
      prefix = index;
      if (next === MAX_CODES) {
        emit(clear);
        keys.fill(EMPTY);
        size = minimum + 1;
        next = clear + 2;
      } else {
        if (next === 1 << size) size++;
        keys[slot] = key;
        codes[slot] = next++;
      }
    }
  if (prefix !== EMPTY) emit(prefix);
  if (next === 1 << size && size < 12) size++;
  emit(clear + 1);
  if (count > 0) {
    size = 8 - count;
    emit(0);
  }
  flush();
  append(Uint8Array.of(0));
}
