// The two codes of a block of inflate, as tables: of literals and lengths, and of distances.
import { alloc } from "./memory";
import { bitBuffer, overrun, take } from "./png-bits";
import { PNG_CODE, PNG_EXCEPTION, pngBuildDistances, pngBuildLengths, pngBuildTable } from "./png-huffman";

export const LITERAL_BITS: i32 = 11;
export const DISTANCE_BITS: i32 = 8;
// Largest tables that 288 and 32 codes of 15 bits can need with those root sizes (zlib's enough.c).
const LITERAL_ENTRIES: i32 = 2342;
const DISTANCE_ENTRIES: i32 = 402;

export let literals: usize = 0;
export let distances: usize = 0;
let lengths: usize = 0;
/** Of the indices of the two tables. */
export let literalMask: u32 = 0;
export let distanceMask: u32 = 0;

/** Room for both. */
export function allocCodes(): void {
  literals = alloc(LITERAL_ENTRIES * 4);
  distances = alloc(DISTANCE_ENTRIES * 4);
  lengths = alloc(320);
}

/** Tables of the fixed codes (RFC 1951 §3.2.6). */
export function fixedCodes(): bool {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, 32);
  return buildTables(288, 32);
}

/** Tables of the codes that a block brings along (RFC 1951 §3.2.7); false where they are damaged. */
export function dynamicCodes(): bool {
  const literalCount = take(5) + 257;
  const distanceCount = take(5) + 1;
  const codeCount = take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) return false;
  memory.fill(lengths, 0, 19);
  for (let index: u32 = 0; index < codeCount; index++)
    store<u8>(lengths + load<u8>(PNG_CODE_ORDER + index), take(3));
  const codeBits = pngBuildTable(distances, 7, lengths, 19);
  if (!codeBits) return false;
  return readLengths(literalCount + distanceCount, (1 << codeBits) - 1) && buildTables(literalCount, distanceCount);
}

/** The order of the code length codes. */
const PNG_CODE_ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

function readLengths(total: u32, mask: u32): bool {
  let index: u32 = 0;
  while (index < total) {
    take(0);
    const entry = load<u32>(distances + ((<u32>bitBuffer & mask) << 2));
    if (entry & PNG_EXCEPTION || overrun()) return false;
    take(entry & 63);
    const code = entry >>> 16;
    let value: u32 = code;
    let times: u32 = 1;
    if (code >= 16) {
      if (code == 16 && !index) return false;
      value = code == 16 ? load<u8>(lengths + index - 1) : 0;
      times = code == 16 ? 3 + take(2) : code == 17 ? 3 + take(3) : 11 + take(7);
    }
    if (index + times > total) return false;
    memory.fill(lengths + index, <u8>value, times);
    index += times;
  }
  return true;
}

function buildTables(literalCount: u32, distanceCount: u32): bool {
  // A block without an end could only run into damage (zlib refuses it too).
  if (!load<u8>(lengths + 256)) return false;
  const literalBits = pngBuildLengths(literals, LITERAL_BITS, lengths, literalCount);
  const distanceBits = pngBuildDistances(distances, DISTANCE_BITS, lengths + literalCount, distanceCount);
  literalMask = (1 << literalBits) - 1;
  distanceMask = (1 << distanceBits) - 1;
  return literalBits != 0 && distanceBits != 0;
}

/** The entry of a code longer than the index of its table. */
@inline
export function subEntry(table: usize, entry: u32, buffer: u32, rootBits: u32): u32 {
  const index = (entry >>> 16) + ((buffer >> rootBits) & ((1 << ((entry >> PNG_CODE) & 15)) - 1));
  return load<u32>(table + (index << 2));
}

/** Base plus the extra bits that stand after the code. */
@inline
export function valueOf(entry: u32, buffer: u32): usize {
  return (entry >>> 16) + ((buffer & ((1 << (entry & 63)) - 1)) >> ((entry >> PNG_CODE) & 15));
}
