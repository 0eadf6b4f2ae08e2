import { ZIGZAG } from "../../src/engine/zigzag.ts";
import { segment } from "./jpeg.ts";

/** One component: sampling factors, and its sample at a place of the picture, in pixels, each 0–255. */
export interface WrittenComponent {
  readonly across: number;
  readonly down: number;
  readonly sample: (x: number, y: number) => number;
}

export interface WrittenJpeg {
  readonly width: number;
  readonly height: number;
  readonly components: readonly WrittenComponent[];
  readonly restartInterval?: number;
}

/** Symbols 0–11 have codes of 4 bits, all others of 8: simple, and long enough never to be all ones. */
const DC_SYMBOLS = Array.from({ length: 12 }, (_, size) => size);
const AC_SYMBOLS = [0, 0xf0, ...Array.from({ length: 160 }, (_, at) => (Math.floor(at / 10) << 4) | ((at % 10) + 1))];

/** A baseline JPEG of one scan with any sampling factors, every step of quantisation 1. By definition, not by speed. */
export function writeJpeg({ width, height, components, restartInterval = 0 }: WrittenJpeg): Uint8Array {
  const widest = Math.max(...components.map(({ across }) => across));
  const highest = Math.max(...components.map(({ down }) => down));
  const single = components.length === 1;
  const wide = Math.ceil(width / 8 / (single ? 1 : widest));
  const high = Math.ceil(height / 8 / (single ? 1 : highest));
  const scan: number[] = [];
  let bits = "";
  let before = components.map(() => 0);
  for (let mcu = 0; mcu < wide * high; mcu++) {
    if (restartInterval && mcu > 0 && mcu % restartInterval === 0) {
      scan.push(...stuffed(bits), 0xff, 0xd0 + ((mcu / restartInterval - 1) & 7));
      bits = "";
      before = components.map(() => 0);
    }
    components.forEach(({ across, down, sample }, index) => {
      const step = { x: single ? 1 : widest / across, y: single ? 1 : highest / down };
      for (let block = 0; block < (single ? 1 : across * down); block++) {
        const left = ((mcu % wide) * (single ? 1 : across) + (single ? 0 : block % across)) * 8;
        const top = (Math.floor(mcu / wide) * (single ? 1 : down) + (single ? 0 : Math.floor(block / across))) * 8;
        const inside = (x: number, y: number) =>
          sample(Math.min(width, (left + x + 0.5) * step.x) - 0.5, Math.min(height, (top + y + 0.5) * step.y) - 0.5);
        const coefficients = transformed((x, y) => Math.round(inside(x, y)) - 128);
        bits += blockBits(coefficients, before[index]);
        before[index] = coefficients[0];
      }
    });
  }
  const frame = components.flatMap(({ across, down }, index) => [index + 1, (across << 4) | down, 0]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...new Array(64).fill(1)]),
    ...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, components.length, ...frame]),
    ...segment(0xc4, [0x00, ...counts(4, DC_SYMBOLS.length), ...DC_SYMBOLS]),
    ...segment(0xc4, [0x10, ...counts(8, AC_SYMBOLS.length), ...AC_SYMBOLS]),
    ...(restartInterval ? segment(0xdd, [restartInterval >> 8, restartInterval & 255]) : []),
    ...segment(0xda, [components.length, ...components.flatMap((_, index) => [index + 1, 0]), 0, 63, 0]),
    ...scan,
    ...stuffed(bits),
    ...[0xff, 0xd9],
  ]);
}

const counts = (length: number, codes: number): number[] =>
  Array.from({ length: 16 }, (_, at) => (at === length - 1 ? codes : 0));

const range = [0, 1, 2, 3, 4, 5, 6, 7];
const cosines = range.map((u) =>
  range.map((x) => Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u ? 0.5 : Math.SQRT1_2 / 2)),
);

/** The DCT of T.81 §A.3.3, in zigzag order, rounded. */
function transformed(sample: (x: number, y: number) => number): number[] {
  const rows = range.map((y) => {
    const row = range.map((x) => sample(x, y));
    return cosines.map((wave) => wave.reduce((sum, weight, x) => sum + weight * row[x], 0));
  });
  const inRows = cosines.flatMap((wave) =>
    range.map((u) => wave.reduce((sum, weight, y) => sum + weight * rows[y][u], 0)),
  );
  return ZIGZAG.map((place) => Math.round(inRows[place]));
}

function blockBits(coefficients: readonly number[], before: number): string {
  let bits = value(coefficients[0] - before, (size) => code(DC_SYMBOLS.indexOf(size), 4));
  let run = 0;
  for (const coefficient of coefficients.slice(1)) {
    if (coefficient === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) bits += code(AC_SYMBOLS.indexOf(0xf0), 8);
    const zeros = run;
    bits += value(coefficient, (size) => code(AC_SYMBOLS.indexOf((zeros << 4) | size), 8));
    run = 0;
  }
  return run ? bits + code(AC_SYMBOLS.indexOf(0), 8) : bits;
}

const code = (index: number, length: number): string => index.toString(2).padStart(length, "0");

function value(difference: number, symbol: (size: number) => string): string {
  const size = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
  const extra = difference > 0 ? difference : difference + (1 << size) - 1;
  return symbol(size) + (size ? extra.toString(2).padStart(size, "0") : "");
}

function stuffed(bits: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, "1"), 2);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
  return bytes;
}
