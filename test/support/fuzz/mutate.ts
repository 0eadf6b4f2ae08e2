import { crc32 } from "node:zlib";

/** Numbers from 0 to 1. */
type Random = () => number;

/** Damages `bytes`, which nobody else holds; `other` is a second file of the same format. */
type Mutation = (bytes: Uint8Array, other: Uint8Array, random: Random) => Uint8Array;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const TELLING = [0, 1, 2, 3, 4, 8, 16, 63, 64, 127, 128, 192, 217, 218, 254, 255];

const anyByte = (random: Random): number =>
  random() < 0.5 ? TELLING[below(random, TELLING.length)] : below(random, 256);

const changeBytes: Mutation = (bytes, _, random) => {
  for (let left = 1 + below(random, 6); left > 0; left--) bytes[below(random, bytes.length)] = anyByte(random);
  return bytes;
};

/** Where most of a header is. */
const changeEarlyBytes: Mutation = (bytes, _, random) => {
  const end = Math.min(bytes.length, 20 + below(random, 200));
  for (let left = 1 + below(random, 3); left > 0; left--) bytes[below(random, end)] = anyByte(random);
  return bytes;
};

const flipBit: Mutation = (bytes, _, random) => {
  bytes[below(random, bytes.length)] ^= 1 << below(random, 8);
  return bytes;
};

const NUMBERS = [0, 1, 255, 256, 32_767, 32_768, 65_535, 65_536, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** A number of two or four bytes in either order. */
const changeNumber: Mutation = (bytes, _, random) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wide = random() < 0.5;
  if (bytes.length < 4) return bytes;
  const at = below(random, Math.min(bytes.length, random() < 0.5 ? 100 : bytes.length) - 3);
  const value = NUMBERS[below(random, NUMBERS.length)];
  if (wide) view.setUint32(at, value, random() < 0.5);
  else view.setUint16(at, value & 0xffff, random() < 0.5);
  return bytes;
};

const cut: Mutation = (bytes, _, random) => bytes.subarray(0, below(random, bytes.length));

/** Two places, the first one first; at most `most` apart. */
function span(length: number, most: number, random: Random): [number, number] {
  const from = below(random, length);
  return [from, Math.min(length, from + 1 + below(random, most))];
}

const removePart: Mutation = (bytes, _, random) => {
  const [from, to] = span(bytes.length, 64, random);
  return join(bytes.subarray(0, from), bytes.subarray(to));
};

const repeatPart: Mutation = (bytes, _, random) => {
  const [from, to] = span(bytes.length, 64, random);
  const part = bytes.subarray(from, to);
  const times = Array.from({ length: 1 + below(random, 4) }, () => part);
  return join(bytes.subarray(0, from), ...times, bytes.subarray(from));
};

const fillPart: Mutation = (bytes, _, random) => {
  const [from, to] = span(bytes.length, 40, random);
  return bytes.fill(random() < 0.5 ? 255 : anyByte(random), from, to);
};

const takeFromOther: Mutation = (bytes, other, random) => {
  const [from, to] = span(other.length, 200, random);
  const at = below(random, bytes.length);
  return join(bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at + (random() < 0.5 ? to - from : 0)));
};

const continueWithOther: Mutation = (bytes, other, random) =>
  join(bytes.subarray(0, below(random, bytes.length)), other.subarray(below(random, other.length)));

const MUTATIONS: readonly Mutation[] = [
  ...[changeBytes, changeBytes, changeEarlyBytes, changeEarlyBytes, flipBit, changeNumber, cut],
  ...[removePart, repeatPart, fillPart, takeFromOther, continueWithOther],
];

/** A damaged copy of `bytes`, by one to three mutations. What tells the format mostly stays, so that something is read. */
export function damage(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let damaged: Uint8Array = bytes.slice();
  for (let left = 1 + below(random, 1 + below(random, 3)); left > 0 && damaged.length > 0; left--)
    damaged = MUTATIONS[below(random, MUTATIONS.length)](damaged, other, random);
  damaged = damaged.slice();
  if (random() < 0.9) damaged.set(bytes.subarray(0, Math.min(12, damaged.length)));
  if (random() < 0.7) mendChecksums(damaged);
  return damaged;
}

const PNG_SIGNATURE = 0x89504e47;

/** Of the chunks of a PNG, so that its decoder looks at what they hold. */
function mendChecksums(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 8 || view.getUint32(0) !== PNG_SIGNATURE) return;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) return;
    view.setUint32(end, crc32(bytes.subarray(at + 4, end)));
    at = end + 4;
  }
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
