import { crc32 } from "node:zlib";
import type { Size } from "../../transform/image.ts";
import { IDAT, IEND, IHDR, PLTE, SIGNATURE, TRNS } from "./chunks.ts";
import type { Plan } from "./plan.ts";

/** The file around the compressed rows, one IDAT chunk for each piece of them. */
export function joinPng(size: Size, plan: Plan, pieces: readonly Uint8Array[]): Uint8Array {
  const chunks: (readonly [type: number, contents: Uint8Array])[] = [[IHDR, headerOf(size, plan)]];
  if (plan.palette) chunks.push([PLTE, coloursOf(plan.palette)]);
  const alphas = plan.palette && alphasOf(plan.palette);
  if (alphas?.length) chunks.push([TRNS, alphas]);
  for (const piece of pieces) if (piece.length > 0) chunks.push([IDAT, piece]);
  chunks.push([IEND, new Uint8Array()]);
  const total = chunks.reduce((sum, [, contents]) => sum + contents.length + 12, SIGNATURE.length);
  const file = new Uint8Array(total);
  file.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const [type, contents] of chunks) at = writeChunk(file, at, type, contents);
  return file;
}

/** A whole chunk. */
export function pngChunk(type: number, contents: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(contents.length + 12);
  writeChunk(chunk, 0, type, contents);
  return chunk;
}

function writeChunk(file: Uint8Array, at: number, type: number, contents: Uint8Array): number {
  const view = new DataView(file.buffer);
  const end = at + 8 + contents.length;
  view.setUint32(at, contents.length);
  view.setUint32(at + 4, type);
  file.set(contents, at + 8);
  view.setUint32(end, crc32(file.subarray(at + 4, end)));
  return end + 4;
}

function headerOf({ width, height }: Size, { rows }: Plan): Uint8Array {
  const view = new DataView(new ArrayBuffer(13));
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, rows.depth);
  view.setUint8(9, rows.colourType);
  return new Uint8Array(view.buffer);
}

const coloursOf = (palette: Uint8Array) => palette.filter((_, index) => index % 4 !== 3);

/** Alphas of the translucent colours, which come first. */
const alphasOf = (palette: Uint8Array) => palette.filter((alpha, index) => index % 4 === 3 && alpha !== 255);
