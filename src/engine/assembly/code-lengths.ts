// Lengths of Huffman codes from counts, for writers.
import { alloc } from "./memory";

const MAX_SYMBOLS: u32 = 286;

/** A heap of nodes; then of every node (leaves first) its weight, and its parent. */
let heap: usize = 0;
let weights: usize = 0;
let parents: usize = 0;
let size: u32 = 0;

export function codeLengthsStart(): void {
  heap = alloc((MAX_SYMBOLS + 1) * 2);
  weights = alloc(MAX_SYMBOLS * 8);
  parents = alloc(MAX_SYMBOLS * 4);
}

/**
 * Lengths of at most `limit` bits for `symbols` symbols by their 32-bit counts; 0 for a count of 0. A single symbol gets
 * one bit. Counts too uneven for the limit are halved until they fit.
 */
export function codeLengths(counts: usize, symbols: u32, limit: u32, lengths: usize): void {
  for (let symbol: u32 = 0; symbol < symbols; symbol++)
    store<u32>(weights + symbol * 4, load<u32>(counts + symbol * 4));
  while (!buildLengths(symbols, limit, lengths))
    for (let symbol: u32 = 0; symbol < symbols; symbol++) {
      const weight = load<u32>(weights + symbol * 4);
      if (weight) store<u32>(weights + symbol * 4, (weight >> 1) | 1);
    }
}

function buildLengths(symbols: u32, limit: u32, lengths: usize): bool {
  memory.fill(lengths, 0, symbols);
  size = 0;
  for (let symbol: u32 = 0; symbol < symbols; symbol++) if (load<u32>(weights + symbol * 4)) push(symbol);
  if (size == 1) {
    store<u8>(lengths + load<u16>(heap), 1);
    return true;
  }
  let node = symbols;
  for (; size > 1; node++) {
    const first = pop();
    const second = pop();
    store<u32>(weights + node * 4, load<u32>(weights + first * 4) + load<u32>(weights + second * 4));
    store<u16>(parents + first * 2, node);
    store<u16>(parents + second * 2, node);
    push(node);
  }
  return setLengths(symbols, node - 1, limit, lengths);
}

/** A node lies one deeper than its parent; parents have higher numbers. Their depths replace their weights. */
function setLengths(symbols: u32, root: u32, limit: u32, lengths: usize): bool {
  store<u32>(weights + root * 4, 0);
  for (let node = root; node-- > symbols; )
    store<u32>(weights + node * 4, load<u32>(weights + (<u32>load<u16>(parents + node * 2) << 2)) + 1);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    if (!load<u32>(weights + symbol * 4)) continue;
    const depth = load<u32>(weights + (<u32>load<u16>(parents + symbol * 2) << 2)) + 1;
    if (depth > limit) return false;
    store<u8>(lengths + symbol, depth);
  }
  return true;
}

function weightAt(place: u32): u32 {
  return load<u32>(weights + (<u32>load<u16>(heap + place * 2) << 2));
}

function push(node: u32): void {
  let place = size++;
  const weight = load<u32>(weights + node * 4);
  while (place && weightAt((place - 1) >> 1) > weight) {
    store<u16>(heap + place * 2, load<u16>(heap + ((place - 1) >> 1) * 2));
    place = (place - 1) >> 1;
  }
  store<u16>(heap + place * 2, node);
}

/** Takes the lightest node off the heap. */
function pop(): u32 {
  const top = load<u16>(heap);
  const node = load<u16>(heap + --size * 2);
  const weight = load<u32>(weights + (<u32>node << 2));
  let place: u32 = 0;
  for (let child: u32 = 1; child < size; child = place * 2 + 1) {
    if (child + 1 < size && weightAt(child + 1) < weightAt(child)) child++;
    if (weightAt(child) >= weight) break;
    store<u16>(heap + place * 2, load<u16>(heap + child * 2));
    place = child;
  }
  store<u16>(heap + place * 2, node);
  return top;
}
