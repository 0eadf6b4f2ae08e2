import { ZIGZAG } from "../../src/engine/zigzag.ts";

/** What a baseline JPEG of three components in one scan holds. */
export interface JpegBlocks {
  /** Steps of luma and chroma, row by row. */
  readonly steps: readonly (readonly number[])[];
  /** Quantised coefficients in the order of the scan, each block row by row: four of luma, Cb, Cr. */
  readonly blocks: readonly (readonly number[])[];
  /** Symbols by their codes: luma DC, chroma DC, luma AC, chroma AC. */
  readonly codes: readonly ReadonlyMap<string, number>[];
  /** Codes of ones alone: T.81 §C.2 forbids them. */
  readonly onesCodes: number;
}

/** Reads such a file bit by bit, as T.81 annex F has it. */
export function readJpegBlocks(file: Uint8Array): JpegBlocks {
  const steps: number[][] = [];
  const codes: Map<string, number>[] = [];
  let at = 2;
  while (file[at + 1] !== 0xda) {
    const body = file.subarray(at + 4, at + 2 + (file[at + 2] << 8) + file[at + 3]);
    if (file[at + 1] === 0xdb)
      for (let start = 0; start < body.length; start += 65)
        steps[body[start]] = inRows([...body.subarray(start + 1, start + 65)]);
    if (file[at + 1] === 0xc4) readCodes(body, codes);
    at += body.length + 4;
  }
  const onesCodes = codes.flatMap((table) => [...table.keys()]).filter((code) => !code.includes("0")).length;
  return { steps, blocks: readScan(bitsOf(file.subarray(at + 14, -2)), codes), codes, onesCodes };
}

/** Tables by class and id: DC 0, DC 1, AC 0, AC 1; from code to symbol. */
function readCodes(body: Uint8Array, codes: Map<string, number>[]): void {
  for (let at = 0; at < body.length; ) {
    const table = new Map<string, number>();
    let next = at + 17;
    let code = 0;
    for (let length = 1; length <= 16; length++, code *= 2)
      for (let count = body[at + length]; count > 0; count--)
        table.set((code++).toString(2).padStart(length, "0"), body[next++]);
    codes[(body[at] >> 4) * 2 + (body[at] & 1)] = table;
    at = next;
  }
}

function bitsOf(scan: Uint8Array): string {
  const bytes = [...scan].filter((byte, at) => !(byte === 0 && scan[at - 1] === 0xff));
  return bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
}

function readScan(bits: string, codes: readonly Map<string, number>[]): number[][] {
  let at = 0;
  const symbol = (table: Map<string, number>) => {
    for (let length = 1; length <= 16; length++) {
      const found = table.get(bits.slice(at, at + length));
      if (found === undefined) continue;
      at += length;
      return found;
    }
    throw new Error(`No code at bit ${at}`);
  };
  const value = (size: number) => {
    const extra = Number.parseInt(bits.slice(at, at + size) || "0", 2);
    at += size;
    return size === 0 || extra >= 2 ** (size - 1) ? extra : extra - 2 ** size + 1;
  };
  const block = (chroma: number, before: number) => {
    const coefficients = new Array<number>(64).fill(0);
    coefficients[0] = before + value(symbol(codes[chroma]));
    for (let index = 1; index < 64; index++) {
      const found = symbol(codes[2 + chroma]);
      if (found === 0) break;
      index += found >> 4;
      coefficients[index] = value(found & 15);
    }
    return inRows(coefficients);
  };
  const blocks: number[][] = [];
  const before = [0, 0, 0];
  // What is left at the end fills the last byte.
  while (bits.length - at >= 8 || bits.slice(at).includes("0"))
    for (const component of [0, 0, 0, 0, 1, 2]) {
      const coefficients = block(Math.min(component, 1), before[component]);
      before[component] = coefficients[0];
      blocks.push(coefficients);
    }
  return blocks;
}

function inRows(zigzag: readonly number[]): number[] {
  const rows = new Array<number>(64).fill(0);
  ZIGZAG.forEach((place, index) => {
    rows[place] = zigzag[index];
  });
  return rows;
}
