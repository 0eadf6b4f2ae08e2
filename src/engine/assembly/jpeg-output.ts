// Bands of finished rows, one for each row of MCUs.
import { invert, invertInto, plainRow, yccRow } from "./jpeg-colour";
import { component, mcusHigh } from "./jpeg-frame";
import { jpegRow, mcuRow } from "./jpeg-planes";
import { upsampledRow } from "./jpeg-upsample";

// What jpegOutput's `colour` means.
const GRAY: i32 = 0;
const RGB: i32 = 1;
const YCC: i32 = 2;
const CMYK: i32 = 3;

let colour: i32 = 0;
let width: i32 = 0;
let height: i32 = 0;
let rowsPerMcu: i32 = 0;
/** One where a row needs samples of the next row of MCUs. */
let held: i32 = 0;
let output: usize = 0;
let lines: usize = 0;
let lineBytes: usize = 0;
let emitted: i32 = 0;

/** `lines`: room for four rows of samples of `lineBytes` and one of 16-bit sums. `output`: room for rowsPerMcu + 1 rows and 64 bytes. */
export function jpegOutput(
  toColour: i32,
  toWidth: i32,
  toHeight: i32,
  mcuRows: i32,
  hold: i32,
  bandAt: usize,
  linesAt: usize,
  bytesPerLine: usize,
): void {
  colour = toColour;
  width = toWidth;
  height = toHeight;
  rowsPerMcu = mcuRows;
  held = hold;
  output = bandAt;
  lines = linesAt;
  lineBytes = bytesPerLine;
}

/** Decodes one more row of MCUs; the result is the number of rows that are now in `output`, 0 after the last. */
export function jpegBand(): i32 {
  if (mcuRow == mcusHigh) return 0;
  jpegRow();
  const ready = mcuRow == mcusHigh ? height : min(height, mcuRow * rowsPerMcu - held);
  const first = emitted;
  for (; emitted < ready; emitted++) emit(emitted, output + <usize>((emitted - first) * width) * 4);
  return ready - first;
}

function emit(y: i32, to: usize): void {
  const sums = lines + lineBytes * 4 + 16;
  const first = upsampledRow(component(0), y, lines, sums);
  if (colour == GRAY) {
    plainRow(first, first, first, 0, to, width);
    return;
  }
  const second = upsampledRow(component(1), y, lines + lineBytes, sums);
  const third = upsampledRow(component(2), y, lines + lineBytes * 2, sums);
  if (colour == RGB) plainRow(first, second, third, 0, to, width);
  else if (colour == YCC) yccRow(first, second, third, to, width);
  else emitInks(first, second, third, upsampledRow(component(3), y, lines + lineBytes * 3, sums), to);
}

/**
 * Ink from files, where 255 is none (as Adobe writes them, and as other readers take every file). What YCCK gives as
 * R, G, B are the complements of the first three as stored, so ink already (Adobe TN 5116 §18).
 */
function emitInks(first: usize, second: usize, third: usize, fourth: usize, to: usize): void {
  const bytes = <usize>width * 4;
  if (colour == CMYK) {
    plainRow(first, second, third, fourth, to, width);
    invert(to, bytes);
  } else {
    yccRow(first, second, third, to, width);
    invertInto(fourth, to + 3, width);
  }
}
