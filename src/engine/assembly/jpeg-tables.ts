// Tables of a scan: room for them, and their parts in the order in which they are built.
import { arithmetic, progressive } from "./jpeg-frame";
import { buildSymbols, buildValues, VALUE_TABLE, VALUE_TABLE_END } from "./jpeg-huffman";
import { buildSkips, buildSteps, SUM_TABLES_END } from "./jpeg-sums";
import { alloc } from "./memory";

/**
 * Room for a table of class 0 (DC) or 1 (AC). The host writes there the bytes of a DHT definition, already checked: 16
 * counts and up to 256 symbols. Of arithmetic coding, where each scan needs its own: the byte of conditioning.
 */
export function jpegTable(kind: i32): usize {
  if (arithmetic) return alloc(VALUE_TABLE);
  return alloc(kind == 0 || progressive ? VALUE_TABLE_END : SUM_TABLES_END);
}

/**
 * Builds what decoding needs from the definition. `skips`: also the table for blocks of a sequential scan that are shown
 * smaller.
 */
export function jpegBuildTable(table: usize, kind: i32, skips: bool): void {
  buildSymbols(table);
  if (kind == 0 || progressive) {
    buildValues(table, kind);
    return;
  }
  buildSteps(table);
  if (skips) buildSkips(table);
}
