// MCUs of 4:2:0 from rows of RGBA.
import { toSamples } from "./jpeg-encode-colour";
import { alloc } from "./memory";

let width: usize = 0;
let rows: usize = 0;
/** 16×16 pixels of an MCU that the picture does not fill. */
let edge: usize = 0;

/** Pixels are to come, `columns` a row. @returns where the host writes 16 rows of them */
export function jpegEncodePixels(columns: usize): usize {
  width = columns;
  edge = alloc(1024);
  rows = alloc(columns * 64);
  return rows;
}

/** The samples of MCU `mcu`, of which `count` rows are there. */
export function takePixels(mcu: usize, count: usize): void {
  const from = rows + (mcu << 6);
  const columns = min(16, width - (mcu << 4));
  if (columns == 16 && count == 16) toSamples(from, width << 2);
  else {
    pad(from, columns, count);
    toSamples(edge, 64);
  }
}

/** Repeats the last column and the last row of pixels. */
function pad(from: usize, columns: usize, count: usize): void {
  for (let y: usize = 0; y < 16; y++) {
    const row = from + min(y, count - 1) * (width << 2);
    for (let x: usize = 0; x < 16; x++) {
      store<u32>(edge + (y << 6) + (x << 2), load<u32>(row + (min(x, columns - 1) << 2)));
    }
  }
}
