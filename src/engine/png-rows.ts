import type { Inflater } from "./inflate.ts";
import { type PngLayout, rowBytesOf } from "./png-layout.ts";

export interface RowsExports {
  pngRows(src: number, count: number, bytes: number, width: number, dst: number): number;
}

/** Writes `rows` rows of RGBA from row `top` on to `dst`; gives the number of rows that could be written. */
export type ReadRows = (top: number, rows: number, dst: number) => number;

/** Rows in the order of the file. */
export function sequentialRows(engine: RowsExports, layout: PngLayout, inflater: Inflater): ReadRows {
  const rowBytes = rowBytesOf(layout, layout.width);
  let damaged = false;
  return (_top, rows, dst) => {
    if (damaged) return 0;
    const intact = takeRows(inflater, rows, rowBytes, (src, count) =>
      engine.pngRows(src, count, rowBytes, layout.width, dst),
    );
    damaged = intact < rows;
    return intact;
  };
}

/** Hands the whole rows that could be inflated to `use`, which says how many of them were good. */
export function takeRows(
  inflater: Inflater,
  rows: number,
  rowBytes: number,
  use: (src: number, rows: number) => number,
): number {
  const { at, length } = inflater.need(rows * (rowBytes + 1));
  const taken = use(at, Math.floor(length / (rowBytes + 1)));
  inflater.skip(taken * (rowBytes + 1));
  return taken;
}
