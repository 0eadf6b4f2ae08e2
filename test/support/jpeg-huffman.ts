import { ZIGZAG } from "../../src/engine/zigzag.ts";
import type { JpegBlocks } from "./jpeg-blocks.ts";

/**
 * Bits that the codes of `file` take, extra bits left out, and the fewest that any could take, by table. A symbol that
 * never comes holds the code of ones (T.81 annex K.2). The plain version of src/engine/assembly/code-lengths.ts.
 */
export function codeBits(file: JpegBlocks): { readonly taken: number; readonly least: number }[] {
  const counts = countSymbols(file.blocks);
  return file.codes.map((codes, table) => {
    const lengths = new Map([...codes].map(([code, symbol]) => [symbol, code.length]));
    const longest = Math.max(...lengths.values());
    const taken = [...counts[table]].reduce(
      (sum, [symbol, count]) => sum + count * (lengths.get(symbol) ?? 0),
      longest,
    );
    return { taken, least: leastBits([...counts[table].values(), 1]) };
  });
}

/** How often each symbol comes (T.81 §F.1.2): luma DC, chroma DC, luma AC, chroma AC. */
function countSymbols(blocks: JpegBlocks["blocks"]): Map<number, number>[] {
  const counts = [0, 1, 2, 3].map(() => new Map<number, number>());
  const count = (table: number, symbol: number) => counts[table].set(symbol, (counts[table].get(symbol) ?? 0) + 1);
  const before = [0, 0, 0];
  blocks.forEach((block, index) => {
    const component = Math.max(0, (index % 6) - 3);
    const chroma = Math.min(1, component);
    count(chroma, bitsOf(block[0] - before[component]));
    before[component] = block[0];
    for (const symbol of symbolsOf(ZIGZAG.map((place) => block[place]))) count(2 + chroma, symbol);
  });
  return counts;
}

function* symbolsOf(coefficients: readonly number[]): Generator<number> {
  let zeros = 0;
  for (const value of coefficients.slice(1)) {
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) yield 0xf0;
    yield zeros * 16 + bitsOf(value);
    zeros = 0;
  }
  if (zeros > 0) yield 0;
}

const bitsOf = (value: number): number => (value === 0 ? 0 : 32 - Math.clz32(Math.abs(value)));

/** Of Huffman's tree: each joining of the two lightest makes all below it a bit longer. */
function leastBits(counts: readonly number[]): number {
  const weights = [...counts];
  let bits = 0;
  while (weights.length > 1) {
    weights.sort((a, b) => b - a);
    const joined = (weights.pop() ?? 0) + (weights.pop() ?? 0);
    bits += joined;
    weights.push(joined);
  }
  return bits;
}
