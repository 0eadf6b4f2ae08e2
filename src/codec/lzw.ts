/** Longest string a table of 4096 codes can hold: `read()` may write this much past `until`. */
export const LZW_OVERRUN = 4096;

const MAX_CODES = 4096;

export interface LzwReader {
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
