const MAX_BITS = 15;
const END_OF_BLOCK = 256;
const ZLIB_HEADER_BYTES = 2;

/** RFC 1951 §3.2.5: lengths of codes 257–285 and distances of codes 0–29, with how many extra bits follow. */
const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASES = Array.from({ length: 30 }, (_, code) =>
  code < 4 ? code + 1 : ((2 + (code & 1)) << ((code >> 1) - 1)) + 1,
);
const DISTANCE_BITS = Array.from({ length: 30 }, (_, code) => (code < 4 ? 0 : (code >> 1) - 1));
/** RFC 1951 §3.2.7: the order in which lengths of the code length code come. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code: how many codes each length has, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const FIXED_LENGTHS = toCode([
  ...new Array(144).fill(8),
  ...new Array(112).fill(9),
  ...new Array(24).fill(7),
  ...new Array(8).fill(8),
]);
const FIXED_DISTANCES = toCode(new Array(30).fill(5));

/** Stops the unpacking where the data ends or makes no sense. */
class EndOfData extends Error {}

/**
 * Unpacks zlib data (RFC 1950) until `size` bytes are there: not one byte beyond is unpacked. What is missing or
 * damaged stays zero. The platform's `DecompressionStream` is no help here, for it drops what it had when an error or
 * a byte too many follows, and unpacks all it is given at once.
 */
export function inflate(data: Uint8Array, size: number): Uint8Array {
  const target = new Uint8Array(size);
  const bits = createBitReader(data, ZLIB_HEADER_BYTES);
  try {
    for (let at = 0, last = 0; !last && at < size; ) {
      last = bits.read(1);
      const kind = bits.read(2);
      if (kind === 0) at = copyStored(bits, target, at);
      else if (kind === 1) at = unpackBlock(bits, target, at, FIXED_LENGTHS, FIXED_DISTANCES);
      else if (kind === 2) at = unpackBlock(bits, target, at, ...readCodes(bits));
      else break;
    }
  } catch (error) {
    if (!(error instanceof EndOfData)) throw error;
  }
  return target;
}

type BitReader = ReturnType<typeof createBitReader>;

function createBitReader(data: Uint8Array, start: number) {
  let at = start;
  let held = 0;
  let count = 0;
  const read = (wanted: number): number => {
    while (count < wanted) {
      if (at >= data.length) throw new EndOfData();
      held |= data[at++] << count;
      count += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    count -= wanted;
    return value;
  };
  return {
    read,
    /** The next symbol: codes of one length are consecutive numbers (RFC 1951 §3.2.2). */
    symbol({ counts, symbols }: Code): number {
      let code = 0;
      let first = 0;
      let index = 0;
      for (let length = 1; length <= MAX_BITS; length++) {
        if (count === 0) {
          if (at >= data.length) throw new EndOfData();
          held = data[at++];
          count = 8;
        }
        code |= held & 1;
        held >>>= 1;
        count--;
        const many = counts[length];
        if (code - first < many) return symbols[index + code - first];
        index += many;
        first = (first + many) << 1;
        code <<= 1;
      }
      throw new EndOfData();
    },
    /** At most `most` bytes after the next byte boundary and the two length fields of a stored block. */
    stored(most: number): Uint8Array {
      held = count = 0;
      const length = read(8) | (read(8) << 8);
      at += 2;
      const bytes = data.subarray(at, at + Math.min(length, most));
      at += length;
      return bytes;
    },
  };
}

function copyStored(bits: BitReader, target: Uint8Array, at: number): number {
  const bytes = bits.stored(target.length - at);
  target.set(bytes, at);
  return at + bytes.length;
}

function unpackBlock(bits: BitReader, target: Uint8Array, start: number, lengths: Code, distances: Code): number {
  let at = start;
  while (at < target.length) {
    const symbol = bits.symbol(lengths);
    if (symbol < END_OF_BLOCK) {
      target[at++] = symbol;
      continue;
    }
    if (symbol === END_OF_BLOCK) break;
    const length = extended(bits, LENGTH_BASES, LENGTH_BITS, symbol - 257);
    const distance = extended(bits, DISTANCE_BASES, DISTANCE_BITS, bits.symbol(distances));
    if (distance > at) throw new EndOfData();
    for (const end = Math.min(at + length, target.length); at < end; at++) target[at] = target[at - distance];
  }
  return at;
}

function extended(bits: BitReader, bases: readonly number[], extras: readonly number[], code: number): number {
  if (code >= bases.length) throw new EndOfData();
  return bases[code] + bits.read(extras[code]);
}

/** The two codes of a block with its own ones (RFC 1951 §3.2.7). */
function readCodes(bits: BitReader): [lengths: Code, distances: Code] {
  const lengthCount = bits.read(5) + 257;
  const total = lengthCount + bits.read(5) + 1;
  const codeLengths = new Array<number>(19).fill(0);
  for (let i = 0, count = bits.read(4) + 4; i < count; i++) codeLengths[ORDER[i]] = bits.read(3);
  const code = toCode(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < total) {
    const symbol = bits.symbol(code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) repeat(lengths, lengths.at(-1) ?? 0, 3 + bits.read(2));
    else repeat(lengths, 0, symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7));
  }
  return [toCode(lengths.slice(0, lengthCount)), toCode(lengths.slice(lengthCount, total))];
}

function repeat(lengths: number[], length: number, times: number): void {
  for (let i = 0; i < times; i++) lengths.push(length);
}

function toCode(lengths: readonly number[]): Code {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const starts = new Uint16Array(MAX_BITS + 2);
  for (let length = 1; length <= MAX_BITS; length++) starts[length + 1] = starts[length] + counts[length];
  const symbols = new Uint16Array(starts[MAX_BITS + 1]);
  lengths.forEach((length, symbol) => {
    if (length > 0) symbols[starts[length]++] = symbol;
  });
  return { counts, symbols };
}
