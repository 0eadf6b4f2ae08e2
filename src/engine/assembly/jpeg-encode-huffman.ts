// Codes made for the symbols that were counted (T.81 annex K.2), as DHT bytes and for writing.
import { codeLengths, codeLengthsStart } from "./code-lengths";
import { AC, counts, SYMBOLS } from "./jpeg-encode-tokens";
import { alloc } from "./memory";

const LONGEST: u32 = 16;
const SPEC_BYTES: usize = 16 + 256;

/** For luma DC and AC, chroma DC and AC: 16 counts, then the symbols (T.81 §B.2.4.2). */
let specs: usize = 0;
let lengths: usize = 0;
/** By symbol as in a token: code and room for the extra bits, and in the low 5 bits how many both take, u32. */
export let codes: usize = 0;

export function startHuffman(): void {
  codeLengthsStart();
  specs = alloc(4 * SPEC_BYTES);
  lengths = alloc(272);
  codes = alloc(SYMBOLS * 4);
}

/**
 * Makes the codes. `whole`: no more symbols will come, so those not met need none.
 * @returns where the four tables are, `SPEC_BYTES` each
 */
export function makeCodes(whole: bool): usize {
  for (let table: usize = 0; table < 4; table++) {
    if (!whole) countAll(<u32>table << 8);
    makeSpec(counts + (table << 10), specs + table * SPEC_BYTES);
    makeTable(specs + table * SPEC_BYTES, codes + (table << 10));
  }
  return specs;
}

/** Every symbol that 8-bit samples can give (T.81 tables F.1, F.2) counts once more. */
function countAll(first: u32): void {
  const runs: u32 = first & AC ? 16 : 1;
  const sizes: u32 = first & AC ? 10 : 11;
  for (let run: u32 = 0; run < runs; run++) {
    for (let size: u32 = 1; size <= sizes; size++) countOnce(first | (run << 4) | size);
  }
  countOnce(first);
  if (first & AC) countOnce(first | 0xf0);
}

function countOnce(symbol: u32): void {
  store<u32>(counts + (symbol << 2), load<u32>(counts + (symbol << 2)) + 1);
}

/** A symbol 256 that never comes takes the longest code, of ones alone, which must stay free. */
function makeSpec(from: usize, spec: usize): void {
  const follower = load<u32>(from + 1024);
  store<u32>(from + 1024, 1);
  codeLengths(from, 257, LONGEST, lengths);
  store<u32>(from + 1024, follower);
  let longest: usize = 0;
  let to = spec + 16;
  for (let length: usize = 1; length <= LONGEST; length++) {
    let count: u8 = 0;
    for (let symbol: usize = 0; symbol <= 256; symbol++) {
      if (load<u8>(lengths + symbol) != length) continue;
      if (symbol < 256) store<u8>(to++, <u8>symbol);
      count++;
    }
    store<u8>(spec + length - 1, count);
    if (count) longest = length;
  }
  const last = spec + longest - 1;
  store<u8>(last, load<u8>(last) - 1);
}

/** Canonical codes (T.81 annex C). */
function makeTable(spec: usize, to: usize): void {
  let code: u32 = 0;
  let from = spec + 16;
  for (let length: u32 = 1; length <= LONGEST; length++) {
    for (let count = load<u8>(spec + length - 1); count > 0; count--) {
      const symbol = <u32>load<u8>(from++);
      const size = symbol & 15;
      store<u32>(to + (symbol << 2), ((code++ << size) << 5) | (length + size));
    }
    code <<= 1;
  }
}
